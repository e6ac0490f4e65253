//! Right: a BufReader of three bytes is looked at with fill_buf and consumed, and Option/Result combinators do the rest.

use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::net::TcpStream;
use std::process::ExitCode;
use std::time::Duration;

fn line(mut reader: impl BufRead) -> io::Result<Vec<u8>> {
    let mut line = vec![];
    loop {
        let seen = match reader.fill_buf() {
            Ok([]) => return Err(ErrorKind::UnexpectedEof.into()),
            Ok(seen) => seen,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let (part, used) = match seen.split(|byte| *byte == b'\n').next() {
            Some(part) if part.len() < seen.len() => (part, part.len() + 1),
            _ => (seen, seen.len()),
        };
        line.extend(part);
        let ended = used > part.len();
        reader.consume(used);
        if ended {
            return Ok(line);
        }
    }
}

fn ask(address: &str, words: &str) -> io::Result<String> {
    let server = TcpStream::connect(address)?;
    server.set_read_timeout(Some(Duration::from_secs(10)))?;
    (&server).write_all(words.as_bytes())?;
    (&server).write_all(b"\n")?;
    line(BufReader::with_capacity(3, &server))
        .and_then(|line| String::from_utf8(line).map_err(|_| ErrorKind::InvalidData.into()))
}

fn main() -> ExitCode {
    let given: Vec<_> = std::env::args().collect();
    let address = given.get(1).map_or("127.0.0.1:12345", |given| given);
    let words = given.get(2).map_or("저 왔어요.", |given| given);
    ask(address, words)
        .map(|reply| println!("서버의 답: {reply}"))
        .inspect_err(|error| eprintln!("오류: {address}: {error}"))
        .map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS)
}
