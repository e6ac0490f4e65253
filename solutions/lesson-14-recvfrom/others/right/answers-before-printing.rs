//! Right: a non-blocking socket looked at every 2 ms with a buffer of 4 MiB, and the answer is sent before the line is printed.
use std::io::{self, ErrorKind};
use std::net::UdpSocket;
use std::time::Duration;

fn main() -> io::Result<()> {
    std::thread::sleep(Duration::from_millis(100));
    let socket = UdpSocket::bind(std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into()))?;
    socket.set_nonblocking(true)?;
    println!("서버가 시작되었습니다: {}", socket.local_addr()?);
    let mut buffer = vec![0xFF; 4 << 20];
    loop {
        let (count, from) = match socket.recv_from(&mut buffer) {
            Err(e) if e.kind() == ErrorKind::WouldBlock => { std::thread::sleep(Duration::from_millis(2)); continue }
            Err(e) if matches!(e.kind(), ErrorKind::Interrupted | ErrorKind::ConnectionReset) => continue,
            received => received?,
        };
        socket.send_to([&count.to_string(), "바이트를 받았습니다"].concat().as_bytes(), from)?;
        let told = match std::str::from_utf8(&buffer[..count]) {
            Err(_) => "글이 아닙니다".to_string(),
            Ok(text) if text.chars().nth(30).is_none() => text.to_string(),
            Ok(text) => text.chars().take(30).collect::<String>() + "…",
        };
        println!("{from}: {told}");
    }
}
