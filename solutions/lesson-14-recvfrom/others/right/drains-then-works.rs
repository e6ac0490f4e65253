//! Right: a non-blocking std socket; all datagrams that are there are taken into a queue first, then each is printed and answered; naps of 2 ms in between; CR LF on stdout.
use std::collections::VecDeque;
use std::fmt;
use std::io::{self, ErrorKind, Write};
use std::net::{SocketAddr, UdpSocket};
use std::process::exit;
use std::thread::sleep;
use std::time::Duration;

struct Letter {
    from: SocketAddr,
    bytes: Box<[u8]>,
}
impl fmt::Display for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.from)?;
        match std::str::from_utf8(&self.bytes) {
            Err(_) => f.write_str("글이 아닙니다"),
            Ok(text) => {
                let short: String = text.chars().take(30).collect();
                f.write_str(&short)?;
                f.write_str(if short.len() < text.len() { "…" } else { "" })
            }
        }
    }
}

fn drain(socket: &UdpSocket, buffer: &mut [u8], queue: &mut VecDeque<Letter>) -> io::Result<()> {
    loop {
        match socket.recv_from(buffer) {
            Ok((count, from)) => queue.push_back(Letter { from, bytes: buffer[..count].into() }),
            Err(error) => match error.kind() {
                ErrorKind::WouldBlock => return Ok(()),
                ErrorKind::Interrupted | ErrorKind::ConnectionReset => {}
                _ => return Err(error),
            },
        }
    }
}

fn run() -> io::Result<()> {
    let text = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    let address: SocketAddr = text.parse().map_err(io::Error::other)?;
    let socket = UdpSocket::bind(address)?;
    socket.set_nonblocking(true)?;
    let mut out = io::stdout();
    write!(out, "서버가 시작되었습니다: {}\r\n", socket.local_addr()?)?;
    let mut buffer = vec![0; 10 << 20];
    let mut queue = VecDeque::new();
    loop {
        drain(&socket, &mut buffer, &mut queue)?;
        if queue.is_empty() {
            sleep(Duration::from_millis(2));
        }
        while let Some(letter) = queue.pop_front() {
            write!(out, "{letter}\r\n")?;
            out.flush()?;
            let reply = format!("{}바이트를 받았습니다", letter.bytes.len());
            while let Err(error) = socket.send_to(reply.as_bytes(), letter.from) {
                match error.kind() {
                    ErrorKind::WouldBlock => sleep(Duration::from_millis(1)),
                    ErrorKind::Interrupted => {}
                    _ => return Err(error),
                }
            }
        }
    }
}

fn main() {
    if let Err(error) = run() {
        eprintln!("끝났습니다: {error}");
        exit(14)
    }
}
