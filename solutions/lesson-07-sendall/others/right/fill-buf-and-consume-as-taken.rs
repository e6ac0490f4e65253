//! Right: a BufRead that makes the bytes; fill_buf shows them, send takes some, consume moves on by what was taken.
use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, BufRead, Read};
use std::net::SocketAddr;
use std::time::Duration;

/// 0, 1, …, 250, 0, 1, … : `total` bytes, shown in windows of at most `WINDOW`.
struct Pattern {
    at: usize,
    total: usize,
    window: Vec<u8>,
}

const WINDOW: usize = 64 * 251;

impl Pattern {
    fn new(total: usize) -> Self {
        Self { at: 0, total, window: (0..=250).cycle().take(WINDOW).collect() }
    }
}

impl BufRead for Pattern {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let begin = self.at % WINDOW;
        let end = WINDOW.min(begin + (self.total - self.at));
        Ok(&self.window[begin..end])
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount;
    }
}

impl Read for Pattern {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let shown = self.fill_buf()?;
        let count = shown.len().min(buffer.len());
        buffer[..count].copy_from_slice(&shown[..count]);
        self.consume(count);
        Ok(count)
    }
}

fn pour(pattern: &mut impl BufRead, socket: &Socket) -> io::Result<()> {
    loop {
        let shown = pattern.fill_buf()?;
        if shown.is_empty() {
            return Ok(());
        }
        let taken = match socket.send(shown) {
            Ok(taken) => taken,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                std::thread::sleep(Duration::from_millis(1));
                0
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => 0,
            Err(error) => return Err(error),
        };
        pattern.consume(taken);
    }
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<_> = std::env::args().collect();
    let text = arguments.get(1).map_or("127.0.0.1:12345", |text| text);
    let address: SocketAddr = text.parse().map_err(|_| format!("{text}은(는) 주소가 아닙니다"))?;
    let size = arguments.get(2).map_or(Ok(8 * 1024 * 1024), |size| size.parse::<usize>());
    let mut pattern = Pattern::new(size.map_err(|_| "크기는 숫자여야 합니다")?);
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    socket.connect(&address.into())?;
    socket.set_nonblocking(true)?;
    pour(&mut pattern, &socket).map_err(|error| {
        let sent = pattern.at;
        format!("{sent} 바이트를 넘겼을 때 {address}이(가) 떠났습니다: {error}")
    })?;
    println!("모두 넘겼습니다: {}바이트", pattern.at);
    Ok(())
}

fn main() {
    run().unwrap_or_else(|error| {
        eprintln!("오류: {error}");
        std::process::exit(1)
    });
}
