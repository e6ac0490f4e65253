//! Right: non-blocking; takes up to 32 datagrams at a time into one growing arena, then sends all of them back in their order; naps of 1 ms; status 66.
use std::io::{self, ErrorKind};
use std::net::{SocketAddr, UdpSocket};
use std::ops::Range;
use std::process::exit;
use std::thread::sleep;
use std::time::Duration;

const NAP: Duration = Duration::from_millis(1);

fn batch(socket: &UdpSocket, one: &mut [u8], arena: &mut Vec<u8>) -> io::Result<Vec<(Range<usize>, SocketAddr)>> {
    arena.clear();
    let mut taken = Vec::new();
    while taken.len() < 32 {
        match socket.recv_from(one) {
            Ok((count, from)) => {
                let begin = arena.len();
                arena.extend_from_slice(&one[..count]);
                taken.push((begin..arena.len(), from));
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => break,
            Err(error) if matches!(error.kind(), ErrorKind::Interrupted | ErrorKind::ConnectionReset) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(taken)
}

fn run(address: &str) -> io::Result<()> {
    let socket = UdpSocket::bind(address)?;
    socket.set_nonblocking(true)?;
    println!("서버가 시작되었습니다: {}", socket.local_addr()?);
    let (mut one, mut arena) = (vec![0; 65_535], Vec::with_capacity(2 << 20));
    loop {
        let taken = batch(&socket, &mut one, &mut arena)?;
        if taken.is_empty() {
            sleep(NAP);
        }
        for (range, from) in taken {
            loop {
                match socket.send_to(&arena[range.clone()], from) {
                    Err(error) if error.kind() == ErrorKind::WouldBlock => sleep(NAP),
                    Err(error) if matches!(error.kind(), ErrorKind::Interrupted | ErrorKind::ConnectionReset) => break,
                    outcome => break drop(outcome?),
                }
            }
        }
    }
}

fn main() {
    let address = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    if let Err(error) = run(&address) {
        eprintln!("{address}: {error}");
        exit(66);
    }
}
