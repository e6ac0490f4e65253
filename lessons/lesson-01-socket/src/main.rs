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
    udp.connect(&address.into())?;
    println!("   connect 후: {}", describe(endpoints(&udp)));
    Ok(())
}

fn tcp_socket() -> io::Result<Socket> {
    // 1단계: IPv4 위의 TCP 소켓을 만들어 돌려주세요.
    // Step 1: Make a TCP socket over IPv4 and return it.
    // todo! 안의 이름들은 컴파일러의 경고를 막을 뿐입니다. todo!를 모두 지우고 작성하세요.
    // The names in todo! only keep the compiler quiet: replace the whole of it with your code.
    todo!(
        "step 1: {:?} / {:?}, {:?} / {:?}, {:?} / {:?}",
        Domain::IPV4,
        Domain::IPV6,
        Type::STREAM,
        Type::DGRAM,
        Protocol::TCP,
        Protocol::UDP
    )
}

fn udp_socket() -> io::Result<Socket> {
    // 2단계: IPv4 위의 UDP 소켓을 만들어 돌려주세요.
    // Step 2: Make a UDP socket over IPv4 and return it.
    todo!("step 2")
}

fn type_name(socket: &Socket) -> io::Result<&'static str> {
    // 3단계: 운영체제에 소켓의 종류를 물어, STREAM이면 "SOCK_STREAM", DGRAM이면 "SOCK_DGRAM"을 돌려주세요.
    // Step 3: Ask the system for the socket's type: return "SOCK_STREAM" for STREAM, "SOCK_DGRAM" for DGRAM.
    // todo! 안의 이름들은 컴파일러의 경고를 막을 뿐입니다. todo!를 모두 지우고 작성하세요.
    // The names in todo! only keep the compiler quiet: replace the whole of it with your code.
    todo!("step 3: {socket:?}")
}

/// 소켓의 내 쪽 종단점과 상대 쪽 종단점. / A socket's own endpoint, and its peer's.
fn endpoints(socket: &Socket) -> (Option<SocketAddr>, Option<SocketAddr>) {
    // 4단계: 내 쪽 종단점과 상대 쪽 종단점을 (내 쪽, 상대 쪽)으로 돌려주세요.
    // 아직 없으면 None입니다. 포트 0은 아직 없다는 뜻입니다.
    // Step 4: Return the socket's own endpoint and its peer's, in this order.
    // None where there is none yet; port 0 means none yet.
    // todo! 안의 이름들은 컴파일러의 경고를 막을 뿐입니다. todo!를 모두 지우고 작성하세요.
    // The names in todo! only keep the compiler quiet: replace the whole of it with your code.
    todo!("step 4: {socket:?}")
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
