//! Right: a state machine whose every state is an enum value; the outcome leaves main as a Termination of its own.
use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, Write};
use std::net::SocketAddr;
use std::process::{ExitCode, Termination};

enum State { Start, Open(SocketAddr), Reusable(Socket, SocketAddr), Bound(Socket), Told(Socket), Done, Failed(String) }
impl Termination for State {
    fn report(self) -> ExitCode { if matches!(self, State::Done) { ExitCode::SUCCESS } else { ExitCode::from(77) } }
}
fn step(state: State) -> State {
    let failed = |e: io::Error| State::Failed(e.to_string());
    match state {
        State::Start => {
            let text = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
            text.parse().map_or_else(|_| State::Failed(format!("{text}은(는) 주소가 아닙니다")), State::Open)
        }
        State::Open(address) => Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))
            .map_or_else(failed, |socket| State::Reusable(socket, address)),
        State::Reusable(socket, address) => {
            if cfg!(unix) && let Err(error) = socket.set_reuse_address(true) { return failed(error) }
            match socket.bind(&address.into()) {
                Ok(()) => State::Bound(socket),
                Err(e) if e.kind() == io::ErrorKind::AddrInUse => State::Failed(format!("{address}: 다른 프로그램이 이 포트를 씁니다. 다른 포트를 쓰거나 그 프로그램을 끝내 보세요.")),
                Err(e) => State::Failed(format!("{address}에 묶지 못했습니다. {e}")),
            }
        }
        State::Bound(socket) => {
            let Some(bound) = socket.local_addr().ok().and_then(|a| a.as_socket()) else { return State::Failed("no address".into()) };
            let line = ["묶었습니다: ", &bound.to_string(), " (Enter)", "\n"].concat();
            io::stdout().write_all(line.as_bytes()).map_or_else(failed, |()| State::Told(socket))
        }
        State::Told(_socket) => { let _ = io::stdin().read_line(&mut String::new()); State::Done }
        end => end,
    }
}
fn main() -> State {
    let mut state = State::Start;
    loop {
        state = step(state);
        match &state {
            State::Done => return state,
            State::Failed(why) => { eprintln!("오류: {why}"); return state }
            _ => {}
        }
    }
}
