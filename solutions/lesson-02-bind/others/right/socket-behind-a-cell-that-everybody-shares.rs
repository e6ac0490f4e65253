//! Right: the socket lives in a global OnceLock, never dropped by the program; CR LF on stdout, status 200 on failure, slow start.
use socket2::{Domain, Protocol, SockAddr, Socket, Type};
use std::io::{self, Write};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::OnceLock;
use std::time::Duration;

static SOCKET: OnceLock<Socket> = OnceLock::new();

fn bound_address() -> Option<SocketAddr> {
    SOCKET.get()?.local_addr().as_ref().ok().and_then(SockAddr::as_socket)
}

fn prepare(address: SocketAddr) -> io::Result<()> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    let socket = SOCKET.get_or_init(move || socket);
    #[cfg(unix)]
    socket.set_reuse_address(true)?;
    socket.bind(&address.into())
}

fn main() -> ExitCode {
    std::thread::sleep(Duration::from_millis(400));
    let given = std::env::args().skip(1).next();
    let given = given.as_deref().unwrap_or("127.0.0.1:12345");
    let Ok(address) = given.parse::<SocketAddr>() else {
        eprintln!("\"{given}\": 이것은 주소가 아닙니다");
        return ExitCode::from(200);
    };
    if let Err(error) = prepare(address) {
        let advice = if error.kind() == io::ErrorKind::AddrInUse {
            "누군가 이 포트에서 듣고 있으니, 그쪽을 끄거나 포트 번호를 바꾸세요".to_owned()
        } else {
            format!("묶지 못함: {error}")
        };
        eprintln!("{address}: {advice}");
        return ExitCode::from(200);
    }
    let Some(bound) = bound_address() else {
        eprintln!("{address}: no address afterwards");
        return ExitCode::from(200);
    };
    let _ = io::stdout().write_all(format!("묶었습니다: {bound} (Enter)\r\n").as_bytes());
    let _ = io::stdout().flush();
    let _ = io::stdin().lines().next();
    ExitCode::SUCCESS
}
