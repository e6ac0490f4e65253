//! Right: attempts by recursion, a BufReader whose time-out is set anew before each byte until the deadline; jitter from the clock's nanoseconds; slow start.
use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

fn reason(error: &io::Error) -> String {
    use ErrorKind::*;
    for (kinds, words) in [
        (&[ConnectionRefused][..], "연결이 거절됨"), (&[WouldBlock, TimedOut], "시간이 다 됨"),
        (&[ConnectionReset, ConnectionAborted], "연결이 끊어짐"), (&[UnexpectedEof], "답이 도중에 끝남"), (&[InvalidData], "답을 읽을 수 없음"),
    ] {
        if kinds.contains(&error.kind()) { return words.into() }
    }
    error.to_string()
}
fn connect(address: &str, patience: Duration) -> io::Result<TcpStream> {
    address.to_socket_addrs()?.fold(Err(io::Error::other("no address")), |outcome, one| outcome.or_else(|_| TcpStream::connect_timeout(&one, patience)))
}
fn ask(address: &str, patience: Duration) -> io::Result<String> {
    let server = connect(address, patience)?;
    println!("연결되었습니다: {}", server.peer_addr()?);
    server.set_write_timeout(Some(patience))?;
    (&server).write_all("지금 몇 시예요?\n".as_bytes())?;
    let deadline = Instant::now() + patience;
    let mut reader = BufReader::new(&server);
    let mut reply = Vec::new();
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() { return Err(ErrorKind::TimedOut.into()) }
        server.set_read_timeout(Some(left))?;
        let byte = match reader.fill_buf() {
            Ok([]) => return Err(ErrorKind::UnexpectedEof.into()),
            Ok([byte, ..]) => *byte,
            Err(e) if e.kind() == ErrorKind::Interrupted => continue,
            Err(e) => return Err(e),
        };
        reader.consume(1);
        if byte == b'\n' { return String::from_utf8(reply).map_err(|_| ErrorKind::InvalidData.into()) }
        reply.push(byte);
        if reply.len() >= 1024 { return Err(ErrorKind::InvalidData.into()) }
    }
}
fn attempt(number: u32, pause: Duration, ask: &dyn Fn() -> io::Result<String>) -> io::Result<String> {
    match ask() {
        Err(error) if number < 4 && error.kind() != ErrorKind::InvalidInput && error.kind() != ErrorKind::InvalidData => {
            println!("{number}번째 시도 실패: {}", reason(&error));
            let nanos = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |t| t.subsec_nanos());
            let until = Instant::now() + pause + pause / 2 * (nanos % 1000) / 1000;
            while let Some(left) = until.checked_duration_since(Instant::now()).filter(|left| !left.is_zero()) {
                std::thread::sleep(left.min(Duration::from_millis(7)));
            }
            attempt(number + 1, pause * 2, ask)
        }
        outcome => outcome,
    }
}
fn main() {
    std::thread::sleep(Duration::from_millis(100));
    let arguments: Vec<String> = std::env::args().collect();
    let address = arguments.get(1).map_or("localhost:12345", |a| a);
    let time = |at: usize, default| Duration::from_millis(arguments.get(at).and_then(|n| n.parse().ok()).unwrap_or(default));
    match attempt(1, time(3, 300), &|| ask(address, time(2, 3000))) {
        Ok(reply) => println!("서버의 답: {reply}"),
        Err(error) => { eprintln!("{address}: {}", reason(&error)); std::process::exit(33) }
    }
}
