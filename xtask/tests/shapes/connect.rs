//! Lesson 05 with std::net: `program SHAPE ADDRESS`. In the shape `crlf` its lines end as
//! those of many programs on Windows do.

use std::io::{self, ErrorKind};
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::process::exit;
use std::sync::mpsc;
use std::time::Duration;

const TIME_LIMIT: Duration = Duration::from_millis(500);

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let text = &arguments[2];
    let Some(port) = text
        .rsplit_once(':')
        .and_then(|(_, port)| port.parse::<u16>().ok())
    else {
        fail(10, &format!("{text}: no port"));
    };
    let addresses: Vec<_> = match text.to_socket_addrs() {
        Ok(found) => found.filter(|address| address.port() == port).collect(),
        Err(error) => fail(11, &format!("{text}: {error}")),
    };
    let connect = if arguments[1] == "thread" {
        on_a_thread
    } else {
        with_std
    };
    let mut last = io::Error::other("no address");
    for address in addresses {
        match connect(address) {
            Ok(stream) => return tell(&stream),
            Err(error) => last = error,
        }
    }
    let status = match last.kind() {
        ErrorKind::ConnectionRefused => 12,
        ErrorKind::TimedOut => 13,
        _ => 1,
    };
    fail(status, &format!("{text}: {last}"));
}

fn with_std(address: SocketAddr) -> io::Result<TcpStream> {
    TcpStream::connect_timeout(&address, TIME_LIMIT)
}

/// Without a time limit of its own, but not waited for longer than that.
fn on_a_thread(address: SocketAddr) -> io::Result<TcpStream> {
    let (done, outcome) = mpsc::channel();
    std::thread::spawn(move || done.send(TcpStream::connect(address)));
    outcome
        .recv_timeout(TIME_LIMIT)
        .unwrap_or_else(|_| Err(ErrorKind::TimedOut.into()))
}

fn tell(stream: &TcpStream) {
    let (local, peer) = (stream.local_addr().unwrap(), stream.peer_addr().unwrap());
    let end = end_of_line();
    print!("연결되었습니다.{end}내 쪽 {local}, 상대 쪽 {peer}{end}");
}

fn fail(status: i32, sentence: &str) -> ! {
    eprint!("{sentence}{}", end_of_line());
    exit(status)
}

fn end_of_line() -> &'static str {
    match std::env::args().nth(1).as_deref() {
        Some("crlf") => "\r\n",
        _ => "\n",
    }
}
