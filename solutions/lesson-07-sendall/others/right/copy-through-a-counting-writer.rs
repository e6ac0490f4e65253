//! Right: io::copy from a Read that makes the bytes on the fly into a Write that counts what a waiting std TcpStream took; CR LF on stdout, status 32.
use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::exit;

struct Pattern {
    at: usize,
    size: usize,
}
impl Read for Pattern {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = buffer.len().min(self.size - self.at);
        for byte in &mut buffer[..count] {
            *byte = (self.at % 251) as u8;
            self.at += 1;
        }
        Ok(count)
    }
}

struct Counting<W>(W, usize);
impl<W: Write> Write for Counting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.0.write(bytes)?;
        self.1 += count;
        Ok(count)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn run() -> io::Result<usize> {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or("127.0.0.1:12345".into());
    let address: SocketAddr = address.parse().map_err(|e| io::Error::new(ErrorKind::InvalidInput, e))?;
    let size = match arguments.next() {
        Some(text) => text.parse().map_err(|_| io::Error::other(format!("size? {text}")))?,
        None => 8 * 1024 * 1024,
    };
    let mut out = Counting(TcpStream::connect(address)?, 0);
    match io::copy(&mut Pattern { at: 0, size }, &mut out) {
        Ok(_) => Ok(out.1),
        Err(error) => Err(io::Error::new(error.kind(), format!("{}바이트까지 받고 {address}이(가) 가 버렸습니다 ({error})", out.1))),
    }
}

fn main() {
    match run() {
        Ok(count) => print!("모두 넘겼습니다: {count}바이트\r\n"),
        Err(error) => {
            eprintln!("{error}");
            exit(32)
        }
    }
}
