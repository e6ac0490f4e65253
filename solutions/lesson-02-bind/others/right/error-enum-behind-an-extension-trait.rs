//! Right: an extension trait on SocketAddr, a typed error made by From, and stdin read in a second thread.
use socket2::{Domain, Protocol, Socket, Type};
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::mpsc;
use std::thread;

enum Trouble {
    NoAddress(String),
    Taken(SocketAddr),
    Unbindable(SocketAddr, io::Error),
    Other(io::Error),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::Other(error)
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAddress(text) => write!(f, "{text}은(는) 주소가 아닙니다"),
            Self::Taken(address) => write!(
                f,
                "{address}은(는) 누가 쓰고 있습니다: 그 프로그램을 끝내거나 포트를 바꾸세요"
            ),
            Self::Unbindable(address, error) => write!(f, "{address}에 묶지 못했습니다 ({error})"),
            Self::Other(error) => write!(f, "{error}"),
        }
    }
}

trait Bindable: Copy {
    fn socket(self) -> io::Result<Socket>;
    fn bound(self) -> Result<(Socket, SocketAddr), Trouble>;
}

impl Bindable for SocketAddr {
    fn socket(self) -> io::Result<Socket> {
        let socket = Socket::new(Domain::for_address(self), Type::STREAM, Some(Protocol::TCP))?;
        #[cfg(unix)]
        socket.set_reuse_address(true)?;
        Ok(socket)
    }

    fn bound(self) -> Result<(Socket, SocketAddr), Trouble> {
        let socket = self.socket()?;
        socket.bind(&self.into()).map_err(|error| match error.kind() {
            io::ErrorKind::AddrInUse => Trouble::Taken(self),
            _ => Trouble::Unbindable(self, error),
        })?;
        let name = socket.local_addr()?;
        match name.as_socket() {
            Some(address) => Ok((socket, address)),
            None => Err(io::Error::other("IP 주소가 아닙니다").into()),
        }
    }
}

fn run() -> Result<(), Trouble> {
    let text = std::env::args().nth(1);
    let text = text.as_deref().unwrap_or("127.0.0.1:12345");
    let address: SocketAddr = text.parse().map_err(|_| Trouble::NoAddress(text.to_owned()))?;
    let (socket, name) = address.bound()?;
    println!("묶었습니다: {name} (Enter)");
    let (sender, entered) = mpsc::channel();
    let reader = thread::spawn(move || {
        let mut line = String::new();
        let _ = sender.send(io::stdin().read_line(&mut line));
    });
    let read = entered.recv().unwrap_or(Ok(0));
    let _ = reader.join();
    drop(socket);
    read?;
    Ok(())
}

fn main() {
    if let Err(trouble) = run() {
        eprintln!("오류: {trouble}");
        std::process::exit(1);
    }
}
