//! Right: the connected socket is turned into a std::fs::File and written in pieces of five bytes, read with write(2) and read(2) only.

use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::net::TcpStream;
use std::os::fd::OwnedFd;
use std::process::ExitCode;
use std::time::Duration;

const GREETING: &str = "안녕하세요? 반갑습니다!\n";

fn dial(address: &str) -> io::Result<File> {
    let stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    Ok(OwnedFd::from(stream).into())
}

fn hear(file: &File) -> io::Result<Vec<u8>> {
    let mut reader = BufReader::with_capacity(19, file);
    let mut heard = Vec::new();
    loop {
        let piece = match reader.fill_buf() {
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            piece => piece?,
        };
        if piece.is_empty() {
            return Ok(heard);
        }
        let count = piece.len();
        heard.extend_from_slice(piece);
        reader.consume(count);
    }
}

fn ask(address: &str) -> io::Result<String> {
    let mut file = dial(address)?;
    for piece in GREETING.as_bytes().chunks(5) {
        file.write_all(piece)?;
    }
    let heard = hear(&file)?;
    if heard.is_empty() {
        return Err(io::Error::other("서버가 답하지 않고 끝냈습니다"));
    }
    match String::from_utf8(heard) {
        Ok(text) => Ok(text.trim_end().to_owned()),
        Err(error) => Err(io::Error::new(ErrorKind::InvalidData, error)),
    }
}

fn main() -> ExitCode {
    let address = std::env::args().nth(1);
    let address = address.as_deref().unwrap_or("127.0.0.1:12345");
    match ask(address) {
        Ok(reply) => println!("서버의 답: {reply}"),
        Err(error) => {
            eprintln!("오류: {address}: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
