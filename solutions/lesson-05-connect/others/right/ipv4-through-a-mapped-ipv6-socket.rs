//! Right: an IPv4 server is reached through an IPv6 socket and the mapped address (::ffff:…), and printed as plain IPv4.

use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, ErrorKind};
use std::net::{SocketAddr, ToSocketAddrs};
use std::process::ExitCode;
use std::time::{Duration, Instant};

const LIMIT: Duration = Duration::from_millis(500);

fn plain(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(address.ip().to_canonical(), address.port())
}

fn try_by(domain: Domain, address: SocketAddr, left: Duration) -> io::Result<Socket> {
    let socket = Socket::new(domain, Type::STREAM, Some(Protocol::TCP))?;
    if domain == Domain::IPV6 && address.ip().to_canonical().is_ipv4() {
        socket.set_only_v6(false)?;
    }
    socket.connect_timeout(&address.into(), left)?;
    Ok(socket)
}

fn connect(address: SocketAddr) -> io::Result<Socket> {
    let until = Instant::now() + LIMIT;
    let SocketAddr::V4(four) = address else { return try_by(Domain::IPV6, address, LIMIT) };
    let mapped = SocketAddr::new(four.ip().to_ipv6_mapped().into(), four.port());
    match try_by(Domain::IPV6, mapped, LIMIT) {
        Err(error) if !matches!(error.kind(), ErrorKind::ConnectionRefused | ErrorKind::TimedOut) => {
            // A machine without IPv6, or a failure that both families share.
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() { Err(error) } else { try_by(Domain::IPV4, address, left) }
        }
        other => other,
    }
}

fn run(text: &str) -> Result<String, (u8, String)> {
    let address = match text.to_socket_addrs() {
        Err(error) if error.kind() == ErrorKind::InvalidInput => {
            return Err((10, format!("{text}: 호스트:포트 꼴이 아닙니다")));
        }
        found => found.ok().and_then(|mut all| all.next()).ok_or_else(|| (11, format!("{text}: 호스트를 찾을 수 없습니다")))?,
    };
    let explained = |error: io::Error| match error.kind() {
        ErrorKind::ConnectionRefused => (12, format!("{address}: 거절되었습니다")),
        ErrorKind::TimedOut => (13, format!("{address}: {LIMIT:?} 동안 답이 없습니다")),
        _ => (1, format!("{address}: {error}")),
    };
    let socket = connect(address).map_err(explained)?;
    let ends = [socket.local_addr(), socket.peer_addr()].map(|end| end.map(|end| end.as_socket().map(plain)));
    let [Ok(Some(own)), Ok(Some(peer))] = ends else {
        return Err((1, format!("{address}: 종단점이 없습니다")));
    };
    Ok(format!("연결되었습니다.\n내 쪽 {own}, 상대 쪽 {peer}"))
}

fn main() -> ExitCode {
    let text = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:12345".into());
    match run(&text) {
        Ok(lines) => {
            println!("{lines}");
            ExitCode::SUCCESS
        }
        Err((status, sentence)) => {
            eprintln!("오류: {sentence}");
            status.into()
        }
    }
}
