//! Right: receives with socket2 into a Vec's spare capacity; a letter knows how to be shown and how to be answered.

use socket2::{Domain, Protocol, SockAddr, Socket, Type};
use std::fmt;
use std::io::{self, ErrorKind, Write};
use std::net::SocketAddr;
use std::process::ExitCode;

struct Letter {
    bytes: Vec<u8>,
    from: SockAddr,
}

impl Letter {
    fn from_box(socket: &Socket) -> io::Result<Letter> {
        let mut bytes = Vec::with_capacity(65_536);
        loop {
            match socket.recv_from(bytes.spare_capacity_mut()) {
                Ok((count, from)) => {
                    // SAFETY: the kernel has just written the first `count` bytes.
                    unsafe { bytes.set_len(count) };
                    bytes.shrink_to_fit();
                    return Ok(Letter { bytes, from });
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    fn answer(&self, socket: &Socket) -> io::Result<()> {
        let text = format!("{}바이트를 받았습니다", self.bytes.len());
        while let Err(error) = socket.send_to(text.as_bytes(), &self.from) {
            if error.kind() != ErrorKind::Interrupted {
                return Err(error);
            }
        }
        Ok(())
    }
}

impl fmt::Display for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.from.as_socket() {
            Some(from) => write!(f, "{from}: ")?,
            None => f.write_str("?: ")?,
        }
        let Ok(text) = std::str::from_utf8(&self.bytes) else { return f.write_str("글이 아닙니다") };
        match text.char_indices().nth(30) {
            Some((cut, _)) => write!(f, "{}…", &text[..cut]),
            None => f.write_str(text),
        }
    }
}

fn run() -> io::Result<()> {
    let place = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:12345".to_owned());
    let address: SocketAddr = place.parse().map_err(|_| io::Error::other(format!("{place}은(는) 주소가 아닙니다")))?;
    let socket = Socket::new(Domain::for_address(address), Type::DGRAM, Some(Protocol::UDP))?;
    socket.bind(&SockAddr::from(address))?;
    let mut out = io::stdout().lock();
    let bound = socket.local_addr()?.as_socket().unwrap_or(address);
    out.write_all(format!("서버가 시작되었습니다: {bound}\n").as_bytes())?;
    out.flush()?;
    loop {
        let letter = Letter::from_box(&socket)?;
        out.write_all(format!("{letter}\n").as_bytes())?;
        out.flush()?;
        letter.answer(&socket)?;
    }
}

fn main() -> ExitCode {
    let Err(error) = run() else { return ExitCode::SUCCESS };
    eprintln!("오류: {error}");
    ExitCode::FAILURE
}
