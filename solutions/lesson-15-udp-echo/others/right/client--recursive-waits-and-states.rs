//! Right: asking again is a recursion whose wait doubles; a clone of the socket receives while the socket itself sends; own error wrapper that tells the stage, status 35.
use std::fmt;
use std::io::{self, ErrorKind};
use std::net::{SocketAddr, ToSocketAddrs, UdpSocket};
use std::process::ExitCode;
use std::time::{Duration, Instant};

struct Trouble(&'static str, io::Error);
impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "while it {}: {}", self.0, self.1)
    }
}
fn at<T>(what: &'static str, outcome: io::Result<T>) -> Result<T, Trouble> {
    outcome.map_err(|error| Trouble(what, error))
}

struct Line {
    mouth: UdpSocket,
    ear: UdpSocket,
    server: SocketAddr,
    space: Box<[u8]>,
}

enum Heard {
    Reply(String),
    SomethingElse,
    Nothing,
}

impl Line {
    fn listen(&mut self, number: usize, left: Duration) -> Result<Heard, Trouble> {
        at("set a time", self.ear.set_read_timeout(Some(left)))?;
        match self.ear.recv_from(&mut self.space) {
            Ok((count, from)) if from == self.server => Ok(understand(number, &self.space[..count])),
            Ok(_) => Ok(Heard::SomethingElse),
            Err(error) => match error.kind() {
                ErrorKind::WouldBlock | ErrorKind::TimedOut => Ok(Heard::Nothing),
                ErrorKind::Interrupted | ErrorKind::ConnectionReset => Ok(Heard::SomethingElse),
                _ => Err(Trouble("listened", error)),
            },
        }
    }

    fn wait(&mut self, number: usize, until: Instant) -> Result<Option<String>, Trouble> {
        loop {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(None);
            }
            if let Heard::Reply(text) = self.listen(number, left)? {
                return Ok(Some(text));
            }
        }
    }

    fn ask(&mut self, number: usize, request: &[u8], wait: Duration, times: u8) -> Result<Option<String>, Trouble> {
        if times == 0 {
            return Ok(None);
        }
        at("spoke", self.mouth.send_to(request, self.server))?;
        match self.wait(number, Instant::now() + wait)? {
            None => self.ask(number, request, wait * 2, times - 1),
            reply => Ok(reply),
        }
    }
}

fn understand(number: usize, datagram: &[u8]) -> Heard {
    let Ok(text) = String::from_utf8(datagram.to_vec()) else {
        return Heard::SomethingElse;
    };
    match text.split_once(' ') {
        Some((own, rest)) if own == format!("{number}") => Heard::Reply(rest.into()),
        _ => Heard::SomethingElse,
    }
}

fn run() -> Result<(), Trouble> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let address = given.first().map_or("127.0.0.1:12345", |text| text);
    let mut found = at("looked up the name", address.to_socket_addrs())?;
    let server = at("looked up the name", found.next().ok_or(ErrorKind::NotFound.into()))?;
    let wait = Duration::from_millis(given.get(1).and_then(|text| text.parse().ok()).unwrap_or(500));
    let any = if server.is_ipv6() { "[::]:0" } else { "0.0.0.0:0" };
    let mouth = at("opened", UdpSocket::bind(any))?;
    let ear = at("opened", mouth.try_clone())?;
    let mut line = Line { mouth, ear, server, space: vec![0; 65_535].into() };
    for (before, typed) in io::stdin().lines().enumerate() {
        let number = before + 1;
        let request = format!("{number} {}", at("read the keyboard", typed)?);
        match line.ask(number, request.as_bytes(), wait, 4)? {
            Some(text) => println!("메아리: {text}"),
            None => println!("{number}번 요청을 포기했습니다"),
        }
    }
    Ok(())
}

fn main() -> ExitCode {
    if let Err(trouble) = run() {
        eprintln!("{trouble}");
        return ExitCode::from(35);
    }
    ExitCode::SUCCESS
}
