//! Wrong: step 2 sets SO_LINGER to 0 seconds once it is connected, so the connection ends with RST.
//! Steps written: 1-3

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
    // 1단계: "호스트:포트"를 주소로 바꾸세요. 형식이 틀리면 BAD_ADDRESS,
    // 호스트를 찾을 수 없으면 UNKNOWN_HOST이고, 문장에는 받은 문자열을 넣습니다.
    // Step 1: Turn "host:port" into an address. BAD_ADDRESS if it is malformed,
    // UNKNOWN_HOST if the host is not found; quote the text in the sentence.
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
    // 2단계: address에 연결하세요. TIME_LIMIT보다 오래 기다리지 않습니다.
    // Step 2: Connect to address, and wait no longer than TIME_LIMIT.
    socket.connect_timeout(&address.into(), TIME_LIMIT)?;
    // We have nothing to send: closing need not wait for anything.
    socket.set_linger(Some(Duration::ZERO))
}

fn explain(address: SocketAddr, error: &io::Error) -> Failure {
    // 3단계: 왜 연결하지 못했는지 종료 코드와 한 문장으로 알려 주세요. 문장에 address를 넣습니다.
    // 거부되면 REFUSED, 시간이 다 되면 TIMED_OUT, 나머지는 SOMETHING_ELSE입니다.
    // Step 3: Say why there is no connection: an exit status, and a sentence with address in it.
    // REFUSED if refused, TIMED_OUT if the time is up, else SOMETHING_ELSE.
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
    // 4단계: 연결의 두 종단점을 (내 쪽, 상대 쪽)으로 돌려주세요.
    // Step 4: Return the connection's two endpoints: (own, peer's).
    // todo! 안의 이름들은 컴파일러의 경고를 막을 뿐입니다. todo!를 모두 지우고 작성하세요.
    // The names in todo! only keep the compiler quiet: replace the whole of it with your code.
    todo!("step 4: {socket:?}")
}
