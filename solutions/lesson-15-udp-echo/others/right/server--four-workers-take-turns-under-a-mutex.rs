//! Right: four threads share the socket and take turns: whoever holds the mutex around the one buffer receives a datagram and sends it back.

use std::io::{self, ErrorKind};
use std::net::UdpSocket;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, mpsc};
use std::thread;

struct Shared {
    socket: UdpSocket,
    buffer: Mutex<Vec<u8>>,
}

impl Shared {
    fn turn(&self) -> io::Result<()> {
        let mut buffer = self.buffer.lock().map_err(|_| io::Error::other("자물쇠"))?;
        let (count, from) = self.socket.recv_from(&mut buffer)?;
        self.socket.send_to(&buffer[..count], from)?;
        Ok(())
    }

    fn work(&self) -> io::Error {
        loop {
            match self.turn() {
                Err(error) if error.kind() == ErrorKind::ConnectionReset => {}
                Err(error) => return error,
                Ok(()) => {}
            }
        }
    }
}

fn run(address: &str) -> io::Result<()> {
    let socket = UdpSocket::bind(address)?;
    println!("서버가 시작되었습니다: {}", socket.local_addr()?);
    let shared = Arc::new(Shared { socket, buffer: Mutex::new(vec![0; 65_535]) });
    let (fail, failures) = mpsc::channel();
    for number in 1..=4 {
        let shared = Arc::clone(&shared);
        let fail = fail.clone();
        thread::Builder::new()
            .name(format!("worker {number}"))
            .spawn(move || fail.send(shared.work()))?;
    }
    drop(fail);
    failures.recv().map_or(Ok(()), Err)
}

fn main() -> ExitCode {
    let address = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    match run(&address) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("오류: {address}: {error}");
            ExitCode::FAILURE
        }
    }
}
