//! Right: the states bound, listening and closed are three types, and each call turns one into the next; main returns Box<dyn Error>.
use socket2::{Domain, Protocol, Socket, Type};
use std::error::Error;
use std::io;
use std::net::SocketAddr;

struct Bound(Socket);
struct Listening(Socket);
struct Closed;

impl Bound {
    fn new(address: SocketAddr) -> io::Result<Self> {
        let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
        #[cfg(unix)]
        socket.set_reuse_address(true)?;
        socket.bind(&address.into())?;
        Ok(Self(socket))
    }
    fn address(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()?.as_socket().ok_or(io::ErrorKind::Unsupported.into())
    }
    fn listen(self, queue: i32) -> io::Result<Listening> {
        self.0.listen(queue).map(|()| Listening(self.0))
    }
}
impl From<Listening> for Closed {
    fn from(Listening(socket): Listening) -> Self {
        drop(socket);
        Closed
    }
}

fn after_enter<T>(value: T) -> io::Result<T> {
    io::stdin().read_line(&mut String::new()).map(|_| value)
}

fn main() -> Result<(), Box<dyn Error>> {
    let given: Vec<String> = std::env::args().collect();
    let address = given.get(1).map_or("127.0.0.1:12345", String::as_str).parse()?;
    let queue = match given.get(2) {
        None => 128,
        Some(text) => text.parse().map_err(|why| format!("대기열의 길이가 숫자가 아닙니다: {text} ({why})"))?,
    };
    let bound = Bound::new(address)?;
    println!("묶었습니다: {} (Enter)", bound.address()?);
    let listening = after_enter(bound)?.listen(queue)?;
    println!("듣고 있습니다. (Enter)");
    let Closed = after_enter(listening)?.into();
    println!("닫았습니다. (Enter)");
    after_enter(())?;
    Ok(())
}
