//! Right: the greeting leaves letter by letter with Nagle off; the reply is a list of boxed pieces, joined at the end.
use std::collections::LinkedList;
use std::io::{self, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::process::ExitCode;
use std::time::Duration;

const GREETING: &str = "안녕하세요? 반갑습니다!";

fn greet(mut server: &TcpStream) -> io::Result<()> {
    server.set_nodelay(true)?;
    let mut room = [0; 4];
    GREETING
        .chars()
        .chain(Some('\n'))
        .try_for_each(|letter| server.write_all(letter.encode_utf8(&mut room).as_bytes()))
}

fn rope(mut server: &TcpStream) -> io::Result<LinkedList<Box<[u8]>>> {
    let mut rope = LinkedList::new();
    let mut piece = [0; 11];
    loop {
        match server.read(&mut piece) {
            Ok(0) => return Ok(rope),
            Ok(count) => rope.push_back(Box::from(&piece[..count])),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

fn reply(address: &str) -> io::Result<String> {
    let server = TcpStream::connect(address)?;
    server.set_read_timeout(Some(Duration::from_secs(10)))?;
    greet(&server)?;
    let rope = rope(&server)?;
    if rope.is_empty() {
        return Err(io::Error::other("답이 한 바이트도 오지 않았습니다"));
    }
    let whole: Vec<u8> = rope.iter().flat_map(|piece| piece.iter().copied()).collect();
    let text = String::from_utf8(whole).map_err(io::Error::other)?;
    Ok(text.trim_end().to_owned())
}

fn main() -> ExitCode {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:12345".to_owned());
    match reply(&address) {
        Ok(text) => {
            print!("서버의 답: {text}\r\n");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprint!("오류: {address}: {error}\r\n");
            ExitCode::FAILURE
        }
    }
}
