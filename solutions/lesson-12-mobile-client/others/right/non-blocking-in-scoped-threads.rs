//! Right: every attempt is a scoped thread with a non-blocking socket that is read every 3 ms; the question goes out in pieces; CR LF on stdout.
use std::hash::{BuildHasher, RandomState};
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream, ToSocketAddrs};
use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant};

fn say(line: String) { print!("{line}\r\n"); io::stdout().flush().unwrap(); }
fn connect(address: &str, patience: Duration) -> io::Result<TcpStream> {
    let all: Vec<SocketAddr> = address.to_socket_addrs()?.collect();
    let mut failure = None;
    for one in &all {
        match TcpStream::connect_timeout(one, patience) { Ok(server) => return Ok(server), Err(error) => failure = Some(error) }
    }
    Err(failure.unwrap_or_else(|| io::Error::other("no address at all")))
}
fn ask(address: &str, patience: Duration) -> io::Result<String> {
    let mut server = connect(address, patience)?;
    say(format!("연결되었습니다: {}", server.peer_addr()?));
    server.set_write_timeout(Some(patience))?;
    for word in ["지금 ", "몇 ", "시예요?", "\n"] { server.write_all(word.as_bytes())? }
    server.set_nonblocking(true)?;
    let deadline = Instant::now() + patience;
    let mut reply = Vec::new();
    let mut buffer = [0; 3];
    let outcome = loop {
        if let Some(end) = reply.iter().position(|b| *b == b'\n') {
            reply.truncate(end);
            break String::from_utf8(reply).map_err(|_| ErrorKind::InvalidData.into());
        }
        if reply.len() >= 1024 { break Err(ErrorKind::InvalidData.into()) }
        match server.read(&mut buffer) {
            Ok(0) => break Err(ErrorKind::UnexpectedEof.into()),
            Ok(count) => reply.extend_from_slice(&buffer[..count]),
            Err(e) if e.kind() == ErrorKind::WouldBlock && Instant::now() < deadline => thread::sleep(Duration::from_millis(3)),
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            Err(e) => break Err(e),
        }
    };
    let _ = server.shutdown(Shutdown::Write);
    outcome
}
fn reason(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::ConnectionRefused => "연결이 거절됨",
        ErrorKind::WouldBlock | ErrorKind::TimedOut => "시간이 다 됨",
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted => "연결이 끊어짐",
        ErrorKind::UnexpectedEof => "답이 도중에 끝남",
        ErrorKind::InvalidData => "답을 읽을 수 없음",
        _ => return error.to_string(),
    }.to_string()
}
fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or("localhost:12345".into());
    let mut times = [3000, 300].map(|default| Duration::from_millis(arguments.next().and_then(|n| n.parse().ok()).unwrap_or(default)));
    let mut number = 0;
    let outcome = loop {
        number += 1;
        let outcome = thread::scope(|scope| scope.spawn(|| ask(&address, times[0])).join().expect("no panic"));
        match &outcome {
            Err(error) if number < 4 && !matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::InvalidData) => say(format!("{number}번째 시도 실패: {}", reason(error))),
            _ => break outcome,
        }
        let spread = RandomState::new().hash_one(number) % 512;
        thread::sleep(times[1] + times[1] * u32::try_from(spread).unwrap() / 1024);
        times[1] *= 2;
    };
    match outcome {
        Ok(reply) => { say(format!("서버의 답: {reply}")); ExitCode::SUCCESS }
        Err(error) => { eprintln!("오류: {address}: {} ({error:?})", reason(&error)); ExitCode::from(99) }
    }
}
