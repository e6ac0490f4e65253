//! Right: a thread in a scope sends while main reads; the reply is the first item of split() over a tiny BufReader, if a newline ended it.

use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::net::TcpStream;
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

/// Remembers the last byte that went through.
struct Remembering<R> {
    inner: R,
    last: Option<u8>,
}

impl<R: BufRead> io::Read for Remembering<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.inner.read(buffer)
    }
}

impl<R: BufRead> BufRead for Remembering<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        if count > 0
            && let Ok(there) = self.inner.fill_buf()
        {
            self.last = there.get(count - 1).copied();
        }
        self.inner.consume(count);
    }
}

fn ask(address: &str, message: &str) -> io::Result<String> {
    let server = TcpStream::connect(address)?;
    server.set_read_timeout(Some(Duration::from_secs(10)))?;
    thread::scope(|scope| {
        let sending = scope.spawn(|| (&server).write_all([message, "\n"].concat().as_bytes()));
        let mut reading = Remembering { inner: BufReader::with_capacity(3, &server), last: None };
        let line = reading.by_ref_split();
        let sent = sending.join().unwrap_or_else(|_| Err(ErrorKind::Other.into()));
        let line = line?;
        sent?;
        match (line, reading.last) {
            (Some(line), Some(b'\n')) => {
                String::from_utf8(line).map_err(|error| io::Error::new(ErrorKind::InvalidData, error))
            }
            _ => Err(ErrorKind::UnexpectedEof.into()),
        }
    })
}

impl<R: BufRead> Remembering<R> {
    fn by_ref_split(&mut self) -> io::Result<Option<Vec<u8>>> {
        BufRead::split(self, b'\n').next().transpose()
    }
}

fn main() -> ExitCode {
    let given: Vec<_> = std::env::args().collect();
    let address = given.get(1).map_or("127.0.0.1:12345", String::as_str);
    match ask(address, given.get(2).map_or("저 왔어요.", String::as_str)) {
        Ok(reply) => {
            println!("서버의 답: {reply}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("오류: {address}: {error}");
            ExitCode::FAILURE
        }
    }
}
