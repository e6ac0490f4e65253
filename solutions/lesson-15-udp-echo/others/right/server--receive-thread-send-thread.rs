//! Right: a thread receives into a queue, another sends from it in the same order on a clone; CR LF on stdout.
use std::io::{self, ErrorKind, Write};
use std::net::UdpSocket;
use std::sync::mpsc::channel;

fn main() -> io::Result<()> {
    let socket = UdpSocket::bind(std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into()))?;
    print!("서버가 시작되었습니다: {}\r\n", socket.local_addr()?);
    io::stdout().flush()?;
    let (queue, letters) = channel::<(Box<[u8]>, _)>();
    let mouth = socket.try_clone()?;
    std::thread::spawn(move || letters.iter().for_each(|(letter, to)| {
        if let Err(error) = mouth.send_to(&letter, to) { eprintln!("to {to}: {error}") }
    }));
    let mut buffer = vec![0; 1 << 20];
    loop {
        match socket.recv_from(&mut buffer) {
            Ok((count, from)) => queue.send((buffer[..count].into(), from)).map_err(io::Error::other)?,
            Err(e) if matches!(e.kind(), ErrorKind::ConnectionReset | ErrorKind::Interrupted) => {}
            Err(e) => return Err(e),
        }
    }
}
