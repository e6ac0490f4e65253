//! Right: attempts are a try_fold with ControlFlow over successive pauses; the reply is peeked at and then taken in one piece.

use std::fmt;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, ErrorKind, Read, Write};
use std::iter::successors;
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::ops::ControlFlow::{self, Break, Continue};
use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant};

const LIMIT: usize = 1024;

enum Why {
    Io(io::Error),
    Ended,
    Unreadable,
}

impl From<io::Error> for Why {
    fn from(error: io::Error) -> Self {
        Why::Io(error)
    }
}

impl Why {
    fn may_pass(&self) -> bool {
        match self {
            Why::Io(error) => error.kind() != ErrorKind::InvalidInput,
            Why::Ended => true,
            Why::Unreadable => false,
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Why::Ended => "답이 도중에 끝남",
            Why::Unreadable => "답을 읽을 수 없음",
            Why::Io(error) => match error.kind() {
                ErrorKind::ConnectionRefused => "연결이 거절됨",
                ErrorKind::TimedOut | ErrorKind::WouldBlock => "시간이 다 됨",
                ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted => "연결이 끊어짐",
                _ => return error.fmt(f),
            },
        };
        f.write_str(text)
    }
}

fn connect(address: &str, patience: Duration) -> io::Result<(TcpStream, SocketAddr)> {
    let none = io::Error::other("이름에 주소가 없습니다");
    let outcome = address.to_socket_addrs()?.try_fold(none, |_, candidate| {
        match TcpStream::connect_timeout(&candidate, patience) {
            Ok(stream) => Break((stream, candidate)),
            Err(error) => Continue(error),
        }
    });
    match outcome {
        Break(connected) => Ok(connected),
        Continue(error) => Err(error),
    }
}

/// Looks until a newline is there, without taking anything that is not wanted.
fn reply(server: &mut TcpStream, deadline: Instant) -> Result<String, Why> {
    let mut whole = Vec::new();
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(io::Error::from(ErrorKind::TimedOut).into());
        }
        server.set_read_timeout(Some(left))?;
        let mut seen = [0; 200];
        let there = match server.peek(&mut seen) {
            Ok(0) => return Err(Why::Ended),
            Ok(count) => &seen[..count],
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error.into()),
        };
        let end = there.iter().position(|byte| *byte == b'\n');
        let start = whole.len();
        whole.resize(start + end.map_or(there.len(), |end| end + 1), 0);
        server.read_exact(&mut whole[start..])?;
        if end.is_some() {
            whole.pop();
            return String::from_utf8(whole).map_err(|_| Why::Unreadable);
        }
        if whole.len() >= LIMIT {
            return Err(Why::Unreadable);
        }
    }
}

fn attempt(address: &str, patience: Duration) -> Result<String, Why> {
    let (mut server, peer) = connect(address, patience)?;
    println!("연결되었습니다: {peer}");
    server.set_write_timeout(Some(patience))?;
    server.write_all("지금 몇 시예요?\n".as_bytes())?;
    reply(&mut server, Instant::now() + patience)
}

fn jittered(pause: Duration) -> Duration {
    let random = RandomState::new().build_hasher().finish();
    pause + pause.mul_f64((random >> 11) as f64 / (1u64 << 53) as f64 / 2.0)
}

fn rest(until: Instant) {
    while let Some(left) = until.checked_duration_since(Instant::now()).filter(|left| !left.is_zero()) {
        thread::park_timeout(left);
    }
}

fn main() -> ExitCode {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let address = given.first().map_or("localhost:12345", String::as_str);
    let millis = |at: usize, default| {
        Duration::from_millis(given.get(at).and_then(|text| text.parse().ok()).unwrap_or(default))
    };
    let patience = millis(1, 3_000);
    let pauses = successors(Some(millis(2, 300)), |pause| pause.checked_mul(2)).map(Some).take(3).chain([None]);
    let outcome: ControlFlow<Result<String, Why>> = (1..).zip(pauses).try_for_each(|(number, pause)| {
        match (attempt(address, patience), pause) {
            (Err(why), Some(pause)) if why.may_pass() => {
                println!("{number}번째 시도 실패: {why}");
                rest(Instant::now() + jittered(pause));
                Continue(())
            }
            (outcome, _) => Break(outcome),
        }
    });
    match outcome {
        Break(Ok(reply)) => {
            println!("서버의 답: {reply}");
            ExitCode::SUCCESS
        }
        Break(Err(why)) => {
            eprintln!("오류: {address}: {why}");
            ExitCode::FAILURE
        }
        Continue(()) => ExitCode::FAILURE,
    }
}
