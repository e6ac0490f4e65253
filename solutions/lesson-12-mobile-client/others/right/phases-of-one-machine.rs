//! Right: the whole program is one machine (resolve, connect, ask, receive, rest, over) that owns the socket only while it has one; jitter comes from the clock.
use std::collections::VecDeque;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::process::exit;
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

enum Phase {
    Resolve,
    Connect(VecDeque<SocketAddr>, io::Error),
    Ask(TcpStream),
    Receive(TcpStream, Instant, Vec<u8>),
    Failed(io::Error),
    Rest,
    Over(Result<String, io::Error>),
}
use Phase::*;

struct Client {
    address: String,
    patience: Duration,
    pause: Duration,
    attempt: u32,
}

impl Client {
    fn step(&mut self, phase: Phase) -> io::Result<Phase> {
        Ok(match phase {
            Resolve => Connect(self.address.to_socket_addrs()?.collect(), ErrorKind::NotFound.into()),
            Connect(mut left, last) => match left.pop_front() {
                None => return Err(last),
                Some(candidate) => match TcpStream::connect_timeout(&candidate, self.patience) {
                    Ok(stream) => Ask(stream),
                    Err(error) => Connect(left, error),
                },
            },
            Ask(mut stream) => {
                println!("연결되었습니다: {}", stream.peer_addr()?);
                stream.set_write_timeout(Some(self.patience))?;
                stream.write_all("지금 몇 시예요?\n".as_bytes())?;
                Receive(stream, Instant::now() + self.patience, Vec::new())
            }
            Receive(mut stream, deadline, mut reply) => {
                let left = deadline.saturating_duration_since(Instant::now());
                if left.is_zero() {
                    return Err(ErrorKind::TimedOut.into());
                }
                stream.set_read_timeout(Some(left))?;
                let mut buffer = [0; 17];
                match stream.read(&mut buffer) {
                    Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
                    Ok(count) => reply.extend_from_slice(&buffer[..count]),
                    Err(error) if error.kind() == ErrorKind::Interrupted => {}
                    Err(error) => return Err(error),
                }
                match reply.iter().position(|byte| *byte == b'\n') {
                    Some(end) => {
                        reply.truncate(end);
                        Over(Ok(String::from_utf8(reply).map_err(|_| io::Error::from(ErrorKind::InvalidData))?))
                    }
                    None if reply.len() >= 1024 => return Err(ErrorKind::InvalidData.into()),
                    None => Receive(stream, deadline, reply),
                }
            }
            Failed(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::InvalidData) => Over(Err(error)),
            Failed(error) if self.attempt == 4 => Over(Err(error)),
            Failed(error) => {
                println!("{}번째 시도 실패: {}", self.attempt, reason(&error));
                Rest
            }
            Rest => {
                let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
                sleep(self.pause + self.pause.mul_f64(f64::from(now.subsec_micros() % 1000) / 2000.0));
                self.pause *= 2;
                self.attempt += 1;
                Resolve
            }
            Over(outcome) => Over(outcome),
        })
    }
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::ConnectionRefused => "연결이 거절됨".into(),
        ErrorKind::WouldBlock | ErrorKind::TimedOut => "시간이 다 됨".into(),
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted => "연결이 끊어짐".into(),
        ErrorKind::UnexpectedEof => "답이 도중에 끝남".into(),
        ErrorKind::InvalidData => "답을 읽을 수 없음".into(),
        _ => error.to_string(),
    }
}

fn main() {
    let given: Vec<String> = std::env::args().collect();
    let millis = |at: usize, default| Duration::from_millis(given.get(at).and_then(|t| t.parse().ok()).unwrap_or(default));
    let address = given.get(1).cloned().unwrap_or("localhost:12345".into());
    let mut client = Client { address, patience: millis(2, 3000), pause: millis(3, 300), attempt: 1 };
    let mut phase = Resolve;
    let outcome = loop {
        phase = match client.step(phase) {
            Ok(Over(outcome)) => break outcome,
            Ok(next) => next,
            Err(error) => Failed(error),
        };
    };
    match outcome {
        Ok(reply) => println!("서버의 답: {reply}"),
        Err(error) => {
            eprintln!("포기합니다: {} ({})", client.address, reason(&error));
            exit(75);
        }
    }
}
