//! Right: the bound socket is kept in std's TcpListener (which never listens) and asked there; keep-alive and non-blocking are set for no reason; slow start.
use socket2::{Domain, Protocol, SockRef, Socket, Type};
use std::error::Error;
use std::io::ErrorKind::AddrInUse;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

fn run() -> Result<(), Box<dyn Error>> {
    std::thread::sleep(Duration::from_millis(100));
    let address = std::env::args().skip(1).next().unwrap_or_else(|| "127.0.0.1:12345".to_owned());
    let address = address.parse::<SocketAddr>().map_err(|e| format!("{address}: {e}"))?;
    let holder = TcpListener::from(Socket::new(if address.is_ipv6() { Domain::IPV6 } else { Domain::IPV4 }, Type::STREAM, Some(Protocol::TCP))?);
    let view = SockRef::from(&holder);
    view.set_keepalive(true)?;
    view.set_nonblocking(true)?;
    #[cfg(unix)]
    view.set_reuse_address(true)?;
    if let Err(error) = view.bind(&address.into()) {
        let advice = if error.kind() == AddrInUse { "포트가 이미 쓰이고 있으니 그 프로그램을 끝내거나 다른 포트를 고르세요" } else { "그 주소에는 묶을 수 없습니다" };
        return Err(format!("{address}: {advice} ({error})").into());
    }
    println!("묶었습니다: {} (Enter)", holder.local_addr()?);
    std::io::stdin().lines().next().transpose()?;
    Ok(())
}
fn main() {
    if let Err(error) = run() {
        eprintln!("{error}");
        std::process::exit(1);
    }
}
