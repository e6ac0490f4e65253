//! Wrong: in given code what connect returns is thrown away: where it fails, the program ends as if it had not
//! Steps written: 1-4
//! At fault: given code
//!
//! 레슨 01 socket: 소켓을 만들고, 그 종류와 종단점을 읽어 봅니다.
//! Lesson 01 socket: make sockets; read back their type and their endpoints.

use socket2::{Domain, Protocol, Socket, Type};
use std::io;
use std::net::SocketAddr;
use std::process::ExitCode;

const DEFAULT_ADDRESS: &str = "127.0.0.1:12345";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("오류: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> io::Result<()> {
    let address = std::env::args()
        .nth(1)
        .unwrap_or_else(|| DEFAULT_ADDRESS.to_owned());
    let address: SocketAddr = address
        .parse()
        .map_err(|_| io::Error::other(format!("{address}은(는) 주소가 아닙니다")))?;

    let tcp = tcp_socket()?;
    println!("1. TCP 소켓을 만들었습니다. (Enter)");
    wait_for_enter()?;

    let udp = udp_socket()?;
    println!("2. UDP 소켓을 만들었습니다. (Enter)");
    wait_for_enter()?;

    println!("3. 종류: {}, {}", type_name(&tcp)?, type_name(&udp)?);

    println!("4. connect 전: {}", describe(endpoints(&udp)));
    udp.connect(&address.into()).ok();
    println!("   connect 후: {}", describe(endpoints(&udp)));
    Ok(())
}

fn tcp_socket() -> io::Result<Socket> {
    Socket::new(Domain::IPV4, Type::STREAM, Some(Protocol::TCP))
}

fn udp_socket() -> io::Result<Socket> {
    Socket::new(Domain::IPV4, Type::DGRAM, Some(Protocol::UDP))
}

fn type_name(socket: &Socket) -> io::Result<&'static str> {
    match socket.r#type()? {
        Type::STREAM => Ok("SOCK_STREAM"),
        Type::DGRAM => Ok("SOCK_DGRAM"),
        other => Err(io::Error::other(format!("모르는 종류: {other:?}"))),
    }
}

/// 소켓의 내 쪽 종단점과 상대 쪽 종단점. / A socket's own endpoint, and its peer's.
fn endpoints(socket: &Socket) -> (Option<SocketAddr>, Option<SocketAddr>) {
    let local = socket
        .local_addr()
        .ok()
        .and_then(|address| address.as_socket());
    let peer = socket
        .peer_addr()
        .ok()
        .and_then(|address| address.as_socket());
    (local.filter(|address| address.port() != 0), peer)
}

fn describe((local, peer): (Option<SocketAddr>, Option<SocketAddr>)) -> String {
    let text = |endpoint: Option<SocketAddr>| {
        endpoint.map_or("없음".to_owned(), |address| address.to_string())
    };
    format!("내 쪽 {}, 상대 쪽 {}", text(local), text(peer))
}

fn wait_for_enter() -> io::Result<()> {
    io::stdin().read_line(&mut String::new())?;
    Ok(())
}
