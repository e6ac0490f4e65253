//! Wrong: text without a port gets port 12345, and is not reported as having the wrong form (in step 1).
//! Steps written: 1
//! At fault: 1

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
    let text = if text.contains(':') {
        text.to_owned()
    } else {
        format!("{text}:12345")
    };
    let failure = |status| Failure {
        status,
        sentence: format!("{text}: 주소를 알 수 없습니다."),
    };
    match text.to_socket_addrs() {
        Ok(mut found) => found.next().ok_or_else(|| failure(UNKNOWN_HOST)),
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => Err(failure(BAD_ADDRESS)),
        Err(_) => Err(failure(UNKNOWN_HOST)),
    }
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
    // 2단계: address에 연결하세요. TIME_LIMIT보다 오래 기다리지 않습니다.
    // Step 2: Connect to address, and wait no longer than TIME_LIMIT.
    todo!("step 2: {socket:?} {address}")
}

fn explain(address: SocketAddr, error: &io::Error) -> Failure {
    // 3단계: 왜 연결하지 못했는지 종료 코드와 한 문장으로 알려 주세요. 문장에 address를 넣습니다.
    // 거절되면 REFUSED, 시간이 다 되면 TIMED_OUT, 나머지는 SOMETHING_ELSE입니다.
    // Step 3: Say why there is no connection: an exit status, and a sentence with address in it.
    // REFUSED if refused, TIMED_OUT if the time is up, else SOMETHING_ELSE.
    todo!("step 3: {address} {error} {REFUSED} {TIMED_OUT} {SOMETHING_ELSE} {TIME_LIMIT:?}")
}

/// 연결의 두 종단점: (내 쪽, 상대 쪽). / The connection's endpoints: (own, peer's).
fn endpoints(socket: &Socket) -> io::Result<(SocketAddr, SocketAddr)> {
    // 4단계: 연결의 두 종단점을 (내 쪽, 상대 쪽)으로 돌려주세요.
    // Step 4: Return the connection's two endpoints: (own, peer's).
    todo!("step 4: {socket:?}")
}
