//! Right: one thread makes the socket, a second sets the option, a third binds it; the socket travels over channels, and main returns an own error type that prints itself.
use socket2::{Domain, Protocol, Socket, Type};
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::mpsc::channel;
use std::thread;

enum Trouble {
    NoAddress(String),
    Taken(SocketAddr),
    NotBound(SocketAddr, io::Error),
    Other(io::Error),
}
impl fmt::Debug for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAddress(text) => write!(f, "{text}은(는) 주소로 읽을 수 없습니다"),
            Self::Taken(address) => write!(f, "{address} 포트는 이미 쓰이고 있으니 다른 포트를 골라 보세요"),
            Self::NotBound(address, error) => write!(f, "{address}에 묶지 못했습니다 ({error})"),
            Self::Other(error) => write!(f, "{error}"),
        }
    }
}
impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::Other(error)
    }
}

fn main() -> Result<(), Trouble> {
    let text = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".to_string());
    let address: SocketAddr = text.parse().map_err(|_| Trouble::NoAddress(text))?;
    let (to_option, from_maker) = channel::<io::Result<Socket>>();
    let (to_binder, from_option) = channel::<io::Result<Socket>>();
    let (to_main, from_binder) = channel::<Result<Socket, Trouble>>();
    thread::spawn(move || {
        let _ = to_option.send(Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP)));
    });
    thread::spawn(move || {
        let made = from_maker.recv().unwrap_or_else(|_| Err(io::Error::other("no maker")));
        let _ = to_binder.send(made.and_then(|socket| {
            if cfg!(unix) {
                socket.set_reuse_address(true)?;
            }
            Ok(socket)
        }));
    });
    thread::spawn(move || {
        let ready = from_option.recv().unwrap_or_else(|_| Err(io::Error::other("no option")));
        let _ = to_main.send(ready.map_err(Trouble::from).and_then(|socket| match socket.bind(&address.into()) {
            Ok(()) => Ok(socket),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => Err(Trouble::Taken(address)),
            Err(error) => Err(Trouble::NotBound(address, error)),
        }));
    });
    let socket = from_binder.recv().map_err(|_| Trouble::Other(io::Error::other("no binder")))??;
    let bound = socket.local_addr()?.as_socket().unwrap_or(address);
    println!("묶었습니다: {bound} (Enter)");
    io::stdin().read_line(&mut String::with_capacity(1 << 20))?;
    Ok(())
}
