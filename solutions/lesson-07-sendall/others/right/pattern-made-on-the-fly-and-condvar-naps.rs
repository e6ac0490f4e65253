//! Right: never holds the whole message, only a window of the pattern; naps on a Condvar nobody rings, longer while nothing goes.

use socket2::{Domain, Protocol, Socket, Type};
use std::fmt;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

const PERIOD: usize = 251;

struct Pattern {
    window: Vec<u8>,
    size: usize,
}

impl Pattern {
    fn new(size: usize) -> Self {
        let window = (0..PERIOD * 700).map(|at| (at % PERIOD) as u8).collect();
        Pattern { window, size }
    }

    fn from(&self, sent: usize) -> &[u8] {
        let start = sent % PERIOD;
        let most = (self.window.len() - start).min(self.size - sent);
        &self.window[start..start + most]
    }
}

#[derive(Default)]
struct Rest {
    lock: Mutex<()>,
    bell: Condvar,
    idle: u32,
}

impl Rest {
    fn nap(&mut self) {
        self.idle = (self.idle + 1).min(5);
        let guard = self.lock.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.bell.wait_timeout(guard, Duration::from_millis(self.idle.into())));
    }
}

enum Failure {
    Before(String),
    Left { sent: usize, peer: SocketAddr, why: io::Error },
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Before(sentence) => f.write_str(sentence),
            Failure::Left { sent, peer, why } => write!(f, "{peer}이(가) {sent}바이트를 받아 간 뒤 떠났습니다: {why}"),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Failure::Before(error.to_string())
    }
}

fn run() -> Result<usize, Failure> {
    let mut given = std::env::args().skip(1);
    let place = given.next().unwrap_or_else(|| "127.0.0.1:12345".to_owned());
    let peer: SocketAddr = place.parse().map_err(|_| Failure::Before(format!("{place}은(는) 주소가 아닙니다")))?;
    let size = given.next().map_or(Ok(8 << 20), |size| size.parse());
    let size = size.map_err(|error| Failure::Before(format!("크기는 숫자여야 합니다: {error}")))?;
    let socket = Socket::new(Domain::for_address(peer), Type::STREAM, Some(Protocol::TCP))?;
    socket.connect(&peer.into())?;
    socket.set_nonblocking(true)?;
    let (pattern, mut rest, mut sent) = (Pattern::new(size), Rest::default(), 0);
    while sent < size {
        match socket.send(pattern.from(sent)) {
            Ok(count) => {
                sent += count;
                rest.idle = 0;
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => rest.nap(),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(why) => return Err(Failure::Left { sent, peer, why }),
        }
    }
    Ok(sent)
}

fn main() -> ExitCode {
    match run() {
        Ok(sent) => {
            println!("모두 넘겼습니다: {sent}바이트");
            ExitCode::SUCCESS
        }
        Err(failure) => {
            eprintln!("오류: {failure}");
            ExitCode::FAILURE
        }
    }
}
