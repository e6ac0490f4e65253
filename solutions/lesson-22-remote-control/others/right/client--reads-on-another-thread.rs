//! Right: one thread reads through a buffer and sends what it understood over a channel; another obeys.
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;
use std::{env, process, thread};

enum Heard {
    After(u64),
    Command(u64, String),
    Rubbish(String),
}

fn understood(text: &str) -> Heard {
    let number = |text: &str| text.parse::<u64>().ok().filter(|it| it.to_string() == text);
    match text.split_once(' ') {
        Some(("after", rest)) if number(rest).is_some() => Heard::After(number(rest).unwrap_or(0)),
        Some((id, command)) if number(id).is_some() => {
            Heard::Command(number(id).unwrap_or(0), command.to_string())
        }
        _ => Heard::Rubbish(format!("what is {text:?}?")),
    }
}

fn listen(stream: TcpStream) -> Receiver<Heard> {
    let (tell, heard) = channel();
    thread::spawn(move || {
        let mut reader = BufReader::with_capacity(16, stream);
        while reader.fill_buf().is_ok_and(|rest| !rest.is_empty()) {
            let mut size = [0u8; 4];
            if reader.read_exact(&mut size).is_err() {
                break;
            }
            let size = size.iter().fold(0usize, |sum, byte| sum << 8 | *byte as usize);
            let mut body = vec![0u8; size.min(1025)];
            let event = if size > 1024 {
                Heard::Rubbish(format!("{size} bytes"))
            } else if reader.read_exact(&mut body).is_err() {
                break;
            } else {
                match std::str::from_utf8(&body) {
                    Ok(text) => understood(text),
                    Err(error) => Heard::Rubbish(error.to_string()),
                }
            };
            let over = matches!(event, Heard::Rubbish(_));
            if tell.send(event).is_err() || over {
                break;
            }
        }
    });
    heard
}

fn say(mut stream: &TcpStream, text: String) -> bool {
    let mut bytes = vec![0, 0, (text.len() >> 8) as u8, text.len() as u8];
    bytes.extend(text.bytes());
    stream.write_all(&bytes).is_ok()
}

fn once(address: &str, done: &mut u64) -> bool {
    let Ok(stream) = TcpStream::connect(address) else {
        return false;
    };
    let Ok(ear) = stream.try_clone() else {
        return false;
    };
    say(&stream, format!("last {done}"));
    let mut connected = false;
    for event in listen(ear) {
        match event {
            Heard::After(number) if !connected => {
                *done = number;
                connected = true;
                println!("연결되었습니다: {address}");
            }
            Heard::Command(id, command) if connected => {
                if id > *done {
                    println!("명령: {command}");
                    *done = id;
                }
                if !say(&stream, format!("done {id}")) {
                    break;
                }
            }
            Heard::Rubbish(what) => {
                eprintln!("{what}");
                break;
            }
            _ => {
                eprintln!("out of turn");
                break;
            }
        }
    }
    let _ = stream.shutdown(std::net::Shutdown::Both);
    connected
}

fn main() {
    let address = env::args().nth(1).unwrap_or("127.0.0.1:9090".to_string());
    thread::spawn(|| {
        let mut line = String::new();
        if matches!(std::io::stdin().read_line(&mut line), Ok(1..)) {
            process::exit(0);
        }
    });
    let (mut done, mut failures) = (0, 0);
    let mut told = false;
    loop {
        if once(&address, &mut done) {
            failures = 0;
            told = false;
        }
        if !told {
            println!("끊겼습니다");
            told = true;
        }
        thread::sleep(Duration::from_millis((100u64 << failures.min(5)).min(2000)));
        failures += 1;
    }
}
