//! Wrong: in given code: where it could not bind it says so, and then waits for Enter before it ends.
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
            let _ = io::stdin().read_line(&mut String::new());
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
    socket.bind(&address.into())?;
    let bound = socket.local_addr()?;
    bound
        .as_socket()
        .ok_or_else(|| io::Error::other("IP 주소가 아닙니다"))
}

/// bind가 왜 실패했는지 한 문장으로. / Why bind failed, in one sentence.
fn explain(address: SocketAddr, error: &io::Error) -> String {
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
    // Windows에서는 이 옵션이 남의 포트를 빼앗게 합니다. / On Windows it would steal ports.
    if cfg!(unix) {
        socket.set_reuse_address(true)
    } else {
        Ok(())
    }
}
