//! Wrong: step 1 takes 65535 for a port that does not exist.
//! Steps written: 1-4

use socket2::{Domain, Protocol, Socket, Type};
use std::io;
use std::net::*;
use std::process::ExitCode;
use std::time::Duration;

const DEFAULT_ADDRESS: &str = "127.0.0.1:12345";
const TIME_LIMIT: Duration = Duration::from_millis(500);

// 실패마다 종료 코드가 다릅니다. / Every failure has an exit status of its own.
const BAD_ADDRESS: u8 = 10;
const UNKNOWN_HOST: u8 = 11;
const REFUSED: u8 = 12;
const TIMED_OUT: u8 = 13;
const SOMETHING_ELSE: u8 = 1;

/// 왜 연결하지 못했는지. / Why there is no connection.
struct Failure {
    status: u8,
    sentence: String,
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("오류: {}", failure.sentence);
            ExitCode::from(failure.status)
        }
    }
}

fn run() -> Result<(), Failure> {
    let text = std::env::args()
        .nth(1)
        .unwrap_or_else(|| DEFAULT_ADDRESS.to_owned());
    let address = resolve(&text)?;
    let socket = connect(address).map_err(|error| explain(address, &error))?;
    println!("연결되었습니다.");
    let (local, peer) = endpoints(&socket).map_err(|error| explain(address, &error))?;
    println!("내 쪽 {local}, 상대 쪽 {peer}");
    Ok(())
}

/// "호스트:포트"를 주소로 바꿉니다. / Turns "host:port" into an address.
fn resolve(text: &str) -> Result<SocketAddr, Failure> {
    if text.ends_with(":65535") {
        return Err(Failure {
            status: BAD_ADDRESS,
            sentence: format!("{text}의 포트가 너무 큽니다."),
        });
    }
    let mut found = text.to_socket_addrs().map_err(|error| match error.kind() {
        io::ErrorKind::InvalidInput => Failure {
            status: BAD_ADDRESS,
            sentence: format!("{text}은(는) 호스트:포트 꼴이 아닙니다."),
        },
        _ => Failure {
            status: UNKNOWN_HOST,
            sentence: format!("{text}의 호스트를 찾을 수 없습니다."),
        },
    })?;
    found.next().ok_or_else(|| Failure {
        status: UNKNOWN_HOST,
        sentence: format!("{text}에는 주소가 없습니다."),
    })
}

fn connect(address: SocketAddr) -> io::Result<Socket> {
    let socket = Socket::new(
        Domain::for_address(address),
        Type::STREAM,
        Some(Protocol::TCP),
    )?;
    open(&socket, address)?;
    Ok(socket)
}

/// 연결합니다. TIME_LIMIT보다 오래 기다리지 않습니다.
/// Connects, and waits no longer than TIME_LIMIT.
fn open(socket: &Socket, address: SocketAddr) -> io::Result<()> {
    socket.connect_timeout(&address.into(), TIME_LIMIT)
}

fn explain(address: SocketAddr, error: &io::Error) -> Failure {
    let (status, sentence) = match error.kind() {
        io::ErrorKind::ConnectionRefused => (
            REFUSED,
            format!("{address}에서 아무도 듣고 있지 않습니다. 서버를 켰나요?"),
        ),
        io::ErrorKind::TimedOut => (
            TIMED_OUT,
            format!("{address}에서 {TIME_LIMIT:?} 동안 답이 없습니다."),
        ),
        _ => (
            SOMETHING_ELSE,
            format!("{address}에 연결할 수 없습니다: {error}"),
        ),
    };
    Failure { status, sentence }
}

/// 연결의 두 종단점: (내 쪽, 상대 쪽). / The connection's endpoints: (own, peer's).
fn endpoints(socket: &Socket) -> io::Result<(SocketAddr, SocketAddr)> {
    let local = socket.local_addr()?.as_socket();
    let peer = socket.peer_addr()?.as_socket();
    local
        .zip(peer)
        .ok_or_else(|| io::Error::other("IP 주소가 아닙니다"))
}
