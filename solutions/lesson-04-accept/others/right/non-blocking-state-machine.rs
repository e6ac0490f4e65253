//! Right: listener and client never wait; a state machine looks at them every 2 ms.
use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, ErrorKind, Read};
use std::net::SocketAddr;
use std::time::Duration;

const GREETING: &[u8] = "반갑습니다".as_bytes();
enum State { Idle, Greeting(Socket, SocketAddr, usize), Listening(Socket, SocketAddr) }

fn step(listener: &Socket, state: State) -> io::Result<State> {
    let rest = |state| { std::thread::sleep(Duration::from_millis(2)); Ok(state) };
    let lost = |peer: SocketAddr, error: io::Error| { eprintln!("{peer} left with an error: {error}"); Ok(State::Idle) };
    match state {
        State::Idle => match listener.accept() {
            Ok((client, peer)) => {
                let peer = peer.as_socket().ok_or_else(|| io::Error::other("no IP address"))?;
                client.set_nonblocking(true)?;
                println!("손님이 왔습니다: {peer}");
                Ok(State::Greeting(client, peer, 0))
            }
            Err(e) if e.kind() == ErrorKind::WouldBlock => rest(State::Idle),
            Err(e) => Err(e),
        },
        State::Greeting(client, peer, sent) if sent == GREETING.len() => Ok(State::Listening(client, peer)),
        State::Greeting(client, peer, sent) => match client.send(&GREETING[sent..]) {
            Ok(count) => Ok(State::Greeting(client, peer, sent + count)),
            Err(e) if e.kind() == ErrorKind::WouldBlock => rest(State::Greeting(client, peer, sent)),
            Err(e) => lost(peer, e),
        },
        State::Listening(mut client, peer) => match client.read(&mut [0; 77]) {
            Ok(0) => Ok(State::Idle),
            Ok(_) => Ok(State::Listening(client, peer)),
            Err(e) if e.kind() == ErrorKind::WouldBlock => rest(State::Listening(client, peer)),
            Err(e) => lost(peer, e),
        },
    }
}
fn run() -> io::Result<()> {
    let text = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    let address: SocketAddr = text.parse().map_err(|_| io::Error::other(format!("{text} is no address")))?;
    let listener = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    if cfg!(unix) { listener.set_reuse_address(true)?; }
    listener.bind(&address.into())?;
    listener.listen(128)?;
    listener.set_nonblocking(true)?;
    println!("서버가 시작되었습니다: {}", listener.local_addr()?.as_socket().unwrap_or(address));
    let mut state = State::Idle;
    loop { state = step(&listener, state)?; }
}
fn main() { if let Err(e) = run() { eprintln!("{e}"); std::process::exit(2) } }
