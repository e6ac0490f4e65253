//! Right: a Read adapter with a deadline under a BufReader with take(); the losses are an enum that implements From and Display.

use std::fmt;
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::process::ExitCode;
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

const LIMIT: u64 = 1024;
/// Set, once, when the server is to stop.
static STOPPED: OnceLock<Instant> = OnceLock::new();

struct Until<'a>(&'a TcpStream, Instant);

impl Read for Until<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.1.checked_duration_since(Instant::now()) {
                None | Some(Duration::ZERO) => return Err(ErrorKind::TimedOut.into()),
                left => self.0.set_read_timeout(left)?,
            }
            match self.0.read(buffer) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                outcome => return outcome,
            }
        }
    }
}

enum Lost {
    Unreadable,
    Silent,
    Late,
    Gone,
}

impl From<io::Error> for Lost {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::WouldBlock | ErrorKind::TimedOut => Lost::Late,
            _ => Lost::Gone,
        }
    }
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Lost::Unreadable => "읽을 수 없는 메시지",
            Lost::Silent => "아무 말 없이 떠남",
            Lost::Late => "시간이 다 됨",
            Lost::Gone => "연결이 끊김",
        })
    }
}

fn serve(client: TcpStream, guest: u64, deadline: Instant) -> Result<String, Lost> {
    let mut reader = BufReader::with_capacity(100, Until(&client, deadline));
    let mut line = Vec::new();
    reader.by_ref().take(LIMIT + 1).read_until(b'\n', &mut line)?;
    if line.is_empty() {
        return Err(Lost::Silent);
    }
    if line.len() as u64 > LIMIT {
        return Err(Lost::Unreadable);
    }
    if line.ends_with(b"\n") {
        line.pop();
    }
    let said = String::from_utf8(line).map_err(|_| Lost::Unreadable)?;
    write!(&client, "{}", format_args!("{guest}번째 손님, 반갑습니다.\n"))?;
    if client.shutdown(Shutdown::Write).is_ok() {
        let _ = io::copy(&mut reader, &mut io::sink());
    }
    Ok(said.trim_end().to_owned())
}

fn stop(mut address: SocketAddr) {
    let _ = STOPPED.set(Instant::now());
    if address.ip().is_unspecified() {
        let loopback = if address.is_ipv4() { Ipv4Addr::LOCALHOST.into() } else { Ipv6Addr::LOCALHOST.into() };
        address.set_ip(loopback);
    }
    let _ = TcpStream::connect_timeout(&address, Duration::from_secs(1));
}

fn run(place: &str, patience: Duration) -> io::Result<u64> {
    let listener = TcpListener::bind(place)?;
    let address = listener.local_addr()?;
    ctrlc::set_handler(move || stop(address)).map_err(io::Error::other)?;
    println!("서버가 시작되었습니다: {address} (stop이나 Ctrl-C로 끝냅니다)");
    thread::spawn(move || {
        let mut input = io::stdin().lock();
        let mut line = Vec::new();
        while matches!(input.read_until(b'\n', &mut line), Ok(1..)) {
            if line.trim_ascii() == b"stop" {
                return stop(address);
            }
            line.clear();
        }
    });
    let mut guest = 0;
    loop {
        let accepted = listener.accept();
        if STOPPED.get().is_some() {
            return Ok(guest);
        }
        match accepted {
            Ok((client, _)) => {
                guest += 1;
                match serve(client, guest, Instant::now() + patience) {
                    Ok(said) => println!("{guest}번째 손님: {said}"),
                    Err(lost) => println!("{guest}번째 손님을 놓쳤습니다: {lost}"),
                }
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => {
                eprintln!("손님을 받지 못했습니다: {error}");
                thread::sleep(Duration::from_millis(100));
            }
        }
    }
}

fn main() -> ExitCode {
    let given: Vec<String> = std::env::args().skip(1).take(2).collect();
    let place = given.first().map_or("127.0.0.1:12345", |place| place);
    let patience = given.get(1).and_then(|text| text.parse().ok()).map_or(Duration::from_secs(5), Duration::from_millis);
    match run(place, patience) {
        Ok(guests) => {
            println!("서버를 마칩니다. 손님 {guests}명");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("오류: {place}: {error}");
            ExitCode::FAILURE
        }
    }
}
