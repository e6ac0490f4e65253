//! Right: an error type of its own with Display and source(), the Enter read by another thread that rings a Condvar.

use socket2::{Domain, Protocol, SockAddr, Socket, Type};
use std::error::Error;
use std::fmt;
use std::io::{self, Read, Write};
use std::net::{AddrParseError, SocketAddr};
use std::process::ExitCode;
use std::sync::{Arc, Condvar, Mutex};

#[derive(Debug)]
enum Trouble {
    NoAddress(String, AddrParseError),
    Taken(SocketAddr, io::Error),
    NotHere(SocketAddr, io::Error),
    System(io::Error),
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Trouble::NoAddress(text, _) => write!(f, "{text:?}: 주소가 아닙니다"),
            Trouble::Taken(address, _) => {
                write!(f, "{address}은(는) 쓰이고 있는 포트입니다. 쓰는 프로그램을 끝내거나 다른 포트를 쓰세요.")
            }
            Trouble::NotHere(address, why) => write!(f, "{address}에는 묶을 수 없습니다 ({why})"),
            Trouble::System(why) => why.fmt(f),
        }
    }
}

impl Error for Trouble {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(match self {
            Trouble::NoAddress(_, why) => why,
            Trouble::Taken(_, why) | Trouble::NotHere(_, why) | Trouble::System(why) => why,
        })
    }
}

struct Place(Socket);

impl TryFrom<SocketAddr> for Place {
    type Error = Trouble;

    fn try_from(address: SocketAddr) -> Result<Self, Trouble> {
        let wanted = SockAddr::from(address);
        let socket = Socket::new(wanted.domain(), Type::STREAM, Some(Protocol::TCP)).map_err(Trouble::System)?;
        debug_assert!([Domain::IPV4, Domain::IPV6].contains(&wanted.domain()));
        #[cfg(unix)]
        socket.set_reuse_address(true).map_err(Trouble::System)?;
        match socket.bind(&wanted) {
            Ok(()) => Ok(Place(socket)),
            Err(why) if why.kind() == io::ErrorKind::AddrInUse => Err(Trouble::Taken(address, why)),
            Err(why) => Err(Trouble::NotHere(address, why)),
        }
    }
}

fn run() -> Result<(), Trouble> {
    let text = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:12345".to_owned());
    let address: SocketAddr = text.parse().map_err(|why| Trouble::NoAddress(text.clone(), why))?;
    let place = Place::try_from(address)?;
    let got = place.0.local_addr().map_err(Trouble::System)?;
    let got = got.as_socket().ok_or_else(|| Trouble::System(io::Error::other("no IP address")))?;
    let line = format!("묶었습니다: {got} (Enter)\n");
    let mut out = io::stdout();
    out.write_all(line.as_bytes()).and_then(|()| out.flush()).map_err(Trouble::System)?;

    let bell = Arc::new((Mutex::new(false), Condvar::new()));
    let ringer = Arc::clone(&bell);
    std::thread::spawn(move || {
        for byte in io::stdin().bytes() {
            if matches!(byte, Ok(b'\n') | Err(_)) {
                break;
            }
        }
        *ringer.0.lock().expect("nobody panics here") = true;
        ringer.1.notify_all();
    });
    let guard = bell.0.lock().expect("nobody panics here");
    drop(bell.1.wait_while(guard, |rung| !*rung).expect("nobody panics here"));
    drop(place);
    Ok(())
}

fn main() -> ExitCode {
    let Err(trouble) = run() else { return ExitCode::SUCCESS };
    eprintln!("오류: {trouble}");
    ExitCode::FAILURE
}
