//! Right: keeps nothing but OwnedFds, and looks at each through a borrowed SockRef only when it has a question; no protocol is named, the system's default is taken.
use socket2::{Domain, SockRef, Socket, Type};
use std::error::Error;
use std::io::{self, BufRead};
use std::net::SocketAddr;
use std::os::fd::OwnedFd;

fn make(kind: Type) -> io::Result<OwnedFd> {
    Socket::new(Domain::IPV4, kind, None).map(OwnedFd::from)
}

fn kind(fd: &OwnedFd) -> io::Result<&'static str> {
    let kind = SockRef::from(fd).r#type()?;
    [(Type::STREAM, "SOCK_STREAM"), (Type::DGRAM, "SOCK_DGRAM")]
        .into_iter()
        .find_map(|(known, name)| (known == kind).then_some(name))
        .ok_or_else(|| io::Error::other("neither stream nor datagram"))
}

fn ends(fd: &OwnedFd) -> String {
    let view = SockRef::from(fd);
    let show = |address: io::Result<socket2::SockAddr>| match address.map(|a| a.as_socket()) {
        Ok(Some(address)) if address.port() > 0 => address.to_string(),
        _ => String::from("없음"),
    };
    format!("내 쪽 {}, 상대 쪽 {}", show(view.local_addr()), show(view.peer_addr()))
}

fn main() -> Result<(), Box<dyn Error>> {
    let address: SocketAddr = std::env::args()
        .nth(1)
        .as_deref()
        .unwrap_or("127.0.0.1:12345")
        .parse()?;
    let mut enters = io::stdin().lock().lines();
    let stream = make(Type::STREAM)?;
    println!("1. TCP 소켓을 만들었습니다. (Enter)");
    enters.next().transpose()?;
    let datagram = make(Type::DGRAM)?;
    println!("2. UDP 소켓을 만들었습니다. (Enter)");
    enters.next().transpose()?;
    println!("3. 종류: {}, {}", kind(&stream)?, kind(&datagram)?);
    println!("4. connect 전: {}", ends(&datagram));
    SockRef::from(&datagram).connect(&address.into())?;
    println!("   connect 후: {}", ends(&datagram));
    Ok(())
}
