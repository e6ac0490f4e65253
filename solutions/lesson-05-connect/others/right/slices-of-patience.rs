//! Right: a non-blocking socket whose peer_addr and take_error are asked every few milliseconds; slow start, error enum carried in io::Error by downcast.
use socket2::{Domain, Protocol, Socket, Type};
use std::error::Error;
use std::fmt;
use std::io::{self, ErrorKind};
use std::net::{SocketAddr, ToSocketAddrs};
use std::process::ExitCode;
use std::thread::sleep;
use std::time::{Duration, Instant};

#[derive(Debug)]
struct Coded(u8, String);
impl fmt::Display for Coded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.1)
    }
}
impl Error for Coded {}

fn coded(status: u8, text: impl Into<String>) -> Box<dyn Error> {
    Box::new(Coded(status, text.into()))
}

fn wait(socket: &Socket, address: SocketAddr) -> io::Result<()> {
    socket.set_nonblocking(true)?;
    match socket.connect(&address.into()) {
        Ok(()) => return Ok(()),
        Err(error) if error.kind() == ErrorKind::WouldBlock => {}
        Err(error) if cfg!(unix) && error.raw_os_error().is_some_and(|number| number == 115 || number == 36) => {}
        Err(error) => return Err(error),
    }
    let started = Instant::now();
    while started.elapsed() < Duration::from_millis(500) {
        if let Some(error) = socket.take_error()? {
            return Err(error);
        }
        if socket.peer_addr().is_ok() {
            return socket.set_nonblocking(false);
        }
        sleep(Duration::from_millis(3));
    }
    Err(io::Error::new(ErrorKind::TimedOut, "silence"))
}

fn attempt() -> Result<(), Box<dyn Error>> {
    let text = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:12345".into());
    let address = match text.to_socket_addrs() {
        Ok(mut found) => found.next().ok_or_else(|| coded(11, format!("{text} has no address"))),
        Err(e) if e.kind() == ErrorKind::InvalidInput => Err(coded(10, format!("'{text}' lacks the form HOST:PORT"))),
        Err(e) => Err(coded(11, format!("the host in '{text}' is unknown: {e}"))),
    }?;
    let why = |error: io::Error| match error.kind() {
        ErrorKind::ConnectionRefused => coded(12, format!("{address} said no")),
        ErrorKind::TimedOut => coded(13, format!("{address} said nothing")),
        _ => coded(1, format!("{address}: {error}")),
    };
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP)).map_err(why)?;
    wait(&socket, address).map_err(why)?;
    println!("연결되었습니다.");
    let own = socket.local_addr().map_err(why)?.as_socket();
    let peer = socket.peer_addr().map_err(why)?.as_socket();
    let (own, peer) = own.zip(peer).ok_or_else(|| coded(1, format!("{address}: no IP addresses")))?;
    println!("내 쪽 {own}, 상대 쪽 {peer}");
    Ok(())
}

fn main() -> ExitCode {
    sleep(Duration::from_millis(200));
    let Err(error) = attempt() else {
        return ExitCode::SUCCESS;
    };
    eprintln!("{error}");
    ExitCode::from(error.downcast_ref::<Coded>().map_or(1, |coded| coded.0))
}
