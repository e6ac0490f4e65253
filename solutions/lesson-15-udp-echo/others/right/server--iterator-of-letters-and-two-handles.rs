//! Right: an endless iterator of owned letters hears on one handle, a closure replies on a clone; the buffer is one 64 KiB array on the heap.
use std::io::{self, ErrorKind};
use std::net::{SocketAddr, UdpSocket};
use std::process::ExitCode;

struct Letters<'a> {
    ear: &'a UdpSocket,
    room: Box<[u8; 65_536]>,
}

impl Iterator for Letters<'_> {
    type Item = io::Result<(Box<[u8]>, SocketAddr)>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.ear.recv_from(&mut self.room[..]) {
                Ok((count, from)) => return Some(Ok((self.room[..count].into(), from))),
                Err(error)
                    if matches!(error.kind(), ErrorKind::ConnectionReset | ErrorKind::Interrupted) => {}
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

fn run(address: &str) -> io::Result<()> {
    let ear = UdpSocket::bind(address)?;
    let mouth = ear.try_clone()?;
    println!("서버가 시작되었습니다: {}", mouth.local_addr()?);
    Letters { ear: &ear, room: Box::new([0; 65_536]) }.try_for_each(|letter| {
        let (letter, from) = letter?;
        mouth.send_to(&letter, from).map(drop)
    })
}

fn main() -> ExitCode {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:12345".to_owned());
    run(&address).map_or_else(
        |error| {
            eprintln!("오류: {address}: {error}");
            ExitCode::FAILURE
        },
        |()| ExitCode::SUCCESS,
    )
}
