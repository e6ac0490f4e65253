//! Right: a generic Framed<S: Read + Write> with an error type of its own, read_exact after a first byte, and vectored writes
use std::fmt;
use std::io::{self, ErrorKind, IoSlice, prelude::*};
use std::net::TcpListener;
use std::process::ExitCode;
use std::thread;

struct Framed<S> {
    stream: S,
    limit: u32,
}

enum Failure {
    Cut,
    TooLong(u32),
    Reset,
    Other(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::UnexpectedEof => Self::Cut,
            ErrorKind::ConnectionReset => Self::Reset,
            _ => Self::Other(error),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cut => f.write_str("메시지가 중간에 끝났습니다"),
            Self::TooLong(length) => write!(f, "너무 깁니다: {length}바이트"),
            Self::Reset => f.write_str("손님이 끊었습니다 (RST)"),
            Self::Other(error) => write!(f, "오류: {error}"),
        }
    }
}

impl<S: Read + Write> Framed<S> {
    fn send(&mut self, body: &[u8]) -> Result<(), Failure> {
        let header = u32::try_from(body.len())
            .map_err(io::Error::other)?
            .to_be_bytes();
        let mut both = [IoSlice::new(&header), IoSlice::new(body)];
        let mut left = &mut both[..];
        IoSlice::advance_slices(&mut left, 0);
        while !left.is_empty() {
            match self.stream.write_vectored(left) {
                Ok(0) => return Err(io::Error::from(ErrorKind::WriteZero).into()),
                Ok(count) => IoSlice::advance_slices(&mut left, count),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    fn receive(&mut self, coming: impl FnOnce(u32)) -> Result<Option<Vec<u8>>, Failure> {
        let Some(first) = Read::by_ref(&mut self.stream).bytes().next().transpose()? else {
            return Ok(None);
        };
        let mut rest = [0; 3];
        self.stream.read_exact(&mut rest)?;
        let length = u32::from_be_bytes([first, rest[0], rest[1], rest[2]]);
        coming(length);
        if length > self.limit {
            return Err(Failure::TooLong(length));
        }
        let mut body = vec![0; length as usize];
        for piece in body.chunks_mut(1000) {
            self.stream.read_exact(piece)?;
        }
        Ok(Some(body))
    }
}

fn echo<S: Read + Write>(stream: S) -> Result<(), Failure> {
    let mut framed = Framed {
        stream,
        limit: 1 << 16,
    };
    framed.send("반갑습니다".as_bytes())?;
    let coming = |length| say(&format!("{length}바이트짜리 메시지가 옵니다"));
    while let Some(body) = framed.receive(coming)? {
        framed.send(&body)?;
    }
    Ok(())
}

fn run() -> io::Result<()> {
    let listener = TcpListener::bind(address())?;
    say(&format!(
        "서버가 시작되었습니다: {} (Enter로 끝냅니다)",
        listener.local_addr()?
    ));
    thread::spawn(end_on_enter);
    loop {
        let (client, _) = listener.accept()?;
        match echo(client) {
            Ok(()) => say("손님이 끝냈습니다"),
            Err(failure) => say(&failure.to_string()),
        }
    }
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

fn address() -> String {
    std::env::args()
        .nth(1)
        .unwrap_or_else(|| "127.0.0.1:12345".to_owned())
}

fn say(line: &str) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{line}");
    let _ = out.flush();
}

fn end_on_enter() {
    let mut line = Vec::new();
    if io::stdin()
        .lock()
        .read_until(b'\n', &mut line)
        .is_ok_and(|count| count > 0)
    {
        std::process::exit(0);
    }
}
