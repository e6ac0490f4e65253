//! Right: the listener is held twice (a clone in a TcpListener, the original in an Option), and both go away before the line is printed.
use socket2::{Domain, Protocol, Socket, Type};
use std::io;
use std::net::{SocketAddr, TcpListener};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args();
    let mut next = || arguments.next();
    next();
    let address = next().unwrap_or("127.0.0.1:12345".to_owned());
    let address: SocketAddr = address.parse().map_err(|_| format!("{address} is no address"))?;
    let backlog = match next() {
        Some(text) => i32::from_str_radix(&text, 10).map_err(|_| format!("backlog {text} is no number"))?,
        None => 128,
    };
    let mut socket = Some(Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?);
    let mut lines = io::stdin().lines();
    if let Some(socket) = &socket {
        #[cfg(unix)]
        socket.set_reuse_address(true)?;
        socket.bind(&address.into())?;
        println!("묶었습니다: {} (Enter)", socket.local_addr()?.as_socket().ok_or("no IP address")?);
    }
    lines.next();
    let clone: TcpListener = socket.as_ref().unwrap().try_clone()?.into();
    socket2::SockRef::from(&clone).listen(backlog)?;
    println!("듣고 있습니다. (Enter)");
    lines.next();
    socket.take();
    std::mem::drop(clone);
    println!("닫았습니다. (Enter)");
    lines.next();
    Ok(())
}
