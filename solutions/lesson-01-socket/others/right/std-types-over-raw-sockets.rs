//! Right: the sockets live in std's TcpStream and UdpSocket though neither is bound or connected; a slow start, and SockRef asks for the type.
use socket2::{Domain, Protocol, SockRef, Socket, Type};
use std::net::{SocketAddr, TcpStream, UdpSocket};
use std::{io, thread, time::Duration};

fn type_name(of: SockRef<'_>) -> String {
    let kind = of.r#type().expect("getsockopt");
    if kind == Type::STREAM { "SOCK_STREAM".to_string() } else if kind == Type::DGRAM { "SOCK_DGRAM".to_string() } else { format!("{kind:?}") }
}
fn endpoints(udp: &UdpSocket) -> String {
    let show = |a: Option<SocketAddr>| a.map(|a| format!("{a}")).unwrap_or_else(|| String::from("없음"));
    let own = udp.local_addr().ok().filter(|a| a.port() != 0);
    format!("내 쪽 {}, 상대 쪽 {}", show(own), show(udp.peer_addr().ok()))
}
fn main() -> io::Result<()> {
    thread::sleep(Duration::from_millis(100));
    let text = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:12345".into());
    let Ok(address) = text.parse::<SocketAddr>() else {
        eprintln!("{text:?} is not an address");
        std::process::exit(64);
    };
    let tcp: TcpStream = Socket::new(Domain::IPV4, Type::STREAM, Some(Protocol::TCP))?.into();
    println!("1. TCP 소켓을 만들었습니다. (Enter)");
    let mut lines = io::stdin().lines();
    lines.next();
    let udp: UdpSocket = Socket::new(Domain::IPV4, Type::DGRAM, Some(Protocol::UDP))?.into();
    println!("2. UDP 소켓을 만들었습니다. (Enter)");
    lines.next();
    println!("3. 종류: {}, {}", type_name(SockRef::from(&tcp)), type_name(SockRef::from(&udp)));
    println!("4. connect 전: {}", endpoints(&udp));
    drop(tcp);
    udp.connect(address)?;
    println!("   connect 후: {}", endpoints(&udp));
    Ok(())
}
