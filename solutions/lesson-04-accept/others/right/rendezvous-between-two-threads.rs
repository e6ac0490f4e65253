//! Right: a door thread accepts with std::net and hands each client over a rendezvous channel to the one host thread, which tells, greets and stays until it leaves.
use std::error::Error;
use std::io::{self, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::sync_channel;
use std::thread;

fn host(client: TcpStream, peer: SocketAddr) {
    println!("손님이 왔습니다: {peer}");
    let talk = (&client)
        .write_all("반갑습니다".as_bytes())
        .and_then(|()| io::copy(&mut &client, &mut io::sink()));
    if let Err(error) = talk {
        eprintln!("lost {peer}, but not the server: {error} ({:?})", error.kind());
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let address = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    let address: SocketAddr = address.parse()?;
    let listener = TcpListener::bind(address)?;
    println!("서버가 시작되었습니다: {}", listener.local_addr()?);
    let (handing, handed) = sync_channel(0);
    let door = thread::spawn(move || -> io::Error {
        loop {
            match listener.accept() {
                Ok(arrival) => match handing.send(arrival) {
                    Ok(()) => {}
                    Err(_) => return io::Error::other("the host is gone"),
                },
                Err(error) => return error,
            }
        }
    });
    for (client, peer) in handed {
        host(client, peer);
    }
    Err(door.join().map_or_else(|_| "the door broke".into(), |error| error.into()))
}
