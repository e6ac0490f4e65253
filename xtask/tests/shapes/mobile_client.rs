//! Lesson 12 in other shapes: `program SHAPE ADDRESS [PATIENCE [PAUSE]]`.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::process::exit;
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

/// A reply may not be longer, in bytes.
const LIMIT: usize = 1024;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let time = |at: usize, default| {
        let given = arguments.get(at).and_then(|number| number.parse().ok());
        Duration::from_millis(given.unwrap_or(default))
    };
    let (shape, address) = (arguments[1].as_str(), arguments[2].as_str());
    let (patience, mut pause) = (time(3, 3_000), time(4, 300));
    let mut number = 1;
    loop {
        match ask(shape, address, patience) {
            Ok(reply) => {
                println!("서버의 답: {reply}");
                return;
            }
            Err(error) if number == 4 || is_final(&error) => {
                eprintln!("오류: {address}: {}", reason(&error));
                exit(1);
            }
            Err(error) => println!("{number}번째 시도 실패: {}", reason(&error)),
        }
        thread::sleep(pause);
        pause *= 2;
        number += 1;
    }
}

fn is_final(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::InvalidInput | ErrorKind::InvalidData
    )
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::ConnectionRefused => "연결이 거절됨".to_owned(),
        ErrorKind::WouldBlock | ErrorKind::TimedOut => "시간이 다 됨".to_owned(),
        ErrorKind::ConnectionReset => "연결이 끊어짐".to_owned(),
        ErrorKind::UnexpectedEof => "답이 도중에 끝남".to_owned(),
        _ => error.to_string(),
    }
}

fn ask(shape: &str, address: &str, patience: Duration) -> io::Result<String> {
    let mut server = if shape == "threads" {
        first_of_all(address, patience)?
    } else {
        one_by_one(address, patience)?
    };
    println!("연결되었습니다: {}", server.peer_addr()?);
    server.write_all("지금 몇 시예요?\n".as_bytes())?;
    let deadline = Instant::now() + patience;
    let mut reply = Vec::new();
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        server.set_read_timeout(Some(left.max(Duration::from_micros(1))))?;
        let mut byte = [0];
        match server.read(&mut byte) {
            Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
            Ok(_) if byte == [b'\n'] => break,
            Ok(_) => reply.push(byte[0]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
        if reply.len() == LIMIT {
            return Err(ErrorKind::InvalidData.into());
        }
    }
    String::from_utf8(reply).map_err(|_| ErrorKind::InvalidData.into())
}

fn one_by_one(address: &str, patience: Duration) -> io::Result<TcpStream> {
    let mut outcome = Err(ErrorKind::NotFound.into());
    for candidate in address.to_socket_addrs()? {
        outcome = TcpStream::connect_timeout(&candidate, patience);
        if outcome.is_ok() {
            break;
        }
    }
    outcome
}

/// All addresses at once, each on a thread of its own.
fn first_of_all(address: &str, patience: Duration) -> io::Result<TcpStream> {
    let (teller, outcomes) = channel();
    for candidate in address.to_socket_addrs()? {
        let teller = teller.clone();
        thread::spawn(move || teller.send(TcpStream::connect_timeout(&candidate, patience)));
    }
    drop(teller);
    let mut last = Err(ErrorKind::NotFound.into());
    for outcome in outcomes {
        last = outcome;
        if last.is_ok() {
            break;
        }
    }
    last
}
