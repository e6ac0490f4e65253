//! Right: no channel: a counter under a mutex with a condvar; the listener is non-blocking and asked every few milliseconds, the clients are looked at by peek

use std::fmt::Write as _;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::ExitCode;
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{sleep, spawn};
use std::time::{Duration, Instant};

#[derive(Default)]
struct Counts {
    clients: usize,
    stops: usize,
}

#[derive(Default)]
struct Shared {
    counts: Mutex<Counts>,
    changed: Condvar,
}

impl Shared {
    fn client(&self, comes: bool) {
        let mut counts = self.counts.lock().unwrap();
        if comes {
            counts.clients += 1;
            println!("손님이 왔습니다 ({}명)", counts.clients);
        } else {
            counts.clients -= 1;
            println!("손님이 갔습니다 ({}명)", counts.clients);
        }
        self.changed.notify_all();
    }

    fn stop(&self) {
        self.counts.lock().unwrap().stops += 1;
        self.changed.notify_all();
    }

    fn stopped(&self) -> bool {
        self.counts.lock().unwrap().stops > 0
    }
}

enum Next {
    Line(Vec<u8>),
    Long,
    End,
    Stop,
}

fn next(stream: &mut TcpStream, kept: &mut Vec<u8>, shared: &Shared) -> io::Result<Next> {
    loop {
        if shared.stopped() {
            return Ok(Next::Stop);
        }
        if let Some(at) = kept.iter().position(|&byte| byte == b'\n') {
            let rest = kept.split_off(at + 1);
            return Ok(line(std::mem::replace(kept, rest)));
        }
        if kept.len() > 1025 {
            return Ok(Next::Long);
        }
        stream.set_read_timeout(Some(Duration::from_millis(20)))?;
        match stream.peek(&mut [0]) {
            Ok(0) if kept.is_empty() => return Ok(Next::End),
            Ok(0) => return Ok(line(std::mem::take(kept))),
            Ok(_) => {
                let mut part = [0; 300];
                let count = stream.read(&mut part)?;
                kept.extend(&part[..count]);
            }
            Err(error)
                if [
                    ErrorKind::WouldBlock,
                    ErrorKind::TimedOut,
                    ErrorKind::Interrupted,
                ]
                .contains(&error.kind()) => {}
            Err(error) => return Err(error),
        }
    }
}

fn line(mut line: Vec<u8>) -> Next {
    if line.ends_with(b"\n") {
        line.pop();
    }
    if line.ends_with(b"\r") {
        line.pop();
    }
    if line.len() > 1024 {
        Next::Long
    } else {
        Next::Line(line)
    }
}

fn converse(stream: &mut TcpStream, shared: &Shared) -> io::Result<()> {
    stream.write_all("몇까지 셀까요?\n".as_bytes())?;
    let sorry = "1부터 2000000까지의 수를 보내 주세요\n";
    let mut kept = Vec::new();
    let last = loop {
        match next(stream, &mut kept, shared)? {
            Next::End => return Ok(()),
            Next::Long => break sorry,
            Next::Stop => break "서버가 끝납니다\n",
            Next::Line(line) => {
                let number = String::from_utf8(line)
                    .ok()
                    .and_then(|it| it.parse::<u32>().ok());
                let Some(number) = number.filter(|it| (1..=2_000_000).contains(it)) else {
                    stream.write_all(sorry.as_bytes())?;
                    continue;
                };
                let mut reply = String::new();
                for count in 1..=number {
                    let _ = writeln!(reply, "{count}");
                }
                stream.write_all(reply.as_bytes())?;
            }
        }
    };
    stream.write_all(last.as_bytes())?;
    stream.shutdown(Shutdown::Write)?;
    loop {
        match stream.read(&mut [0; 512]) {
            Ok(0) => return Ok(()),
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::ConnectionReset => return Err(error),
            Err(_) => {}
        }
    }
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or("127.0.0.1:12345".into());
    let seconds = arguments.next().map_or(Some(10), |it| it.parse().ok());
    let Some(seconds) = seconds.filter(|it| (1..=600).contains(it)) else {
        eprintln!("the seconds: 1 to 600");
        return ExitCode::from(2);
    };
    let listener = match TcpListener::bind(&address) {
        Ok(listener) => listener,
        Err(error) => {
            eprintln!("{address}: {error}");
            return ExitCode::FAILURE;
        }
    };
    listener.set_nonblocking(true).unwrap();
    let shared = Arc::new(Shared::default());
    let by_signal = Arc::clone(&shared);
    ctrlc::set_handler(move || by_signal.stop()).unwrap();
    let by_key = Arc::clone(&shared);
    spawn(move || io::stdin().lines().for_each(|_| by_key.stop()));
    println!(
        "서버가 시작되었습니다: {} (Enter나 Ctrl-C로 끝냅니다)",
        listener.local_addr().unwrap()
    );
    while !shared.stopped() {
        match listener.accept() {
            Ok((mut stream, _)) => {
                shared.client(true);
                let shared = Arc::clone(&shared);
                spawn(move || {
                    let _ = stream
                        .set_nonblocking(false)
                        .and_then(|()| converse(&mut stream, &shared));
                    drop(stream);
                    shared.client(false);
                });
            }
            Err(_) => sleep(Duration::from_millis(5)),
        }
    }
    let deadline = Instant::now() + Duration::from_secs(seconds);
    drop(listener);
    let mut counts = shared.counts.lock().unwrap();
    println!("끝내는 중입니다 (손님 {}명)", counts.clients);
    loop {
        if counts.clients == 0 {
            println!("모두 보냈습니다");
            return ExitCode::SUCCESS;
        }
        if counts.stops > 1 {
            println!("바로 끝냅니다 (손님 {}명)", counts.clients);
            return ExitCode::from(130);
        }
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            println!("더 기다리지 않습니다 (손님 {}명)", counts.clients);
            return ExitCode::SUCCESS;
        }
        counts = shared.changed.wait_timeout(counts, left).unwrap().0;
    }
}
