//! Right: for each client a thread that reads and parses, and a channel of events to the thread that talks and writes
use std::io::{self, ErrorKind, prelude::*};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::ExitCode;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

enum Event {
    Coming(u32),
    Whole(Vec<u8>),
    Ended(String),
}

fn run() -> io::Result<()> {
    let listener = TcpListener::bind(address())?;
    say(&format!(
        "서버가 시작되었습니다: {} (Enter로 끝냅니다)",
        listener.local_addr()?
    ));
    thread::spawn(end_on_enter);
    for client in listener.incoming() {
        let line = match client.and_then(talk) {
            Ok(line) => line,
            Err(error) => failure(&error),
        };
        say(&line);
    }
    Ok(())
}

fn talk(mut client: TcpStream) -> io::Result<String> {
    let reader = client.try_clone()?;
    send(&mut client, "반갑습니다".as_bytes())?;
    let (events, inbox) = sync_channel(0);
    let worker = thread::spawn(move || listen_to(reader, &events));
    let mut result = Err(io::Error::other("the reader stopped"));
    for event in inbox.iter() {
        match event {
            Event::Coming(length) => say(&format!("{length}바이트짜리 메시지가 옵니다")),
            Event::Whole(body) => {
                if let Err(error) = send(&mut client, &body) {
                    let _ = client.shutdown(Shutdown::Both);
                    result = Err(error);
                    break;
                }
            }
            Event::Ended(line) => {
                result = Ok(line);
                break;
            }
        }
    }
    drop(inbox);
    let _ = worker.join();
    result
}

fn listen_to(mut client: TcpStream, events: &SyncSender<Event>) {
    let line = loop {
        let mut header = Vec::with_capacity(4);
        match Read::by_ref(&mut client).take(4).read_to_end(&mut header) {
            Ok(0) => break "손님이 끝냈습니다".to_owned(),
            Ok(4) => {}
            Ok(_) => break "메시지가 중간에 끝났습니다".to_owned(),
            Err(error) => break failure(&error),
        }
        let length = header.iter().fold(0, |sum, &b| sum << 8 | u32::from(b));
        if events.send(Event::Coming(length)).is_err() {
            return;
        }
        if length > 65_536 {
            break format!("너무 깁니다: {length}바이트");
        }
        let mut body = Vec::new();
        match Read::by_ref(&mut client).take(length.into()).read_to_end(&mut body) {
            Ok(count) if count == length as usize => {}
            Ok(_) => break "메시지가 중간에 끝났습니다".to_owned(),
            Err(error) => break failure(&error),
        }
        if events.send(Event::Whole(body)).is_err() {
            return;
        }
    };
    let _ = events.send(Event::Ended(line));
}

fn failure(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::ConnectionReset => "손님이 끊었습니다 (RST)".to_owned(),
        _ => format!("오류: {error}"),
    }
}

fn send(client: &mut TcpStream, body: &[u8]) -> io::Result<()> {
    let length = u32::try_from(body.len()).map_err(io::Error::other)?;
    client.write_all(&[&length.to_be_bytes(), body].concat())
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
