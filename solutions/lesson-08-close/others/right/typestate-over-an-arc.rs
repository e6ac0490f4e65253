//! Right: a conversation as a typestate (Hearing, Replying, Parting) over an Arc<TcpStream>; the reply goes out in pieces of five bytes.

use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, BufReader, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::process::{ExitCode, exit};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

const LIMIT: usize = 1024;

struct Hearing(Arc<TcpStream>);
struct Replying(Arc<TcpStream>, String);
struct Parting(Arc<TcpStream>);

impl Hearing {
    fn hear(self) -> io::Result<Replying> {
        let mut length = 0;
        for byte in BufReader::with_capacity(200, &*self.0).bytes().take(LIMIT + 1) {
            byte?;
            length += 1;
        }
        let reply = if length > LIMIT { "너무 깁니다\n".to_owned() } else { format!("{length}바이트를 받았습니다\n") };
        Ok(Replying(self.0, reply))
    }
}

impl Replying {
    fn reply(self) -> io::Result<Parting> {
        let mut to = &*self.0;
        for piece in self.1.as_bytes().chunks(5) {
            to.write_all(piece)?;
        }
        to.shutdown(Shutdown::Write)?;
        println!("할 말을 다 했습니다.");
        Ok(Parting(self.0))
    }
}

impl Parting {
    fn part(self) -> io::Result<()> {
        let mut from = &*self.0;
        let mut skipped = vec![0; 3000];
        loop {
            match from.read(&mut skipped) {
                Ok(0) => return Ok(()),
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

fn converse(guest: TcpStream) -> io::Result<()> {
    guest.set_read_timeout(Some(Duration::from_secs(10)))?;
    let _spare = guest.try_clone()?;
    let guest = Arc::new(guest);
    Hearing(Arc::clone(&guest)).hear()?.reply()?.part()
}

fn listener(place: &str) -> io::Result<TcpListener> {
    let address: SocketAddr = place.parse().map_err(|_| io::Error::other(format!("{place}은(는) 주소가 아닙니다")))?;
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    #[cfg(unix)]
    socket.set_reuse_address(true)?;
    socket.bind(&address.into())?;
    socket.listen(128)?;
    Ok(socket.into())
}

fn run(place: &str) -> io::Result<()> {
    let listener = listener(place)?;
    println!("서버가 시작되었습니다: {} (Enter로 끝냅니다)", listener.local_addr()?);
    thread::spawn(|| {
        // Any line, even one without its newline, ends the program; the mere end of the input does not.
        match io::stdin().lines().next() {
            Some(Ok(_)) => exit(0),
            _ => thread::park(),
        }
    });
    for guest in listener.incoming() {
        let ended = match converse(guest?) {
            Ok(()) => "손님이 닫았습니다 (FIN)".to_owned(),
            Err(error) if error.kind() == ErrorKind::ConnectionReset => "손님이 끊었습니다 (RST)".to_owned(),
            Err(error) => format!("오류: {error}"),
        };
        println!("{ended}");
    }
    Ok(())
}

fn main() -> ExitCode {
    let place = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:12345".to_owned());
    let Err(error) = run(&place) else { return ExitCode::SUCCESS };
    eprintln!("오류: {error}");
    ExitCode::FAILURE
}
