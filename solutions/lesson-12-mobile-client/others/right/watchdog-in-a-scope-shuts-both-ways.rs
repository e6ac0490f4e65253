//! Right: reads run without a time-out under a watchdog in the same scope that shuts the socket down at the deadline.

use std::hash::{BuildHasher, RandomState};
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream, ToSocketAddrs};
use std::process::exit;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// Runs `work` on `server`; from `deadline` on it sees the end of the connection, and the answer is TimedOut.
fn limited<T>(server: &TcpStream, deadline: Instant, work: impl FnOnce(&TcpStream) -> io::Result<T>) -> io::Result<T> {
    thread::scope(|scope| {
        let (done, waiting) = channel::<()>();
        let watchdog = scope.spawn(move || {
            let left = deadline.saturating_duration_since(Instant::now());
            let late = waiting.recv_timeout(left) == Err(RecvTimeoutError::Timeout);
            if late {
                let _ = server.shutdown(Shutdown::Both);
            }
            late
        });
        let outcome = work(server);
        drop(done);
        let late = watchdog.join().unwrap_or(false);
        match outcome {
            Err(_) if late => Err(ErrorKind::TimedOut.into()),
            other => other,
        }
    })
}

fn line(server: &TcpStream) -> io::Result<String> {
    let mut line = Vec::new();
    BufReader::with_capacity(33, server).take(1024).read_until(b'\n', &mut line)?;
    match line.pop() {
        Some(b'\n') => String::from_utf8(line).map_err(|_| ErrorKind::InvalidData.into()),
        Some(_) if line.len() == 1023 => Err(ErrorKind::InvalidData.into()),
        _ => Err(ErrorKind::UnexpectedEof.into()),
    }
}

fn attempt(address: &str, patience: Duration) -> io::Result<String> {
    let mut failures = Vec::new();
    let server = address.to_socket_addrs()?.find_map(|candidate| {
        TcpStream::connect_timeout(&candidate, patience).map_err(|error| failures.push(error)).ok()
    });
    let Some(server) = server else {
        return Err(failures.pop().unwrap_or_else(|| io::Error::other("이름에 주소가 없습니다")));
    };
    println!("연결되었습니다: {}", server.peer_addr()?);
    server.set_write_timeout(Some(patience))?;
    (&server).write_all("지금 몇 시예요?".as_bytes())?;
    (&server).write_all(b"\n")?;
    limited(&server, Instant::now() + patience, line)
}

fn reason(error: &io::Error) -> String {
    let text = match error.kind() {
        ErrorKind::ConnectionRefused => "연결이 거절됨",
        ErrorKind::WouldBlock | ErrorKind::TimedOut => "시간이 다 됨",
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted => "연결이 끊어짐",
        ErrorKind::UnexpectedEof => "답이 도중에 끝남",
        ErrorKind::InvalidData => "답을 읽을 수 없음",
        _ => return error.to_string(),
    };
    text.into()
}

fn main() {
    let mut given = std::env::args().skip(1);
    let address = given.next().unwrap_or_else(|| "localhost:12345".to_owned());
    let mut number = |default: u64| given.next().and_then(|text| text.parse().ok()).unwrap_or(default);
    let (patience, mut pause) = (Duration::from_millis(number(3000)), number(300));
    let mut left = 4u32;
    let error = loop {
        left -= 1;
        match attempt(&address, patience) {
            Ok(reply) => return println!("서버의 답: {reply}"),
            Err(error)
                if left == 0 || matches!(error.kind(), ErrorKind::InvalidData | ErrorKind::InvalidInput) =>
            {
                break error;
            }
            Err(error) => println!("{}번째 시도 실패: {}", 4 - left, reason(&error)),
        }
        let extra = RandomState::new().hash_one(left) % (pause / 2 + 1);
        thread::sleep(Duration::from_millis(pause + extra));
        pause *= 2;
    };
    eprintln!("오류: {address}: {}", reason(&error));
    exit(1);
}
