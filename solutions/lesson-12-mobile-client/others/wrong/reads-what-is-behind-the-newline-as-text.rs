//! Wrong: in given code all that came has to be UTF-8, also what is behind the newline
//! Steps written: 1-4
//! At fault: given code
//!
//! 레슨 12 mobile-client: 끊기고 느린 네트워크에서도 답을 받아 내는 클라이언트.
//! Lesson 12 mobile-client: a client that gets its reply over a bad network.

use std::hash::{BuildHasher, RandomState};
use std::io::{self, ErrorKind, prelude::*};
use std::net::{TcpStream, ToSocketAddrs};
use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant};

const DEFAULT_ADDRESS: &str = "localhost:12345";
const MESSAGE: &str = "지금 몇 시예요?";
/// 연결과 답을 각각 기다려 주는 시간(밀리초). 두 번째 인자로 바꿉니다.
/// How long to wait for a connection, and for a reply, in milliseconds; the second argument changes it.
const DEFAULT_PATIENCE: u64 = 3_000;
/// 첫 실패 다음에 쉬는 시간(밀리초). 세 번째 인자로 바꿉니다.
/// The pause after the first failure, in milliseconds; the third argument changes it.
const DEFAULT_PAUSE: u64 = 300;
/// 최대 이만큼 시도합니다. / The most attempts.
const ATTEMPTS: u32 = 4;
/// 답은 이보다 길 수 없습니다. / A reply may not be longer, in bytes.
const LIMIT: usize = 1024;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or(DEFAULT_ADDRESS.to_owned());
    let mut time = |default| {
        let given = arguments.next().and_then(|number| number.parse().ok());
        Duration::from_millis(given.unwrap_or(default))
    };
    let (patience, pause) = (time(DEFAULT_PATIENCE), time(DEFAULT_PAUSE));
    match keep_trying(pause, || ask(&address, patience)) {
        Ok(reply) => {
            println!("서버의 답: {reply}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("오류: {address}: {}", reason(&error));
            ExitCode::FAILURE
        }
    }
}

/// 한 번의 시도: 연결하고, 묻고, 답을 받습니다. 어느 길로 나가든 소켓은 닫힙니다.
/// One attempt: connect, ask, receive. Whichever way it leaves, the socket is closed.
fn ask(address: &str, patience: Duration) -> io::Result<String> {
    let mut server = connect(address, patience)?;
    println!("연결되었습니다: {}", server.peer_addr()?);
    server.set_write_timeout(Some(patience))?;
    server.write_all(format!("{MESSAGE}\n").as_bytes())?;
    receive_reply(&mut server, Instant::now() + patience)
}

/// 이름이 가리키는 주소를 차례로 시도해, 처음으로 받아 준 곳과 연결합니다.
/// Tries the addresses behind the name in turn; connects to the first that takes it.
fn connect(address: &str, patience: Duration) -> io::Result<TcpStream> {
    let mut last = io::Error::other("이름에 주소가 없습니다");
    for candidate in address.to_socket_addrs()? {
        match TcpStream::connect_timeout(&candidate, patience) {
            Ok(server) => return Ok(server),
            Err(error) => last = error,
        }
    }
    Err(last)
}

/// 줄바꿈까지 받습니다. `deadline`까지 기다립니다.
/// Receives up to the newline, waiting until `deadline`.
fn receive_reply(server: &mut TcpStream, deadline: Instant) -> io::Result<String> {
    let mut reply = Vec::new();
    let mut buffer = [0; 256];
    while !reply.contains(&b'\n') && reply.len() < LIMIT {
        match read_some(server, &mut buffer, deadline) {
            Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
            Ok(count) => reply.extend_from_slice(&buffer[..count]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    text(reply)
}

/// 될 때까지, 최대 `ATTEMPTS`번 시도합니다. 실패할 때마다 더 오래 쉽니다.
/// Tries until it works, `ATTEMPTS` times at most; pauses longer after each failure.
fn keep_trying(
    first_pause: Duration,
    mut attempt: impl FnMut() -> io::Result<String>,
) -> io::Result<String> {
    let mut pause = first_pause;
    for number in 1..ATTEMPTS {
        match attempt() {
            Err(error) if is_worth_retrying(&error) => tell(number, &error),
            outcome => return outcome,
        }
        thread::sleep(pause + jitter(pause));
        pause *= 2;
    }
    attempt()
}

/// 다시 해 보면 될 수도 있는 실패인가? / May it work another time?
fn is_worth_retrying(error: &io::Error) -> bool {
    !matches!(
        error.kind(),
        ErrorKind::InvalidInput | ErrorKind::InvalidData
    )
}

/// 조금 읽습니다. `deadline`까지만 기다립니다(레슨 10). / Reads a little, waiting until `deadline` at most (lesson 10).
fn read_some(server: &mut TcpStream, buffer: &mut [u8], deadline: Instant) -> io::Result<usize> {
    let left = deadline.saturating_duration_since(Instant::now());
    if left.is_zero() {
        return Err(ErrorKind::TimedOut.into());
    }
    server.set_read_timeout(Some(left))?;
    server.read(buffer)
}

/// 다 받은 답을 문자열로. / The whole reply as text.
fn text(reply: Vec<u8>) -> io::Result<String> {
    let reply = String::from_utf8(reply).map_err(|_| ErrorKind::InvalidData)?;
    match reply.split_once('\n') {
        Some((line, _)) if line.len() < LIMIT => Ok(line.to_owned()),
        _ => Err(ErrorKind::InvalidData.into()),
    }
}

/// 실패를 사용자에게 알립니다. / Reports a failure to the user.
fn tell(number: u32, error: &io::Error) {
    println!("{number}번째 시도 실패: {}", reason(error));
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::ConnectionRefused => "연결이 거절됨".to_owned(),
        ErrorKind::WouldBlock | ErrorKind::TimedOut => "시간이 다 됨".to_owned(),
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted => "연결이 끊어짐".to_owned(),
        ErrorKind::UnexpectedEof => "답이 도중에 끝남".to_owned(),
        ErrorKind::InvalidData => "답을 읽을 수 없음".to_owned(),
        _ => error.to_string(),
    }
}

/// 0에서 `pause`의 절반까지, 그때그때 다른 시간. 여러 클라이언트가 한꺼번에 다시 몰려오지 않게 합니다.
/// From 0 to half of `pause`, different each time, so that many clients do not come back at once.
fn jitter(pause: Duration) -> Duration {
    let random = RandomState::new().hash_one(0) % 1024;
    pause / 2 * u32::try_from(random).unwrap_or(0) / 1024
}
