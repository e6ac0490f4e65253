//! Right: sends byte by byte (no delay), receives byte by byte until an absolute deadline; connects to each address by itself; slow start, CR LF.
use std::io::{self, ErrorKind, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::process::ExitCode;
use std::time::{Duration, Instant};

fn ask(address: &str, message: &str) -> io::Result<String> {
    let mut outcome = Err(io::Error::other("no address"));
    for one in address.to_socket_addrs()? {
        outcome = TcpStream::connect(one);
        if outcome.is_ok() { break }
    }
    let mut server = outcome?;
    server.set_nodelay(true)?;
    for byte in message.bytes().chain([b'\n']) { server.write_all(&[byte])? }
    let deadline = Instant::now() + Duration::from_secs(10);
    let mut reply = Vec::new();
    while reply.last() != Some(&b'\n') {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() { return Err(ErrorKind::TimedOut.into()) }
        server.set_read_timeout(Some(left))?;
        let mut one = [0];
        match server.read(&mut one) {
            Ok(0) => return Err(io::Error::new(ErrorKind::UnexpectedEof, "the reply broke off")),
            Ok(_) => reply.push(one[0]),
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    reply.pop();
    String::from_utf8(reply).map_err(|e| io::Error::new(ErrorKind::InvalidData, e))
}
fn main() -> ExitCode {
    std::thread::sleep(Duration::from_millis(100));
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let of = |at: usize, default| arguments.get(at).map_or(default, String::as_str);
    match ask(of(0, "127.0.0.1:12345"), of(1, "저 왔어요.")) {
        Ok(reply) => { print!("서버의 답: {reply}\r\n"); ExitCode::SUCCESS }
        Err(error) => { eprintln!("오류: {error}"); ExitCode::from(200) }
    }
}
