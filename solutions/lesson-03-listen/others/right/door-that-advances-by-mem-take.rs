//! Right: an enum that advances by mem::replace; the arguments through FromStr; stdout in CR LF, one write per line.
use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, BufRead, Write};
use std::mem;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::str::FromStr;

struct Backlog(i32);

impl FromStr for Backlog {
    type Err = io::Error;

    fn from_str(text: &str) -> io::Result<Self> {
        match i32::from_str(text) {
            Ok(length) => Ok(Self(length)),
            Err(why) => Err(io::Error::other(format!("대기열의 길이 “{text}”: 숫자가 아닙니다 ({why})"))),
        }
    }
}

struct Place(SocketAddr);

impl FromStr for Place {
    type Err = io::Error;

    fn from_str(text: &str) -> io::Result<Self> {
        text.parse().map(Self).map_err(|_| io::Error::other(format!("{text}은(는) 주소가 아닙니다")))
    }
}

enum Door {
    Walled(Socket),
    Open(Socket),
    Gone,
}

impl Door {
    fn build(place: &Place) -> io::Result<Self> {
        let socket = Socket::new(Domain::for_address(place.0), Type::STREAM, Some(Protocol::TCP))?;
        #[cfg(unix)]
        socket.set_reuse_address(true)?;
        socket.bind(&place.0.into())?;
        Ok(Self::Walled(socket))
    }

    /// Goes one stage on; false when there is none left.
    fn advance(&mut self, backlog: &Backlog) -> io::Result<bool> {
        *self = match mem::replace(self, Self::Gone) {
            Self::Walled(socket) => {
                socket.listen(backlog.0)?;
                Self::Open(socket)
            }
            Self::Open(socket) => {
                mem::drop(socket);
                Self::Gone
            }
            Self::Gone => return Ok(false),
        };
        Ok(true)
    }

    fn sentence(&self) -> io::Result<String> {
        Ok(match self {
            Self::Walled(socket) => {
                let name = socket.local_addr()?.as_socket();
                let name = name.ok_or_else(|| io::Error::other("IP 주소가 아닙니다"))?;
                format!("묶었습니다: {name} (Enter)\r\n")
            }
            Self::Open(_) => "듣고 있습니다. (Enter)\r\n".to_owned(),
            Self::Gone => "닫았습니다. (Enter)\r\n".to_owned(),
        })
    }
}

fn run() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let place: Place = arguments.get(1).map_or("127.0.0.1:12345", String::as_str).parse()?;
    let backlog: Backlog = arguments.get(2).map_or("128", String::as_str).parse()?;
    let mut door = Door::build(&place)?;
    let mut lines = io::stdin().lock();
    loop {
        let mut out = io::stdout();
        out.write_all(door.sentence()?.as_bytes())?;
        out.flush()?;
        let mut line = Vec::new();
        lines.read_until(b'\n', &mut line)?;
        if !door.advance(&backlog)? {
            return Ok(());
        }
    }
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("오류: {error}");
            ExitCode::from(1)
        }
    }
}
