//! Right: SO_SNDTIMEO of 500 ms limits an ordinary connect (Linux ends it with EINPROGRESS); both lines go out in one write.
use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, ErrorKind, Write};
use std::net::{SocketAddr, ToSocketAddrs};
use std::time::Duration;

fn connect(address: SocketAddr) -> io::Result<Socket> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    if cfg!(target_os = "linux") {
        socket.set_write_timeout(Some(Duration::from_millis(500)))?;
        socket.connect(&address.into())?;
    } else {
        socket.connect_timeout(&address.into(), Duration::from_millis(500))?;
    }
    Ok(socket)
}
fn main() {
    let text = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    let (status, sentence) = 'failed: {
        let address = match text.to_socket_addrs() {
            Ok(mut all) => match all.next() { Some(a) => a, None => break 'failed (11, format!("{text}: no address")) },
            Err(e) if e.kind() == ErrorKind::InvalidInput => break 'failed (10, format!("'{text}'은(는) 호스트:포트가 아닙니다")),
            Err(e) => break 'failed (11, format!("'{text}'의 호스트가 없습니다: {e}")),
        };
        let socket = match connect(address) {
            Ok(socket) => socket,
            Err(e) if e.kind() == ErrorKind::ConnectionRefused => break 'failed (12, format!("{address} refuses")),
            Err(e) if e.kind() == ErrorKind::TimedOut || e.kind() == ErrorKind::WouldBlock || e.raw_os_error() == Some(115) => break 'failed (13, format!("{address} is silent")),
            Err(e) => break 'failed (1, format!("{address}: {e}")),
        };
        let ends = socket.local_addr().and_then(|own| Ok((own, socket.peer_addr()?)));
        match ends {
            Ok((own, peer)) => {
                let lines = format!("연결되었습니다.\n내 쪽 {}, 상대 쪽 {}\n", own.as_socket().unwrap(), peer.as_socket().unwrap());
                io::stdout().write_all(lines.as_bytes()).unwrap();
                return;
            }
            Err(e) => (1, format!("{address}: {e}")),
        }
    };
    eprintln!("{sentence}");
    std::process::exit(status);
}
