//! Right: each attempt runs in a thread of its own that is joined; the pauses come from an iterator of successors; own error enum that knows what passes; CR LF on stdout.
use std::fmt;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{BufRead, BufReader, Error, ErrorKind, Read, Result as IoResult, Write};
use std::iter::successors;
use std::net::{TcpStream, ToSocketAddrs};
use std::process::ExitCode;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

enum Failure {
    MayPass(String),
    Stays(String),
}
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::MayPass(why) | Self::Stays(why)) = self;
        f.write_str(why)
    }
}
impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        use ErrorKind::*;
        match error.kind() {
            ConnectionRefused => Self::MayPass("연결이 거절됨".into()),
            WouldBlock | TimedOut => Self::MayPass("시간이 다 됨".into()),
            ConnectionReset | ConnectionAborted => Self::MayPass("연결이 끊어짐".into()),
            UnexpectedEof => Self::MayPass("답이 도중에 끝남".into()),
            InvalidData => Self::Stays("답을 읽을 수 없음".into()),
            InvalidInput => Self::Stays(error.to_string()),
            _ => Self::MayPass(error.to_string()),
        }
    }
}

/// A Read that waits until the deadline only. An interruption goes on to read_until, which reads again.
struct Until(TcpStream, Instant);
impl Read for Until {
    fn read(&mut self, buffer: &mut [u8]) -> IoResult<usize> {
        match self.1.checked_duration_since(Instant::now()) {
            Some(left) if !left.is_zero() => {
                self.0.set_read_timeout(Some(left))?;
                self.0.read(buffer)
            }
            _ => Err(ErrorKind::TimedOut.into()),
        }
    }
}

fn attempt(address: &str, patience: Duration) -> Result<String, Failure> {
    let mut outcome = Err(Error::from(ErrorKind::AddrNotAvailable));
    for one in address.to_socket_addrs()? {
        outcome = TcpStream::connect_timeout(&one, patience);
        if outcome.is_ok() {
            break;
        }
    }
    let server = outcome?;
    print!("연결되었습니다: {}\r\n", server.peer_addr()?);
    server.set_write_timeout(Some(patience))?;
    (&server).write_all("지금 몇 시예요?\n".as_bytes())?;
    let mut reader = BufReader::with_capacity(6, Until(server, Instant::now() + patience)).take(1024);
    let mut line = Vec::new();
    reader.read_until(b'\n', &mut line)?;
    match line.pop() {
        Some(b'\n') => String::from_utf8(line).map_err(|_| Error::from(ErrorKind::InvalidData).into()),
        Some(_) if line.len() == 1023 => Err(Error::from(ErrorKind::InvalidData).into()),
        _ => Err(Error::from(ErrorKind::UnexpectedEof).into()),
    }
}

fn longer(pause: Duration) -> Duration {
    let share = RandomState::new().build_hasher().finish() % 512;
    pause + pause * (share as u32) / 1024
}

fn main() -> ExitCode {
    let mut given = std::env::args().skip(1);
    let address: Arc<str> = given.next().as_deref().unwrap_or("localhost:12345").into();
    let mut times = given.map(|text| text.parse().ok().map(Duration::from_millis)).chain([None, None]);
    let patience = times.next().flatten().unwrap_or(Duration::from_secs(3));
    let first = times.next().flatten().unwrap_or(Duration::from_millis(300));
    let pauses = successors(Some(first), |pause| Some(*pause * 2)).map(Some).take(3).chain([None]);
    for (number, pause) in pauses.enumerate() {
        let theirs = Arc::clone(&address);
        let outcome = thread::spawn(move || attempt(&theirs, patience))
            .join()
            .unwrap_or_else(|_| Err(Failure::Stays("panic".into())));
        match (outcome, pause) {
            (Ok(reply), _) => {
                print!("서버의 답: {reply}\r\n");
                return ExitCode::SUCCESS;
            }
            (Err(failure @ Failure::MayPass(_)), Some(pause)) => {
                print!("{}번째 시도 실패: {failure}\r\n", number + 1);
                let _ = std::io::stdout().flush();
                thread::sleep(longer(pause));
            }
            (Err(last), _) => {
                eprintln!("{address}에게서 답을 받지 못했습니다: {last}");
                break;
            }
        }
    }
    ExitCode::from(69)
}
