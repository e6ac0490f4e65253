//! Right: waits for the guest in peeks of 40 ms each into uninitialised memory, and takes exactly what a peek has shown.

use socket2::{Domain, Protocol, SockAddr, Socket, Type};
use std::io::{self, ErrorKind};
use std::mem::MaybeUninit;
use std::net::SocketAddr;
use std::time::Duration;

enum Seen {
    Nothing,
    Bytes(usize),
    End,
}

fn look(client: &Socket) -> io::Result<Seen> {
    let mut room = [MaybeUninit::<u8>::uninit(); 96];
    match client.peek(&mut room) {
        Ok(0) => Ok(Seen::End),
        Ok(count) => Ok(Seen::Bytes(count)),
        Err(error) => match error.kind() {
            ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted => Ok(Seen::Nothing),
            _ => Err(error),
        },
    }
}

fn take(client: &Socket, mut count: usize) -> io::Result<()> {
    let mut room = [MaybeUninit::<u8>::uninit(); 96];
    while count > 0 {
        match client.recv(&mut room[..count]) {
            Ok(taken) => count -= taken.max(1).min(count),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn attend(client: Socket) -> io::Result<()> {
    let words = "반갑습니다".as_bytes();
    let mut said = 0;
    while said < words.len() {
        match client.send(&words[said..]) {
            Ok(count) => said += count,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    client.set_read_timeout(Some(Duration::from_millis(40)))?;
    loop {
        match look(&client)? {
            Seen::Nothing => {}
            Seen::Bytes(count) => take(&client, count)?,
            Seen::End => return Ok(()),
        }
    }
}

fn serve(place: &str) -> io::Result<()> {
    let address: SocketAddr =
        place.parse().map_err(|_| io::Error::new(ErrorKind::InvalidInput, format!("{place}은(는) 주소가 아닙니다")))?;
    let door = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    if cfg!(unix) {
        door.set_reuse_address(true)?;
    }
    door.bind(&SockAddr::from(address))?;
    door.listen(128)?;
    println!("서버가 시작되었습니다: {}", door.local_addr()?.as_socket().expect("an IP address"));
    loop {
        let (client, from) = match door.accept() {
            Ok(accepted) => accepted,
            Err(error) if matches!(error.kind(), ErrorKind::Interrupted | ErrorKind::ConnectionAborted) => continue,
            Err(error) => return Err(error),
        };
        let from = from.as_socket().ok_or(ErrorKind::Unsupported)?;
        println!("손님이 왔습니다: {from}");
        attend(client).unwrap_or_else(|error| eprintln!("[{from}] {error}"));
    }
}

fn main() {
    let place = std::env::args().nth(1);
    let Err(error) = serve(place.as_deref().unwrap_or("127.0.0.1:12345")) else { return };
    eprintln!("오류: {error}");
    std::process::exit(1);
}
