//! Right: its sentences tell host and port apart, and it ends with an exit status of its own.
use socket2::{Domain, Socket, Type};
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::process::ExitCode;

fn bound(address: SocketAddr) -> io::Result<(Socket, Option<SocketAddr>)> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, None)?;
    #[cfg(unix)]
    socket.set_reuse_address(true)?;
    socket.bind(&address.into())?;
    let own = socket.local_addr()?.as_socket();
    Ok((socket, own))
}
fn main() -> ExitCode {
    let argument = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    let Ok(address) = argument.parse::<SocketAddr>() else {
        eprintln!("{argument}: no address");
        return ExitCode::from(3);
    };
    let (host, port) = (address.ip(), address.port());
    match bound(address) {
        Ok((_socket, Some(own))) => {
            println!("묶었습니다: {own} (Enter)");
            let _ = io::stdin().read_line(&mut String::new());
            return ExitCode::SUCCESS;
        }
        Ok(_) => eprintln!("{host}: no IP address"),
        Err(e) if e.kind() == ErrorKind::AddrInUse => {
            eprintln!("{host} 주소의 {port}번 포트는 이미 쓰이고 있습니다. 다른 포트를 쓰세요.");
        }
        Err(e) => eprintln!("port {port} at {host}: {e}"),
    }
    ExitCode::from(2)
}
