//! Right: the greeting goes out as one slice per syllable (writev); the rest is read into three scattered buffers (readv).
use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, ErrorKind, IoSlice, IoSliceMut, Read, Write};
use std::net::SocketAddr;
use std::process::ExitCode;

const SYLLABLES: [&str; 5] = ["반", "갑", "습", "니", "다"];

fn greet(mut client: &Socket) -> io::Result<()> {
    let mut slices = SYLLABLES.map(|syllable| IoSlice::new(syllable.as_bytes()));
    let mut left = &mut slices[..];
    while !left.is_empty() {
        match client.write_vectored(left) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(count) => IoSlice::advance_slices(&mut left, count),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn stay(mut client: &Socket) -> io::Result<()> {
    let (mut one, mut two, mut three) = ([0; 3], [0; 100], [0; 4096]);
    loop {
        let mut rooms = [
            IoSliceMut::new(&mut one),
            IoSliceMut::new(&mut two),
            IoSliceMut::new(&mut three),
        ];
        match client.read_vectored(&mut rooms) {
            Ok(0) => return Ok(()),
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

fn open(address: SocketAddr) -> io::Result<Socket> {
    let door = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    if cfg!(unix) {
        door.set_reuse_address(true)?;
    }
    door.bind(&address.into())?;
    door.listen(64)?;
    Ok(door)
}

fn run() -> io::Result<()> {
    let text = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:12345".into());
    let address = text.parse().map_err(|_| io::Error::other(format!("{text}은(는) 주소가 아닙니다")))?;
    let door = open(address)?;
    let name = door.local_addr()?.as_socket().unwrap_or(address);
    println!("서버가 시작되었습니다: {name}");
    loop {
        let (client, peer) = door.accept()?;
        let Some(peer) = peer.as_socket() else {
            continue;
        };
        println!("손님이 왔습니다: {peer}");
        if let Err(error) = greet(&client).and_then(|()| stay(&client)) {
            eprintln!("손님 {peer}: {error}");
        }
    }
}

fn main() -> ExitCode {
    let Err(error) = run() else {
        return ExitCode::SUCCESS;
    };
    eprintln!("오류: {error}");
    ExitCode::FAILURE
}
