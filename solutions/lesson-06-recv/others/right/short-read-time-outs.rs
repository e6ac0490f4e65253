//! Right: a read time-out of 15 ms that is nothing but a chance to look around; a timed-out read is simply done again.
use socket2::{Domain, Protocol, Socket, Type};
use std::collections::VecDeque;
use std::io::{self, ErrorKind::*, Read};
use std::net::SocketAddr;
use std::time::Duration;

fn main() -> io::Result<()> {
    std::thread::sleep(Duration::from_millis(100));
    let address = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    let address: SocketAddr = address.parse().map_err(|_| io::Error::other(format!("{address}?")))?;
    let listener = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    if cfg!(unix) { listener.set_reuse_address(true)?; }
    listener.bind(&address.into())?;
    listener.listen(128)?;
    println!("서버가 시작되었습니다: {}", listener.local_addr()?.as_socket().unwrap());
    loop {
        let (mut client, _) = listener.accept()?;
        client.set_read_timeout(Some(Duration::from_millis(15)))?;
        let mut message = VecDeque::new();
        let mut buffer = [0xAA; 5];
        let ended = loop {
            match client.read(&mut buffer) {
                Ok(0) => break None,
                Ok(count) => message.extend(&buffer[0..count]),
                Err(error) if matches!(error.kind(), WouldBlock | TimedOut | Interrupted) => {}
                Err(error) => break Some(error),
            }
        };
        drop(client);
        println!("받은 바이트: {}", message.len());
        match (ended, std::str::from_utf8(message.make_contiguous())) {
            (None, Ok(text)) => println!("메시지: {text}"),
            (None, Err(error)) => println!("UTF-8이 아닙니다: {}바이트까지만 글자입니다", error.valid_up_to()),
            (Some(error), _) if error.kind() == ConnectionReset => println!("상대가 연결을 끊었습니다 (RST)"),
            (Some(error), _) => println!("오류가 났습니다: {error}"),
        }
    }
}
