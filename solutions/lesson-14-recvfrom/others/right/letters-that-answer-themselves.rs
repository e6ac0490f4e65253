//! Right: an endless iterator of letters that borrow the socket; a letter displays itself and is consumed by being answered.

use socket2::{Domain, Protocol, Socket, Type};
use std::fmt::{self, Write as _};
use std::io::{self, Write as _};
use std::net::{SocketAddr, UdpSocket};
use std::process::ExitCode;

struct Letter<'a> {
    mailbox: &'a UdpSocket,
    from: SocketAddr,
    words: Vec<u8>,
}

impl fmt::Display for Letter<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: ", self.from)?;
        match std::str::from_utf8(&self.words) {
            Err(_) => out.write_str("글이 아닙니다"),
            Ok(text) => {
                let mut letters = text.chars();
                for letter in letters.by_ref().take(30) {
                    out.write_char(letter)?;
                }
                if letters.next().is_some() {
                    out.write_char('…')?;
                }
                Ok(())
            }
        }
    }
}

impl Letter<'_> {
    fn answer(self) -> io::Result<()> {
        let reply = format!("{}바이트를 받았습니다", self.words.len());
        self.mailbox.send_to(reply.as_bytes(), self.from).map(drop)
    }
}

struct Letters<'a> {
    mailbox: &'a UdpSocket,
    room: [u8; 1 << 16],
}

impl<'a> Iterator for Letters<'a> {
    type Item = io::Result<Letter<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        let mailbox = self.mailbox;
        let room = &mut self.room;
        Some(mailbox.recv_from(room).map(|(length, from)| Letter {
            mailbox,
            from,
            words: room[..length].to_vec(),
        }))
    }
}

fn mailbox(at: SocketAddr) -> io::Result<UdpSocket> {
    let socket = Socket::new(Domain::for_address(at), Type::DGRAM, Some(Protocol::UDP))?;
    socket.bind(&at.into())?;
    Ok(socket.into())
}

fn run() -> io::Result<()> {
    let text = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    let Ok(at) = text.parse() else {
        return Err(io::Error::other(format!("{text}은(는) 주소가 아닙니다")));
    };
    let mailbox = mailbox(at)?;
    let mut screen = io::stdout();
    screen.write_all(format!("서버가 시작되었습니다: {}\r\n", mailbox.local_addr()?).as_bytes())?;
    screen.flush()?;
    for letter in (Letters { mailbox: &mailbox, room: [0; 1 << 16] }) {
        let letter = letter?;
        screen.write_all(format!("{letter}\r\n").as_bytes())?;
        screen.flush()?;
        letter.answer()?;
    }
    Ok(())
}

fn main() -> ExitCode {
    run().map_or_else(
        |error| {
            eprintln!("오류: {error}");
            ExitCode::FAILURE
        },
        |()| ExitCode::SUCCESS,
    )
}
