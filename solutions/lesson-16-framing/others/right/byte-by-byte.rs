//! Right: one byte at a time through Read::bytes, into a machine that is fed single bytes
use std::io::{self, ErrorKind, prelude::*};
use std::net::{TcpListener, TcpStream};
use std::process::ExitCode;
use std::thread;

#[derive(Default)]
struct Machine {
    seen: u64,
    length: u32,
    body: Vec<u8>,
}

enum Fed {
    More,
    Frame(Vec<u8>),
    TooLong(u32),
}

impl Machine {
    fn idle(&self) -> bool {
        self.seen == 0
    }

    fn feed(&mut self, byte: u8) -> Fed {
        self.seen += 1;
        if self.seen <= 4 {
            self.length = (self.length << 8) | u32::from(byte);
            if self.seen < 4 {
                return Fed::More;
            }
            say(&format!("{}바이트짜리 메시지가 옵니다", self.length));
            if self.length > 65_536 {
                return Fed::TooLong(self.length);
            }
        } else {
            self.body.push(byte);
        }
        if self.seen < 4 + u64::from(self.length) {
            return Fed::More;
        }
        Fed::Frame(std::mem::take(self).body)
    }
}

fn reply(mut client: &TcpStream, body: &[u8]) -> io::Result<()> {
    let mut frame = Vec::new();
    frame.write_all(&(body.len() as u32).to_be_bytes())?;
    frame.write_all(body)?;
    client.write_all(&frame)
}

fn serve(client: &TcpStream) -> io::Result<String> {
    reply(client, "반갑습니다".as_bytes())?;
    let mut machine = Machine::default();
    for byte in client.bytes() {
        match machine.feed(byte?) {
            Fed::More => {}
            Fed::Frame(body) => reply(client, &body)?,
            Fed::TooLong(length) => return Ok(format!("너무 깁니다: {length}바이트")),
        }
    }
    Ok(if machine.idle() {
        "손님이 끝냈습니다".to_owned()
    } else {
        "메시지가 중간에 끝났습니다".to_owned()
    })
}

fn run() -> io::Result<()> {
    let listener = TcpListener::bind(address())?;
    say(&format!(
        "서버가 시작되었습니다: {} (Enter로 끝냅니다)",
        listener.local_addr()?
    ));
    thread::spawn(end_on_enter);
    for client in listener.incoming() {
        let client = client?;
        let line = serve(&client).unwrap_or_else(|error| match error.kind() {
            ErrorKind::ConnectionReset => "손님이 끊었습니다 (RST)".to_owned(),
            _ => format!("오류: {error}"),
        });
        say(&line);
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
