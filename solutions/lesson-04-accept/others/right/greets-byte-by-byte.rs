//! Right: sends the greeting one byte at a time by recursion, reads single bytes until the client leaves, keeps a spare handle of it meanwhile, and loops by an endless iterator.
use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, Read};
use std::iter::repeat_with;
use std::net::SocketAddr;
use std::process::exit;

const GREETING: &[u8] = "반갑습니다".as_bytes();

fn greet(client: &Socket, rest: &[u8]) -> io::Result<()> {
    match rest {
        [] => Ok(()),
        [first, ..] => match client.send(std::slice::from_ref(first)) {
            Ok(sent) => greet(client, &rest[sent..]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => greet(client, rest),
            Err(error) => Err(error),
        },
    }
}

fn stay(mut client: &Socket) -> io::Result<()> {
    let mut byte = [0u8; 1];
    loop {
        match client.read(&mut byte) {
            Ok(0) => return Ok(()),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

fn visit(listener: &Socket) -> io::Result<()> {
    let (client, from) = listener.accept()?;
    let from = from.as_socket().ok_or(io::ErrorKind::InvalidData)?;
    println!("손님이 왔습니다: {from}");
    let talked = client
        .try_clone()
        .and_then(|spare| greet(&spare, GREETING).and_then(|()| stay(&client)));
    if let Err(why) = talked {
        eprintln!("손님 {from}: 대화가 깨졌습니다 — {why}");
    }
    Ok(())
}

fn serve() -> io::Result<()> {
    let text = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    let address: SocketAddr = text.parse().map_err(|_| io::Error::other(text))?;
    let listener = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    #[cfg(unix)]
    listener.set_reuse_address(true)?;
    listener.bind(&address.into())?;
    listener.listen(4096)?;
    println!("서버가 시작되었습니다: {}", listener.local_addr()?.as_socket().unwrap_or(address));
    repeat_with(|| visit(&listener)).find_map(Result::err).map_or(Ok(()), Err)
}

fn main() {
    if let Err(error) = serve() {
        eprintln!("서버가 멈췄습니다: {error}");
        exit(17);
    }
}
