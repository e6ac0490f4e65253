//! Right: std::net, and every client is served in a thread of its own that is joined before the next accept; the greeting goes out byte by byte.
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

fn talk(mut client: TcpStream) -> io::Result<()> {
    client.set_nodelay(true)?;
    for byte in "반갑습니다".bytes() {
        client.write_all(&[byte])?;
    }
    let mut one = [0];
    loop {
        match client.read(&mut one) {
            Ok(0) => return Ok(()),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
fn main() -> io::Result<()> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:12345".into());
    let listener = TcpListener::bind(address.as_str())?;
    println!("서버가 시작되었습니다: {}", listener.local_addr()?);
    loop {
        let (client, peer) = match listener.accept() {
            Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => continue,
            accepted => accepted?,
        };
        println!("손님이 왔습니다: {peer}");
        match thread::spawn(move || talk(client)).join() {
            Ok(Ok(())) => {}
            Ok(Err(error)) => eprintln!("client {peer} was lost: {error}"),
            Err(_) => eprintln!("client {peer}: the thread panicked"),
        }
    }
}
