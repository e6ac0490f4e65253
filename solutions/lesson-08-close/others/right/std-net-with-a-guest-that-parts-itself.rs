//! Right: std::net throughout; a Guest type owns two handles of each client, reads by 61 bytes and parts in its own method; the reply goes out in two writes.
use std::error::Error;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

struct Guest {
    ear: TcpStream,
    mouth: TcpStream,
}

impl Guest {
    fn new(stream: TcpStream) -> io::Result<Self> {
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        Ok(Self { ear: stream.try_clone()?, mouth: stream })
    }
    fn request_length(&mut self) -> io::Result<Option<usize>> {
        let mut length = 0;
        let mut buffer = [0; 61];
        while length <= 1024 {
            let most = buffer.len().min(1025 - length);
            match self.ear.read(&mut buffer[..most]) {
                Ok(0) => return Ok(Some(length)),
                Ok(count) => length += count,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }
    fn part(mut self) -> io::Result<()> {
        self.mouth.shutdown(Shutdown::Write)?;
        println!("할 말을 다 했습니다.");
        let mut buffer = [0; 61];
        loop {
            match self.ear.read(&mut buffer) {
                Ok(0) => return Ok(()),
                Err(error) if error.kind() != ErrorKind::Interrupted => return Err(error),
                _ => {}
            }
        }
    }
}

fn visit(stream: TcpStream) -> io::Result<()> {
    let mut guest = Guest::new(stream)?;
    match guest.request_length()? {
        Some(length) => {
            guest.mouth.write_all(length.to_string().as_bytes())?;
            guest.mouth.write_all("바이트를 받았습니다\n".as_bytes())?;
        }
        None => guest.mouth.write_all("너무 깁니다\n".as_bytes())?,
    }
    guest.part()
}

fn main() -> Result<(), Box<dyn Error>> {
    let address = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    let listener = TcpListener::bind(address.parse::<SocketAddr>()?)?;
    println!("서버가 시작되었습니다: {} (Enter로 끝냅니다)", listener.local_addr()?);
    thread::spawn(|| {
        if io::stdin().read_line(&mut String::new()).unwrap_or(0) > 0 {
            std::process::exit(0)
        }
    });
    loop {
        let outcome = visit(listener.accept()?.0);
        println!(
            "{}",
            match outcome {
                Ok(()) => "손님이 닫았습니다 (FIN)".to_string(),
                Err(e) if e.kind() == ErrorKind::ConnectionReset => "손님이 끊었습니다 (RST)".to_string(),
                Err(e) => format!("손님과의 오류: {e}"),
            }
        )
    }
}
