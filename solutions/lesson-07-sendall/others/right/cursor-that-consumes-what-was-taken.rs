//! Right: the message is a Cursor read with fill_buf and consumed by what the kernel took, in pieces of a prime size; rests by park_timeout.

use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, BufRead, Cursor, ErrorKind};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

const PIECE: usize = 99_991;
const REST: Duration = Duration::from_millis(1);

fn hand_over<T: AsRef<[u8]>>(socket: &Socket, message: &mut Cursor<T>) -> io::Result<()> {
    loop {
        let left = message.fill_buf()?;
        let piece = &left[..left.len().min(PIECE)];
        if piece.is_empty() {
            return Ok(());
        }
        let taken = match socket.send(piece) {
            Ok(taken) => taken,
            Err(error) => match error.kind() {
                ErrorKind::WouldBlock => {
                    thread::park_timeout(REST);
                    0
                }
                ErrorKind::Interrupted => 0,
                _ => return Err(error),
            },
        };
        message.consume(taken);
    }
}

fn run(mut arguments: impl Iterator<Item = String>) -> Result<u64, String> {
    let address = arguments.next().unwrap_or_else(|| "127.0.0.1:12345".into());
    let address: SocketAddr = address
        .parse()
        .map_err(|_| format!("{address}은(는) 주소가 아닙니다"))?;
    let size: usize = match arguments.next() {
        Some(size) => size.parse().map_err(|_| "크기는 숫자여야 합니다")?,
        None => 8 << 20,
    };
    let dial = || -> io::Result<Socket> {
        let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
        socket.connect(&address.into())?;
        socket.set_nonblocking(true)?;
        Ok(socket)
    };
    let socket = dial().map_err(|error| error.to_string())?;
    let pattern = (0..=250u8).cycle().take(size);
    let mut message = Cursor::new(pattern.collect::<Box<[u8]>>());
    match hand_over(&socket, &mut message) {
        Ok(()) => Ok(message.position()),
        Err(error) => Err(format!(
            "{}바이트를 넘긴 뒤 {address}이(가) 떠났습니다: {error}",
            message.position()
        )),
    }
}

fn main() -> ExitCode {
    match run(std::env::args().skip(1)) {
        Ok(count) => {
            println!("모두 넘겼습니다: {count}바이트");
            ExitCode::SUCCESS
        }
        Err(sentence) => {
            eprintln!("오류: {sentence}");
            ExitCode::FAILURE
        }
    }
}
