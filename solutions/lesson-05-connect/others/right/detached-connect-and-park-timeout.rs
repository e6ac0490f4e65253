//! Right: the connect runs in a detached thread that leaves its result in a Mutex and unparks main, which looks at the clock with park_timeout; CR LF on stdout.
use socket2::{Domain, Protocol, SockAddr, Socket, Type};
use std::io::{self, ErrorKind};
use std::net::{SocketAddr, ToSocketAddrs};
use std::process::exit;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

fn die(status: i32, sentence: String) -> ! {
    eprintln!("연결 실패({status}): {sentence}");
    exit(status)
}

fn resolve(text: &str) -> SocketAddr {
    if let Ok(numeric) = text.parse() {
        return numeric;
    }
    let found: io::Result<Vec<_>> = text.to_socket_addrs().map(Iterator::collect);
    match found.as_deref() {
        Ok([first, ..]) => *first,
        Ok([]) => die(11, format!("{text}: 주소가 하나도 없음")),
        Err(error) if error.kind() == ErrorKind::InvalidInput => die(10, format!("{text}: host:port가 아님")),
        Err(error) => die(11, format!("{text}: 이름을 못 찾음, {error}")),
    }
}

fn connect(address: SocketAddr) -> io::Result<Socket> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    socket.connect(&address.into())?;
    Ok(socket)
}

fn within(limit: Duration, address: SocketAddr) -> io::Result<Socket> {
    let until = Instant::now() + limit;
    let place = Arc::new(Mutex::new(None));
    let waiting = thread::current();
    let theirs = Arc::clone(&place);
    thread::spawn(move || {
        let outcome = connect(address);
        if let Ok(mut slot) = theirs.lock() {
            *slot = Some(outcome);
        }
        waiting.unpark();
    });
    loop {
        if let Some(outcome) = place.lock().ok().and_then(|mut slot| slot.take()) {
            return outcome;
        }
        match until.checked_duration_since(Instant::now()) {
            Some(left) if !left.is_zero() => thread::park_timeout(left),
            _ => return Err(ErrorKind::TimedOut.into()),
        }
    }
}

fn main() {
    let text = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".to_string());
    let address = resolve(&text);
    let socket = within(Duration::from_millis(500), address).unwrap_or_else(|error| match error.kind() {
        ErrorKind::ConnectionRefused => die(12, format!("{address} 문이 닫혀 있음")),
        ErrorKind::TimedOut | ErrorKind::WouldBlock => die(13, format!("{address} 응답 없음")),
        _ => die(1, format!("{address} {error}")),
    });
    print!("연결되었습니다.\r\n");
    let end = |asked: io::Result<SockAddr>| match asked.map(|a| a.as_socket()) {
        Ok(Some(end)) => end,
        Ok(None) => die(1, format!("{address}: no IP address")),
        Err(error) => die(1, format!("{address}: {error}")),
    };
    let (own, peer) = (end(socket.local_addr()), end(socket.peer_addr()));
    print!("내 쪽 {own}, 상대 쪽 {peer}\r\n");
}
