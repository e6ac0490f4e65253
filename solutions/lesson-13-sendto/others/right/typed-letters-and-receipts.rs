//! Right: a Letter enum borrows or makes its bytes (Cow), a Receipt displays itself; the keyboard is one reused byte buffer.
use socket2::{Domain, Protocol, SockAddr, Socket, Type};
use std::borrow::Cow;
use std::fmt::{self, Display};
use std::io::{self, BufRead, Write};
use std::net::SocketAddr;
use std::process::ExitCode;

const MOST: usize = 65_507;

#[derive(Clone, Copy)]
enum Letter<'a> {
    Typed(&'a str),
    Crosses(usize),
}

impl<'a> From<&'a str> for Letter<'a> {
    fn from(line: &'a str) -> Self {
        line.strip_prefix('#').and_then(|rest| rest.parse().ok()).map_or(Self::Typed(line), Self::Crosses)
    }
}

impl<'a> Letter<'a> {
    fn bytes(self) -> Cow<'a, [u8]> {
        match self {
            Self::Typed(text) => Cow::Borrowed(text.as_bytes()),
            Self::Crosses(count) => Cow::Owned(std::iter::repeat_n(b'x', count).collect()),
        }
    }
}

enum Receipt {
    Posted(usize),
    TooBig(usize),
    Refused(io::Error),
}

impl Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Posted(count) => write!(f, "보냈습니다: {count}바이트"),
            Self::TooBig(count) => {
                write!(f, "보내지 못했습니다: {count}바이트는 데이터그램 하나에 담을 수 없습니다")
            }
            Self::Refused(error) => write!(f, "보내지 못했습니다: {error}"),
        }
    }
}

struct Post {
    socket: Socket,
    to: SockAddr,
}

impl Post {
    fn post(&self, letter: Letter<'_>) -> Receipt {
        let bytes = letter.bytes();
        loop {
            return match self.socket.send_to(&bytes, &self.to) {
                Ok(count) => Receipt::Posted(count),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(_) if bytes.len() > MOST => Receipt::TooBig(bytes.len()),
                Err(error) => Receipt::Refused(error),
            };
        }
    }
}

fn run() -> io::Result<()> {
    let text = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:12345".to_owned());
    let to: SocketAddr =
        text.parse().map_err(|_| io::Error::other(format!("{text}은(는) 주소가 아닙니다")))?;
    let socket = Socket::new(Domain::for_address(to), Type::DGRAM, Some(Protocol::UDP))?;
    let post = Post { socket, to: to.into() };
    let mut out = io::stdout();
    let mut say = |text: &dyn Display| -> io::Result<()> {
        let line = format!("{text}\r\n");
        out.write_all(line.as_bytes())?;
        out.flush()
    };
    say(&"보낼 줄을 치세요. #1000은 1000바이트입니다.")?;
    let mut keyboard = io::stdin().lock();
    let mut typed = Vec::new();
    while keyboard.read_until(b'\n', &mut typed)? > 0 {
        let line = typed.strip_suffix(b"\n").map_or(&typed[..], |line| line.strip_suffix(b"\r").unwrap_or(line));
        let line = std::str::from_utf8(line).map_err(io::Error::other)?;
        say(&post.post(line.into()))?;
        typed.clear();
    }
    Ok(())
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("오류: {error}");
            ExitCode::FAILURE
        }
    }
}
