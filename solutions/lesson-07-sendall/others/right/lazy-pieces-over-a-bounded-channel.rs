//! Right: a thread makes the message piece by piece and hands the pieces over a bounded channel, so that the 8 MiB are never there at once; the sender keeps the rest of a piece and naps when there is no room.
use socket2::{Domain, Protocol, Socket, Type};
use std::error::Error;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::Duration;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or("127.0.0.1:12345".into());
    let address: SocketAddr = address.parse()?;
    let size = arguments.next().map_or(Ok(8 << 20), |text| text.parse::<usize>())?;

    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    socket.connect(&address.into())?;
    socket.set_nonblocking(true)?;

    let (made, pieces) = sync_channel::<Vec<u8>>(2);
    thread::spawn(move || {
        let mut bytes = (0..=250u8).cycle().take(size);
        loop {
            let piece: Vec<u8> = bytes.by_ref().take(50_021).collect();
            if piece.is_empty() || made.send(piece).is_err() {
                return;
            }
        }
    });

    let mut total = 0usize;
    for piece in pieces {
        let mut rest = piece.as_slice();
        while !rest.is_empty() {
            match socket.send(rest) {
                Ok(taken) => {
                    total += taken;
                    rest = &rest[taken..];
                }
                Err(error) => match error.kind() {
                    ErrorKind::WouldBlock => thread::sleep(Duration::from_millis(1)),
                    ErrorKind::Interrupted => {}
                    _ => return Err(format!("{address} left after {total} bytes: {error}").into()),
                },
            }
        }
    }
    println!("모두 넘겼습니다: {total}바이트");
    Ok(())
}
