//! Right: the listener has a receive time-out, so accept comes back now and then and is called again; guests pass through combinators.

use socket2::{Domain, Protocol, SockAddr, Socket, Type};
use std::convert::Infallible;
use std::io::{self, ErrorKind, Read, Write};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

const GREETING: &[u8] = "반갑습니다".as_bytes();
const TICK: Duration = Duration::from_millis(700);

struct Door(Socket);

impl Door {
    fn open(at: SocketAddr) -> io::Result<Door> {
        let socket = Socket::new(Domain::for_address(at), Type::STREAM, Some(Protocol::TCP))?;
        if cfg!(unix) {
            socket.set_reuse_address(true)?;
        }
        socket.bind(&SockAddr::from(at))?;
        socket.listen(128)?;
        socket.set_read_timeout(Some(TICK))?;
        Ok(Door(socket))
    }

    fn next_guest(&self) -> io::Result<(Socket, SocketAddr)> {
        loop {
            match self.0.accept() {
                Ok((guest, from)) => {
                    // 리눅스는 시간 제한도 물려줍니다. / Linux hands the time-out down.
                    guest.set_read_timeout(None)?;
                    return match from.as_socket() {
                        Some(from) => Ok((guest, from)),
                        None => Err(io::Error::other("IP 주소가 아닙니다")),
                    };
                }
                Err(error) => match error.kind() {
                    ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted => {}
                    _ => return Err(error),
                },
            }
        }
    }
}

fn keep_company(mut guest: Socket) -> io::Result<()> {
    guest.write_all(GREETING)?;
    let mut heard = [0; 3];
    while guest.read(&mut heard)? != 0 {}
    Ok(())
}

fn for_ever(at: SocketAddr) -> io::Result<Infallible> {
    let door = Door::open(at)?;
    let bound = door.0.local_addr()?.as_socket().unwrap_or(at);
    println!("서버가 시작되었습니다: {bound}");
    loop {
        let (guest, from) = door.next_guest()?;
        println!("손님이 왔습니다: {from}");
        keep_company(guest).unwrap_or_else(|error| eprintln!("{from}: {error}"));
    }
}

fn main() -> ExitCode {
    let text = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".to_owned());
    let outcome = match text.parse() {
        Ok(at) => for_ever(at),
        Err(_) => Err(io::Error::other(format!("{text}은(는) 주소가 아닙니다"))),
    };
    match outcome {
        Ok(never) => match never {},
        Err(error) => {
            eprintln!("오류: {error}");
            ExitCode::FAILURE
        }
    }
}
