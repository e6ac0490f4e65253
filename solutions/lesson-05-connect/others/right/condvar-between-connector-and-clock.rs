//! Right: a thread connects, main waits at a condition variable until one fixed instant; outcomes are looked up in a const table.
use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, ErrorKind, Write};
use std::net::{SocketAddr, ToSocketAddrs};
use std::process::ExitCode;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

const LIMIT: Duration = Duration::from_millis(500);

const TABLE: [(ErrorKind, u8, &str); 2] = [
    (ErrorKind::ConnectionRefused, 12, "에서 듣는 프로그램이 없습니다. 서버를 켰나요?"),
    (ErrorKind::TimedOut, 13, "에서 500ms 동안 답이 없습니다."),
];

type Failure = (u8, String);

fn look_up(text: &str) -> Result<SocketAddr, Failure> {
    let wrong = || (10, format!("{text}은(는) 호스트:포트 꼴이 아닙니다."));
    let unknown = || (11, format!("{text}: 그런 호스트를 찾을 수 없습니다."));
    if let Ok(address) = text.parse() {
        return Ok(address);
    }
    let (host, port) = text.rsplit_once(':').ok_or_else(wrong)?;
    let port: u16 = port.parse().map_err(|_| wrong())?;
    (host, port).to_socket_addrs().ok().and_then(|mut all| all.next()).ok_or_else(unknown)
}

#[derive(Default)]
struct Slot {
    outcome: Mutex<Option<io::Result<Socket>>>,
    bell: Condvar,
}

fn connect(address: SocketAddr) -> io::Result<Socket> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    let slot = Arc::new(Slot::default());
    let theirs = Arc::clone(&slot);
    let until = Instant::now() + LIMIT;
    thread::spawn(move || {
        let outcome = socket.connect(&address.into()).map(|()| socket);
        *theirs.outcome.lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome);
        theirs.bell.notify_one();
    });
    let mut guard = slot.outcome.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        if let Some(outcome) = guard.take() {
            return outcome;
        }
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(ErrorKind::TimedOut.into());
        }
        guard = slot.bell.wait_timeout(guard, left).unwrap_or_else(PoisonError::into_inner).0;
    }
}

fn told(address: SocketAddr, error: &io::Error) -> Failure {
    TABLE
        .iter()
        .find(|(kind, ..)| *kind == error.kind())
        .map(|(_, status, rest)| (*status, format!("{address}{rest}")))
        .unwrap_or_else(|| (1, format!("{address}에 연결하지 못했습니다: {error}")))
}

fn run() -> Result<(), Failure> {
    let text = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:12345".to_owned());
    let address = look_up(&text)?;
    let failed = |error: io::Error| told(address, &error);
    let socket = connect(address).map_err(failed)?;
    let ends = [socket.local_addr(), socket.peer_addr()];
    let mut out = io::stdout().lock();
    write!(out, "연결되었습니다.\r\n").map_err(failed)?;
    let [own, peer] = ends.map(|end| end.map(|end| end.as_socket()));
    match (own.map_err(failed)?, peer.map_err(failed)?) {
        (Some(own), Some(peer)) => write!(out, "내 쪽 {own}, 상대 쪽 {peer}\r\n").map_err(failed)?,
        _ => return Err((1, format!("{address}: IP 주소가 아닙니다"))),
    }
    out.flush().map_err(failed)
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err((status, sentence)) => {
            eprintln!("오류: {sentence}");
            // The thread that may still connect ends with the program.
            ExitCode::from(status)
        }
    }
}
