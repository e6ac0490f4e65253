//! Right: peeks with a buffer that doubles until the datagram fits, takes it by one handle and sends it back by a clone.

use std::io::{self, ErrorKind};
use std::net::{SocketAddr, UdpSocket};
use std::process::ExitCode;

fn is_passing(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::ConnectionReset | ErrorKind::ConnectionRefused | ErrorKind::Interrupted)
}

/// Looks at the next datagram until all of it fits into `room` with at least one byte to spare.
fn make_room(socket: &UdpSocket, room: &mut Vec<u8>) -> io::Result<()> {
    loop {
        let (seen, _) = socket.peek_from(room)?;
        if seen < room.len() {
            return Ok(());
        }
        room.resize(room.len() * 2, 0);
    }
}

fn take(socket: &UdpSocket, room: &mut Vec<u8>) -> io::Result<(Box<[u8]>, SocketAddr)> {
    make_room(socket, room)?;
    let (count, from) = socket.recv_from(room)?;
    let datagram = room[..count].into();
    room.truncate(64);
    Ok((datagram, from))
}

fn run(place: &str) -> io::Result<()> {
    let inward = UdpSocket::bind(place)?;
    let outward = inward.try_clone()?;
    println!("서버가 시작되었습니다: {}", outward.local_addr()?);
    let mut room = vec![0; 64];
    loop {
        let (datagram, from) = match take(&inward, &mut room) {
            Ok(taken) => taken,
            Err(error) if is_passing(&error) => continue,
            Err(error) => return Err(error),
        };
        while let Err(error) = outward.send_to(&datagram, from) {
            if !is_passing(&error) {
                return Err(error);
            }
        }
    }
}

fn main() -> ExitCode {
    let place = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:12345".to_owned());
    match run(&place) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("오류: {place}: {error}");
            ExitCode::FAILURE
        }
    }
}
