//! Right: a non-blocking connect, and every millisecond until an absolute deadline the socket is asked for its error and its peer.
use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, ErrorKind};
use std::net::{SocketAddr, ToSocketAddrs};
use std::process::ExitCode;
use std::thread::sleep;
use std::time::{Duration, Instant};

fn open(address: SocketAddr) -> io::Result<Socket> {
    let deadline = Instant::now() + Duration::from_millis(500);
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    socket.set_nonblocking(true)?;
    match socket.connect(&address.into()) {
        Ok(()) => {}
        // EINPROGRESS on Linux and on macOS; Windows says WouldBlock.
        Err(e) if matches!(e.raw_os_error(), Some(115 | 36)) || e.kind() == ErrorKind::WouldBlock => {}
        Err(e) => return Err(e),
    }
    loop {
        if let Some(error) = socket.take_error()? { return Err(error); }
        if socket.peer_addr().is_ok() { break; }
        if Instant::now() >= deadline { return Err(ErrorKind::TimedOut.into()); }
        sleep(Duration::from_millis(1));
    }
    socket.set_nonblocking(false)?;
    Ok(socket)
}
fn run(text: &str) -> Result<(), (u8, String)> {
    let all: Vec<SocketAddr> = text.to_socket_addrs().map_err(|e| match e.kind() {
        ErrorKind::InvalidInput => (10, format!("잘못된 주소: {text} ({e})")),
        _ => (11, format!("모르는 호스트: {text} ({e})")),
    })?.collect();
    let address = *all.first().ok_or((11, format!("모르는 호스트: {text}")))?;
    let socket = open(address).map_err(|e| (match e.kind() {
        ErrorKind::ConnectionRefused => 12,
        ErrorKind::TimedOut => 13,
        _ => 1,
    }, format!("{address}: {e}")))?;
    print!("연결되었습니다.\r\n");
    let own = socket.local_addr().map_err(|e| (1, e.to_string()))?.as_socket();
    let peer = socket.peer_addr().map_err(|e| (1, e.to_string()))?.as_socket();
    print!("내 쪽 {}, 상대 쪽 {}\r\n", own.unwrap(), peer.unwrap());
    Ok(())
}
fn main() -> ExitCode {
    let text = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:12345".to_owned());
    run(&text).map_or_else(|(status, why)| { eprintln!("{why}"); ExitCode::from(status) }, |()| ExitCode::SUCCESS)
}
