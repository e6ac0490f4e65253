//! Right: a Guest reads with its own deadline and parts in its Drop, losses are an enum with From and Display, and the flag that stops is a static.

use std::fmt;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const LIMIT: usize = 1024;
static STOPPING: AtomicBool = AtomicBool::new(false);

#[derive(Clone, Copy)]
enum Lost {
    Unreadable,
    Wordless,
    Late,
    Broken,
}

impl From<io::Error> for Lost {
    fn from(error: io::Error) -> Lost {
        match error.kind() {
            ErrorKind::WouldBlock | ErrorKind::TimedOut => Lost::Late,
            _ => Lost::Broken,
        }
    }
}

impl From<std::string::FromUtf8Error> for Lost {
    fn from(_: std::string::FromUtf8Error) -> Lost {
        Lost::Unreadable
    }
}

impl fmt::Display for Lost {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Lost::Unreadable => "읽을 수 없는 메시지",
            Lost::Wordless => "아무 말 없이 떠남",
            Lost::Late => "시간이 다 됨",
            Lost::Broken => "연결이 끊김",
        })
    }
}

struct Guest {
    stream: TcpStream,
    deadline: Instant,
    answered: bool,
}

impl Read for Guest {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.deadline.checked_duration_since(Instant::now()) {
                Some(left) if !left.is_zero() => self.stream.set_read_timeout(Some(left))?,
                _ => return Err(ErrorKind::TimedOut.into()),
            }
            match self.stream.read(buffer) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                outcome => return outcome,
            }
        }
    }
}

impl Guest {
    fn message(&mut self) -> Result<String, Lost> {
        let mut heard = Vec::new();
        let mut piece = [0; 61];
        let end = loop {
            if let Some(end) = heard.iter().position(|byte| *byte == b'\n') {
                break end;
            }
            match self.read(&mut piece)? {
                0 if heard.is_empty() => return Err(Lost::Wordless),
                0 => break heard.len(),
                count => heard.extend_from_slice(&piece[..count]),
            }
            if heard.len() > LIMIT {
                return Err(Lost::Unreadable);
            }
        };
        heard.truncate(end);
        Ok(String::from_utf8(heard)?.trim_end().to_owned())
    }

    fn welcome(mut self, number: u64) -> Result<String, Lost> {
        let message = self.message()?;
        for word in [&number.to_string(), "번째 손님, ", "반갑습니다.\n"] {
            self.stream.write_all(word.as_bytes())?;
        }
        self.answered = true;
        Ok(message)
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        if self.answered && self.stream.shutdown(Shutdown::Write).is_ok() {
            let _ = io::copy(self, &mut io::sink());
        }
    }
}

fn halt(address: SocketAddr) {
    STOPPING.store(true, Ordering::SeqCst);
    drop(TcpStream::connect(address));
}

fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

fn keep_open(address: &str, patience: Duration) -> io::Result<u64> {
    let door = TcpListener::bind(address)?;
    let bound = door.local_addr()?;
    println!("서버가 시작되었습니다: {bound} (stop이나 Ctrl-C로 끝냅니다)");
    let own = reachable(bound);
    ctrlc::set_handler(move || halt(own)).map_err(io::Error::other)?;
    thread::Builder::new().name("keyboard".into()).spawn(move || {
        let lines = io::stdin().lines().filter_map(Result::ok);
        if lines.skip_while(|line| line.trim() != "stop").next().is_some() {
            halt(own);
        }
    })?;
    let mut number = 0;
    for accepted in door.incoming() {
        let stream = match accepted {
            Ok(stream) => stream,
            Err(error) => {
                eprintln!("손님을 받지 못했습니다: {error}");
                thread::sleep(Duration::from_millis(100));
                continue;
            }
        };
        if STOPPING.load(Ordering::SeqCst) {
            break;
        }
        number += 1;
        let deadline = Instant::now() + patience;
        match (Guest { stream, deadline, answered: false }).welcome(number) {
            Ok(message) => println!("{number}번째 손님: {message}"),
            Err(lost) => println!("{number}번째 손님을 놓쳤습니다: {lost}"),
        }
    }
    Ok(number)
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let address = arguments.first().map_or("127.0.0.1:12345", String::as_str);
    let patience = arguments.get(1).and_then(|typed| typed.parse().ok());
    match keep_open(address, Duration::from_millis(patience.unwrap_or(5000))) {
        Ok(number) => {
            println!("서버를 마칩니다. 손님 {number}명");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("오류: {address}: {error}");
            ExitCode::FAILURE
        }
    }
}
