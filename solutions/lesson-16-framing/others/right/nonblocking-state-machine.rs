//! Right: a non-blocking client, an enum as the state machine, and a loop with short sleeps
use std::io::{self, ErrorKind, prelude::*};
use std::net::{TcpListener, TcpStream};
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

enum State {
    Header { bytes: [u8; 4], have: usize },
    Body { bytes: Vec<u8>, have: usize },
    Sending { bytes: Vec<u8>, sent: usize },
    Over(&'static str),
    TooLong(u32),
}

const NEW: State = State::Header {
    bytes: [0; 4],
    have: 0,
};

fn sending(body: &[u8]) -> State {
    let mut bytes = (body.len() as u32).to_be_bytes().to_vec();
    bytes.extend(body);
    State::Sending { bytes, sent: 0 }
}

fn step(client: &mut TcpStream, state: State) -> Result<State, (State, io::Error)> {
    match state {
        State::Header { mut bytes, have } => match client.read(&mut bytes[have..]) {
            Ok(0) if have == 0 => Ok(State::Over("손님이 끝냈습니다")),
            Ok(0) => Ok(State::Over("메시지가 중간에 끝났습니다")),
            Ok(count) if have + count < 4 => Ok(State::Header {
                bytes,
                have: have + count,
            }),
            Ok(_) => {
                let length = u32::from_be_bytes(bytes);
                say(&format!("{length}바이트짜리 메시지가 옵니다"));
                Ok(match length {
                    0 => sending(&[]),
                    1..=65_536 => State::Body {
                        bytes: vec![0; length as usize],
                        have: 0,
                    },
                    _ => State::TooLong(length),
                })
            }
            Err(error) => Err((State::Header { bytes, have }, error)),
        },
        State::Body { mut bytes, have } => match client.read(&mut bytes[have..]) {
            Ok(0) => Ok(State::Over("메시지가 중간에 끝났습니다")),
            Ok(count) if have + count < bytes.len() => Ok(State::Body {
                bytes,
                have: have + count,
            }),
            Ok(_) => Ok(sending(&bytes)),
            Err(error) => Err((State::Body { bytes, have }, error)),
        },
        State::Sending { bytes, sent } => match client.write(&bytes[sent..]) {
            Ok(count) if sent + count < bytes.len() => Ok(State::Sending {
                bytes,
                sent: sent + count,
            }),
            Ok(_) => Ok(NEW),
            Err(error) => Err((State::Sending { bytes, sent }, error)),
        },
        over => Ok(over),
    }
}

fn drive(mut client: TcpStream) -> io::Result<String> {
    client.set_nonblocking(true)?;
    let mut state = sending("반갑습니다".as_bytes());
    loop {
        state = match step(&mut client, state) {
            Ok(State::Over(line)) => return Ok(line.to_owned()),
            Ok(State::TooLong(length)) => return Ok(format!("너무 깁니다: {length}바이트")),
            Ok(next) => next,
            Err((same, error)) => match error.kind() {
                ErrorKind::WouldBlock => {
                    thread::sleep(Duration::from_millis(2));
                    same
                }
                ErrorKind::Interrupted => same,
                _ => return Err(error),
            },
        };
    }
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
        say(&match drive(client) {
            Ok(line) => line,
            Err(error) if error.kind() == ErrorKind::ConnectionReset => {
                "손님이 끊었습니다 (RST)".to_owned()
            }
            Err(error) => format!("오류: {error}"),
        });
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
