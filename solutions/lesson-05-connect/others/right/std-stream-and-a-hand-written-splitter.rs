//! Right: splits "host:port" by hand, connects by std's TcpStream, and reads the endpoints through a borrowed SockRef.

use socket2::SockRef;
use std::fmt::Display;
use std::io::{self, ErrorKind};
use std::net::{Ipv6Addr, Shutdown, SocketAddr, TcpStream, ToSocketAddrs};
use std::process;
use std::time::Duration;

#[derive(Clone, Copy)]
#[repr(i32)]
enum Status {
    SomethingElse = 1,
    BadAddress = 10,
    UnknownHost = 11,
    Refused = 12,
    TimedOut = 13,
}

fn give_up(status: Status, sentence: impl Display) -> ! {
    eprintln!("오류: {sentence}");
    process::exit(status as i32)
}

fn split(text: &str) -> Option<(&str, u16)> {
    let colon = text.bytes().rposition(|byte| byte == b':')?;
    let (host, port) = (&text[..colon], text[colon + 1..].parse().ok()?);
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    Some((bare.filter(|bare| bare.parse::<Ipv6Addr>().is_ok()).unwrap_or(host), port))
}

fn ends(stream: &TcpStream) -> io::Result<[SocketAddr; 2]> {
    let socket = SockRef::from(stream);
    let mut both = Vec::with_capacity(2);
    for address in [socket.local_addr()?, socket.peer_addr()?] {
        both.push(address.as_socket().ok_or(ErrorKind::AddrNotAvailable)?);
    }
    both.try_into().map_err(|_| ErrorKind::Other.into())
}

fn main() {
    let text = std::env::args().nth(1);
    let text = text.as_deref().unwrap_or("127.0.0.1:12345");
    let Some(place) = split(text) else {
        give_up(Status::BadAddress, format_args!("'{text}'은(는) 호스트:포트가 아닙니다"))
    };
    let Some(address) = place.to_socket_addrs().ok().and_then(|mut found| found.next()) else {
        give_up(Status::UnknownHost, format_args!("'{text}'의 호스트를 모릅니다"))
    };
    let outcome = TcpStream::connect_timeout(&address, Duration::from_micros(500_000)).and_then(|stream| {
        println!("연결되었습니다.");
        let [own, peer] = ends(&stream)?;
        println!("내 쪽 {own}, 상대 쪽 {peer}");
        // The peer may have gone already; it has been told all the same.
        let _ = stream.shutdown(Shutdown::Write);
        Ok(())
    });
    let Err(error) = outcome else { return };
    let status = match error.kind() {
        ErrorKind::ConnectionRefused => Status::Refused,
        ErrorKind::TimedOut | ErrorKind::WouldBlock => Status::TimedOut,
        _ => Status::SomethingElse,
    };
    give_up(status, format_args!("{address}: {error}"))
}
