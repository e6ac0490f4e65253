//! Wrong: step 3 sets SO_REUSEPORT, too, so it binds the port of a server that would share it.
//! Steps written: 1-3

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

    let socket = Socket::new(
        Domain::for_address(address),
        Type::STREAM,
        Some(Protocol::TCP),
    )?;
    allow_restart(&socket)?;
    match bind(&socket, address) {
        Ok(bound) => println!("묶었습니다: {bound} (Enter)"),
        Err(error) => return Err(io::Error::other(explain(address, &error))),
    }
    io::stdin().read_line(&mut String::new())?;
    Ok(())
}

/// 소켓을 `address`에 바인드하고, 실제로 받은 주소를 돌려줍니다.
/// Binds the socket to `address`; returns the address that it really got.
fn bind(socket: &Socket, address: SocketAddr) -> io::Result<SocketAddr> {
    // 1단계: 소켓을 address에 바인드하고, 실제로 받은 주소를 돌려주세요.
    // 포트 0을 달라고 하면 빈 포트를 운영체제가 고릅니다.
    // Step 1: Bind the socket to address, and return the address it really got.
    // For port 0 the system chooses a free port.
    socket.bind(&address.into())?;
    let bound = socket.local_addr()?;
    bound
        .as_socket()
        .ok_or_else(|| io::Error::other("IP 주소가 아닙니다"))
}

/// bind가 왜 실패했는지 한 문장으로. / Why bind failed, in one sentence.
fn explain(address: SocketAddr, error: &io::Error) -> String {
    // 2단계: bind가 왜 실패했는지 한 문장으로 돌려주세요. 문장에 address를 넣습니다.
    // 포트가 쓰이고 있을 때(ErrorKind::AddrInUse)는 따로 문장을 만들어, 무엇을 하면 되는지도
    // 알려 줍니다.
    // Step 2: Return one sentence that says why bind failed, with address in it.
    // A port in use (ErrorKind::AddrInUse) has a sentence of its own, which also says
    // what to do.
    match error.kind() {
        io::ErrorKind::AddrInUse => {
            format!(
                "{address}은(는) 다른 프로그램이 쓰고 있습니다. 그 프로그램을 끝내거나 다른 포트를 고르세요."
            )
        }
        _ => format!("{address}에 묶을 수 없습니다: {error}"),
    }
}

/// 끝난 서버의 연결이 TIME_WAIT에 남아 있어도 같은 포트에서 다시 시작할 수 있게 합니다.
/// Lets a server start again on its port while an old connection is in TIME_WAIT.
fn allow_restart(socket: &Socket) -> io::Result<()> {
    // 3단계: 서버가 끝난 직후에도 같은 포트에서 다시 시작할 수 있게 해 주세요(SO_REUSEADDR).
    // Windows에서는 뜻이 다른 옵션이므로 Unix에서만 켭니다.
    // Step 3: Let the server start again on its port right after it ended (SO_REUSEADDR).
    // On Windows the option means something else: set it on Unix only.
    if cfg!(unix) {
        socket.set_reuse_address(true)?;
        socket.set_reuse_port(true)?;
    }
    Ok(())
}
