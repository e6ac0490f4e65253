//! Right: try_fold over the attempts with ControlFlow, and a Read that keeps its deadline under a take() and a tiny BufReader.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::ops::ControlFlow::{self, Break, Continue};
use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant};

const ATTEMPTS: u32 = 4;
const LIMIT: u64 = 1024;

struct Until<'a>(&'a TcpStream, Instant);

impl Read for Until<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.1.saturating_duration_since(Instant::now());
        if left == Duration::ZERO {
            return Err(ErrorKind::TimedOut.into());
        }
        self.0.set_read_timeout(Some(left))?;
        self.0.read(buffer)
    }
}

fn dial(address: &str, patience: Duration) -> io::Result<TcpStream> {
    let nowhere = Err(io::Error::other("이름에 주소가 없습니다"));
    address.to_socket_addrs()?.fold(nowhere, |so_far, candidate| {
        so_far.or_else(|_| TcpStream::connect_timeout(&candidate, patience))
    })
}

fn ask(address: &str, patience: Duration) -> io::Result<String> {
    let server = dial(address, patience)?;
    println!("연결되었습니다: {}", server.peer_addr()?);
    server.set_write_timeout(Some(patience))?;
    (&server).write_all("지금 몇 시예요?\n".as_bytes())?;
    let source = Until(&server, Instant::now() + patience).take(LIMIT);
    let mut reply = Vec::new();
    BufReader::with_capacity(32, source).read_until(b'\n', &mut reply)?;
    match reply.pop() {
        Some(b'\n') => String::from_utf8(reply).map_err(|_| ErrorKind::InvalidData.into()),
        Some(_) if reply.len() as u64 + 1 == LIMIT => Err(ErrorKind::InvalidData.into()),
        _ => Err(ErrorKind::UnexpectedEof.into()),
    }
}

fn why(error: &io::Error) -> String {
    let words = match error.kind() {
        ErrorKind::ConnectionRefused => "연결이 거절됨",
        ErrorKind::TimedOut | ErrorKind::WouldBlock => "시간이 다 됨",
        ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset => "연결이 끊어짐",
        ErrorKind::UnexpectedEof => "답이 도중에 끝남",
        ErrorKind::InvalidData => "답을 읽을 수 없음",
        _ => return error.to_string(),
    };
    words.to_owned()
}

fn stays(error: &io::Error) -> bool {
    [ErrorKind::InvalidInput, ErrorKind::InvalidData].contains(&error.kind())
}

fn up_to_half(pause: Duration) -> Duration {
    let seed = RandomState::new().build_hasher().finish();
    pause.mul_f64((seed % 1000) as f64 / 2000.0)
}

fn keep_trying(address: &str, patience: Duration, pause: Duration) -> io::Result<String> {
    let flow: ControlFlow<io::Result<String>, Duration> =
        (1..=ATTEMPTS).try_fold(pause, |pause, number| match ask(address, patience) {
            Err(error) if number < ATTEMPTS && !stays(&error) => {
                println!("{number}번째 시도 실패: {}", why(&error));
                thread::sleep(pause + up_to_half(pause));
                Continue(pause * 2)
            }
            outcome => Break(outcome),
        });
    match flow {
        Break(outcome) => outcome,
        Continue(_) => Err(ErrorKind::TimedOut.into()),
    }
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or("localhost:12345".into());
    let [patience, pause] = [3000, 300].map(|default| {
        let given = arguments.next().map(|text| text.parse());
        Duration::from_millis(given.and_then(Result::ok).unwrap_or(default))
    });
    match keep_trying(&address, patience, pause) {
        Ok(reply) => println!("서버의 답: {reply}"),
        Err(error) => {
            eprintln!("오류: {address}: {}", why(&error));
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
