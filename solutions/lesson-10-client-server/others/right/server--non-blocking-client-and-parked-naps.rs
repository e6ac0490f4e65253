//! Right: each guest is a state machine on a non-blocking socket, stepped by main between park_timeout naps of 3 ms.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

const LIMIT: usize = 1024;

enum State {
    Hearing(Vec<u8>),
    Answering { said: String, answer: Vec<u8>, sent: usize },
    Parting { said: String },
    Over(Result<String, &'static str>),
}

enum Step {
    Again(State),
    Nap(State),
}

fn ready<T>(outcome: io::Result<T>) -> Result<Option<T>, &'static str> {
    match outcome {
        Ok(value) => Ok(Some(value)),
        Err(error) => match error.kind() {
            ErrorKind::WouldBlock | ErrorKind::Interrupted => Ok(None),
            _ => Err("연결이 끊김"),
        },
    }
}

fn understand(mut heard: Vec<u8>) -> Result<String, &'static str> {
    if heard.is_empty() {
        return Err("아무 말 없이 떠남");
    }
    if let Some(end) = heard.iter().position(|byte| *byte == b'\n') {
        heard.truncate(end);
    }
    match String::from_utf8(heard) {
        Ok(text) => Ok(text.trim_end().to_owned()),
        Err(_) => Err("읽을 수 없는 메시지"),
    }
}

fn step(client: &TcpStream, guest: u64, state: State) -> Step {
    let mut end = client;
    match state {
        State::Hearing(mut heard) => {
            let mut room = [0; 128];
            let done = match ready(end.read(&mut room)) {
                Err(why) => return Step::Again(State::Over(Err(why))),
                Ok(None) => return Step::Nap(State::Hearing(heard)),
                Ok(Some(count)) => {
                    heard.extend_from_slice(&room[..count]);
                    count == 0 || room[..count].contains(&b'\n')
                }
            };
            if heard.len() > LIMIT {
                return Step::Again(State::Over(Err("읽을 수 없는 메시지")));
            }
            if !done {
                return Step::Again(State::Hearing(heard));
            }
            Step::Again(match understand(heard) {
                Ok(said) => {
                    let answer = format!("{guest}번째 손님, 반갑습니다.\n").into_bytes();
                    State::Answering { said, answer, sent: 0 }
                }
                Err(why) => State::Over(Err(why)),
            })
        }
        State::Answering { said, answer, sent } => match ready(end.write(&answer[sent..])) {
            Err(why) => Step::Again(State::Over(Err(why))),
            Ok(None) => Step::Nap(State::Answering { said, answer, sent }),
            Ok(Some(count)) if sent + count < answer.len() => {
                Step::Again(State::Answering { said, answer, sent: sent + count })
            }
            Ok(Some(_)) => match client.shutdown(Shutdown::Write) {
                Ok(()) => Step::Again(State::Parting { said }),
                Err(_) => Step::Again(State::Over(Ok(said))),
            },
        },
        State::Parting { said } => match ready(end.read(&mut [0; 2048])) {
            Ok(None) => Step::Nap(State::Parting { said }),
            Ok(Some(1..)) => Step::Again(State::Parting { said }),
            Ok(Some(0)) | Err(_) => Step::Again(State::Over(Ok(said))),
        },
        over @ State::Over(_) => Step::Again(over),
    }
}

fn serve(client: TcpStream, guest: u64, deadline: Instant) -> Result<String, &'static str> {
    client.set_nonblocking(true).map_err(|_| "연결이 끊김")?;
    let mut state = State::Hearing(Vec::new());
    loop {
        if let State::Over(outcome) = state {
            return outcome;
        }
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return match state {
                State::Parting { said } => Ok(said),
                _ => Err("시간이 다 됨"),
            };
        }
        state = match step(&client, guest, state) {
            Step::Again(state) => state,
            Step::Nap(state) => {
                thread::park_timeout(left.min(Duration::from_millis(3)));
                state
            }
        };
    }
}

fn wake(address: SocketAddr) {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        other => other,
    };
    drop(TcpStream::connect((ip, address.port())));
}

fn run(place: &str, patience: Duration) -> io::Result<()> {
    let listener = TcpListener::bind(place)?;
    let address = listener.local_addr()?;
    let stopping = Arc::new(AtomicBool::new(false));
    let stop = {
        let stopping = Arc::clone(&stopping);
        move || {
            if !stopping.swap(true, Ordering::AcqRel) {
                wake(address);
            }
        }
    };
    println!("서버가 시작되었습니다: {address} (stop이나 Ctrl-C로 끝냅니다)");
    ctrlc::set_handler(stop.clone()).map_err(io::Error::other)?;
    thread::spawn(move || {
        for line in io::stdin().lines().filter_map(Result::ok) {
            if line.trim() == "stop" {
                return stop();
            }
        }
    });
    let mut guest = 0;
    loop {
        let accepted = listener.accept();
        if stopping.load(Ordering::Acquire) {
            break;
        }
        let client = match accepted {
            Ok((client, _)) => client,
            Err(error) => {
                eprintln!("손님을 받지 못했습니다: {error}");
                thread::sleep(Duration::from_millis(100));
                continue;
            }
        };
        guest += 1;
        match serve(client, guest, Instant::now() + patience) {
            Ok(said) => println!("{guest}번째 손님: {said}"),
            Err(why) => println!("{guest}번째 손님을 놓쳤습니다: {why}"),
        }
    }
    println!("서버를 마칩니다. 손님 {guest}명");
    Ok(())
}

fn main() -> ExitCode {
    let mut given = std::env::args().skip(1);
    let place = given.next().unwrap_or_else(|| "127.0.0.1:12345".to_owned());
    let patience = given.next().and_then(|text| text.parse().ok()).unwrap_or(5_000);
    match run(&place, Duration::from_millis(patience)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("오류: {place}: {error}");
            ExitCode::FAILURE
        }
    }
}
