//! Right: every socket is held by three handles (dup) in a Vec, no protocol is named, and lines end with CR LF.
use socket2::{Domain, Socket, Type};
use std::io::{self, BufRead, Write};
use std::net::SocketAddr;
use std::process::ExitCode;

fn say(line: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(line.as_bytes())?;
    out.write_all(b"\r\n")?;
    out.flush()
}
fn enter() -> io::Result<()> {
    let mut waste = Vec::new();
    io::stdin().lock().read_until(b'\n', &mut waste).map(drop)
}
fn tripled(kind: Type) -> io::Result<Vec<Socket>> {
    let first = Socket::new(Domain::IPV4, kind, None)?;
    let mut all = vec![first.try_clone()?, first.try_clone()?];
    all.push(first);
    Ok(all)
}
fn name(socket: &Socket) -> io::Result<&'static str> {
    let kind = socket.r#type()?;
    [(Type::STREAM, "SOCK_STREAM"), (Type::DGRAM, "SOCK_DGRAM")]
        .into_iter()
        .find(|(known, _)| *known == kind)
        .map(|(_, name)| name)
        .ok_or_else(|| io::Error::other("an odd type"))
}
fn end(address: io::Result<socket2::SockAddr>) -> String {
    match address.ok().and_then(|a| a.as_socket()) {
        Some(a) if a.port() > 0 => a.to_string(),
        _ => "없음".into(),
    }
}
fn both(socket: &Socket) -> String {
    format!("내 쪽 {}, 상대 쪽 {}", end(socket.local_addr()), end(socket.peer_addr()))
}
fn run() -> io::Result<()> {
    let address = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    let address: SocketAddr = address.parse().map_err(|_| io::Error::other(format!("{address} is no address")))?;
    let tcp = tripled(Type::STREAM)?;
    say("1. TCP 소켓을 만들었습니다. (Enter)")?;
    enter()?;
    let udp = tripled(Type::DGRAM)?;
    say("2. UDP 소켓을 만들었습니다. (Enter)")?;
    enter()?;
    say(&format!("3. 종류: {}, {}", name(&tcp[1])?, name(&udp[2])?))?;
    say(&format!("4. connect 전: {}", both(&udp[0])))?;
    udp[1].connect(&address.into())?;
    say(&format!("   connect 후: {}", both(&udp[2])))
}
fn main() -> ExitCode {
    run().map_or_else(|e| { eprintln!("error: {e}"); ExitCode::from(2) }, |()| ExitCode::SUCCESS)
}
