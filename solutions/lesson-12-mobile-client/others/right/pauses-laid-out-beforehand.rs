//! Right: all pauses are laid out in a queue before the first attempt; failures are a typed verdict; the reply comes byte by byte.
use std::collections::VecDeque;
use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::process::ExitCode;
use std::time::{Duration, Instant};

const QUESTION: &str = "지금 몇 시예요?\n";
const LIMIT: usize = 1024;

enum Verdict {
    /// Another time it may work.
    Again(String),
    /// It never will.
    Hopeless(String),
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Again(why) | Self::Hopeless(why)) = self;
        f.write_str(why)
    }
}

impl From<io::Error> for Verdict {
    fn from(error: io::Error) -> Self {
        let why = match error.kind() {
            ErrorKind::ConnectionRefused => "연결이 거절됨",
            ErrorKind::WouldBlock | ErrorKind::TimedOut => "시간이 다 됨",
            ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted => "연결이 끊어짐",
            ErrorKind::UnexpectedEof => "답이 도중에 끝남",
            ErrorKind::InvalidData => return Self::Hopeless("답을 읽을 수 없음".to_owned()),
            ErrorKind::InvalidInput => return Self::Hopeless(error.to_string()),
            _ => return Self::Again(error.to_string()),
        };
        Self::Again(why.to_owned())
    }
}

fn first_that_works(
    mut all: impl Iterator<Item = SocketAddr>,
    patience: Duration,
) -> io::Result<TcpStream> {
    let mut last = Err(io::Error::other("이름에 주소가 없습니다"));
    while last.is_err() {
        let Some(candidate) = all.next() else { break };
        last = TcpStream::connect_timeout(&candidate, patience);
    }
    last
}

fn byte(server: &mut TcpStream, deadline: Instant) -> io::Result<u8> {
    let mut byte = [0];
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(ErrorKind::TimedOut.into());
        }
        server.set_read_timeout(Some(left))?;
        match server.read(&mut byte) {
            Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
            Ok(_) => return Ok(byte[0]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

fn attempt(address: &str, patience: Duration) -> Result<String, Verdict> {
    let mut server = first_that_works(address.to_socket_addrs()?, patience)?;
    println!("연결되었습니다: {}", server.peer_addr()?);
    server.set_write_timeout(Some(patience))?;
    server.write_all(QUESTION.as_bytes())?;
    let deadline = Instant::now() + patience;
    let mut line = Vec::new();
    loop {
        if line.len() == LIMIT {
            return Err(io::Error::from(ErrorKind::InvalidData).into());
        }
        match byte(&mut server, deadline)? {
            b'\n' => break,
            other => line.push(other),
        }
    }
    String::from_utf8(line).map_err(|_| io::Error::from(ErrorKind::InvalidData).into())
}

/// The pause, and up to half of it more.
fn stretched(pause: Duration) -> Duration {
    let part = RandomState::new().hash_one(pause) % 500;
    pause + pause * part as u32 / 1000
}

fn run(address: &str, patience: Duration, pause: Duration) -> Result<String, Verdict> {
    let mut pauses: VecDeque<_> = [1, 2, 4].into_iter().map(|times| stretched(pause * times)).collect();
    let mut number = 0;
    loop {
        number += 1;
        match (attempt(address, patience), pauses.pop_front()) {
            (Err(Verdict::Again(why)), Some(pause)) => {
                println!("{number}번째 시도 실패: {why}");
                std::thread::sleep(pause);
            }
            (outcome, _) => return outcome,
        }
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let address = arguments.get(1).map_or("localhost:12345", String::as_str);
    let time = |at: usize, usual: u64| {
        let given = arguments.get(at).and_then(|text| text.parse().ok());
        Duration::from_millis(given.unwrap_or(usual))
    };
    match run(address, time(2, 3000), time(3, 300)) {
        Ok(reply) => {
            println!("서버의 답: {reply}");
            ExitCode::SUCCESS
        }
        Err(verdict) => {
            eprintln!("오류: {address}: {verdict}");
            ExitCode::FAILURE
        }
    }
}
