//! Right: it peeks to see who wrote, throws strangers' letters away unread, and counts its tries down over a doubling iterator.
use std::io::{self, ErrorKind, Write};
use std::iter;
use std::net::{SocketAddr, ToSocketAddrs, UdpSocket};
use std::process::ExitCode;
use std::time::{Duration, Instant};

struct Desk {
    socket: UdpSocket,
    server: SocketAddr,
    room: Vec<u8>,
}

impl Desk {
    fn new(address: &str) -> io::Result<Self> {
        let found = address.to_socket_addrs()?.next();
        let server = found.ok_or_else(|| io::Error::other("이름에 주소가 없습니다"))?;
        let socket = match server {
            SocketAddr::V4(_) => UdpSocket::bind("0.0.0.0:0"),
            SocketAddr::V6(_) => UdpSocket::bind("[::]:0"),
        }?;
        Ok(Self { socket, server, room: vec![0; 65_535] })
    }

    /// Who wrote the letter that lies on top; None when the time is over.
    fn envelope(&mut self, until: Instant) -> io::Result<Option<SocketAddr>> {
        loop {
            let Some(left) = until.checked_duration_since(Instant::now()).filter(|left| !left.is_zero())
            else {
                return Ok(None);
            };
            self.socket.set_read_timeout(Some(left))?;
            match self.socket.peek_from(&mut self.room[..1]) {
                Ok((_, from)) => return Ok(Some(from)),
                Err(error) => match error.kind() {
                    ErrorKind::WouldBlock
                    | ErrorKind::TimedOut
                    | ErrorKind::Interrupted
                    | ErrorKind::ConnectionReset => {}
                    _ => return Err(error),
                },
            }
        }
    }

    /// Takes the letter on top. It is there already, so this does not wait, save that its sum was wrong.
    fn take(&mut self) -> io::Result<&[u8]> {
        match self.socket.recv_from(&mut self.room) {
            Ok((count, _)) => Ok(&self.room[..count]),
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => Ok(&[]),
            Err(error) => Err(error),
        }
    }

    fn reply(&mut self, head: &str, until: Instant) -> io::Result<Option<String>> {
        while let Some(from) = self.envelope(until)? {
            let welcome = from == self.server;
            let letter = self.take()?;
            if welcome
                && let Ok(text) = std::str::from_utf8(letter)
                && let Some(text) = text.strip_prefix(head)
            {
                return Ok(Some(text.to_owned()));
            }
        }
        Ok(None)
    }

    fn ask(&mut self, number: usize, line: &str, first: Duration) -> io::Result<Option<String>> {
        let head = format!("{number} ");
        for wait in iter::successors(Some(first), |wait| wait.checked_mul(2)).take(4) {
            self.socket.send_to([head.as_str(), line].concat().as_bytes(), self.server)?;
            let reply = self.reply(&head, Instant::now() + wait)?;
            if reply.is_some() {
                return Ok(reply);
            }
        }
        Ok(None)
    }
}

fn run(address: &str, first: Duration) -> io::Result<()> {
    let mut desk = Desk::new(address)?;
    let mut out = io::stdout();
    for (before, line) in io::stdin().lines().enumerate() {
        let number = before + 1;
        let told = match desk.ask(number, &line?, first)? {
            Some(text) => format!("메아리: {text}\r\n"),
            None => format!("{number}번 요청을 포기했습니다\r\n"),
        };
        out.write_all(told.as_bytes())?;
        out.flush()?;
    }
    Ok(())
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or_else(|| "127.0.0.1:12345".to_owned());
    let first = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(500);
    match run(&address, Duration::from_millis(first)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprint!("오류: {address}: {error}\r\n");
            ExitCode::FAILURE
        }
    }
}
