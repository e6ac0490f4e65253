//! Right: MSG_PEEK looks how much is there, read_exact takes just that; CR LF on stdout; own UTF-8 scan with chunks.
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};

fn gather(client: &mut TcpStream, message: &mut Vec<u8>) -> io::Result<()> {
    let mut look = vec![0; 50_000];
    loop {
        let there = match client.peek(&mut look) {
            Ok(0) => return Ok(()),
            Ok(there) => there,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let old = message.len();
        message.resize(old + there, 0);
        if let Err(error) = client.read_exact(&mut message[old..]) {
            message.truncate(old);
            return Err(error);
        }
    }
}
fn told(message: &[u8]) -> String {
    let mut good = 0;
    for chunk in message.utf8_chunks() {
        good += chunk.valid().len();
        if !chunk.invalid().is_empty() { return format!("UTF-8이 아닙니다: {good}바이트까지만 글자입니다"); }
    }
    format!("메시지: {}", String::from_utf8_lossy(message))
}
fn main() -> io::Result<()> {
    let address = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    let listener = TcpListener::bind(&address)?;
    let mut out = io::LineWriter::new(io::stdout());
    write!(out, "서버가 시작되었습니다: {}\r\n", listener.local_addr()?)?;
    loop {
        let mut message = Vec::new();
        let outcome = gather(&mut listener.accept()?.0, &mut message);
        write!(out, "받은 바이트: {}\r\n", message.len())?;
        let line = match outcome {
            Ok(()) => told(&message),
            Err(e) if e.kind() == io::ErrorKind::ConnectionReset => String::from("상대가 연결을 끊었습니다 (RST)"),
            Err(e) => format!("연결에 문제가 생겼습니다: {e}"),
        };
        write!(out, "{line}\r\n")?;
    }
}
