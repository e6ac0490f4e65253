//! Right: no time-out anywhere: a thread of each client reads, to its very end, and another answers what comes by a queue; the stop is put into every queue

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::exit;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

const SORRY: &str = "1부터 2000000까지의 수를 보내 주세요";

enum News {
    Client(TcpStream),
    Left(u64),
    Stop,
}

enum Message {
    Line(Vec<u8>),
    Long,
    Over,
}

#[derive(Default)]
struct Office {
    closing: AtomicBool,
    desks: Mutex<HashMap<u64, Sender<Message>>>,
}

fn read_on(stream: &TcpStream, desk: &Sender<Message>) -> io::Result<()> {
    let mut reader = BufReader::new(stream);
    loop {
        let mut line = Vec::new();
        reader.by_ref().take(1026).read_until(b'\n', &mut line)?;
        if line.is_empty() {
            return Ok(());
        }
        let ended = line.last() == Some(&b'\n');
        let text = line.strip_suffix(b"\n").unwrap_or(&line);
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        let long = text.len() > 1024 || !ended && line.len() == 1026;
        let message = if long {
            Message::Long
        } else {
            Message::Line(text.to_vec())
        };
        let _ = desk.send(message);
        if long {
            io::copy(&mut reader, &mut io::sink())?;
            return Ok(());
        }
    }
}

fn answer(mut stream: &TcpStream, line: &[u8]) -> io::Result<()> {
    let number = std::str::from_utf8(line)
        .ok()
        .and_then(|it| it.parse().ok());
    match number {
        Some(most @ 1..=2_000_000_u32) => {
            let mut out = BufWriter::with_capacity(1 << 16, stream);
            (1..=most).try_for_each(|it| writeln!(out, "{it}"))?;
            out.flush()
        }
        _ => stream.write_all(format!("{SORRY}\n").as_bytes()),
    }
}

fn write_on(mut stream: &TcpStream, desk: Receiver<Message>, office: &Office) -> io::Result<()> {
    stream.write_all("몇까지 셀까요?\n".as_bytes())?;
    let mut last = None;
    for message in desk {
        match message {
            Message::Line(_) | Message::Long if office.closing.load(SeqCst) => {}
            Message::Line(line) => answer(stream, &line)?,
            Message::Long => {
                last = Some(SORRY);
                break;
            }
            Message::Over => break,
        }
    }
    if office.closing.load(SeqCst) && last.is_none() {
        last = Some("서버가 끝납니다");
    }
    if let Some(words) = last {
        stream.write_all(format!("{words}\n").as_bytes())?;
    }
    stream.shutdown(Shutdown::Write)
}

fn attend(stream: TcpStream, id: u64, office: &Arc<Office>, news: &Sender<News>) {
    let (desk, messages) = channel();
    office.desks.lock().unwrap().insert(id, desk.clone());
    let stream = Arc::new(stream);
    let (office, news) = (Arc::clone(office), news.clone());
    thread::spawn(move || {
        let reading = Arc::clone(&stream);
        let room = Arc::clone(&office);
        let reader = thread::spawn(move || {
            if read_on(&reading, &desk).is_err() {
                let _ = reading.shutdown(Shutdown::Both);
            }
            room.desks.lock().unwrap().remove(&id);
        });
        if write_on(&stream, messages, &office).is_err() {
            let _ = stream.shutdown(Shutdown::Both);
        }
        let _ = reader.join();
        drop(stream);
        let _ = news.send(News::Left(id));
    });
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let address = arguments.get(1).map_or("127.0.0.1:12345", String::as_str);
    let seconds = arguments.get(2).map_or(Ok(10), |it| it.parse::<u64>());
    let Ok(seconds @ 1..=600) = seconds else {
        eprintln!("1..600");
        exit(1)
    };
    let listener = TcpListener::bind(address).unwrap_or_else(|error| {
        eprintln!("{address}: {error}");
        exit(1)
    });
    let own = listener.local_addr().unwrap();
    let (news, events) = channel();
    let told = news.clone();
    ctrlc::set_handler(move || drop(told.send(News::Stop))).unwrap();
    let typed = news.clone();
    thread::spawn(move || {
        let mut keys = io::stdin().lock();
        let mut line = Vec::new();
        while keys
            .read_until(b'\n', &mut line)
            .is_ok_and(|count| count > 0)
        {
            let _ = typed.send(News::Stop);
        }
    });
    println!("서버가 시작되었습니다: {own} (Enter나 Ctrl-C로 끝냅니다)");
    let office = Arc::new(Office::default());
    let (room, door) = (Arc::clone(&office), news.clone());
    let accepting = thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            if room.closing.load(SeqCst) {
                break;
            }
            let _ = door.send(News::Client(stream));
        }
    });
    let mut accepting = Some(accepting);
    let (mut here, mut id) = (0, 0);
    let mut until: Option<Instant> = None;
    loop {
        let limit = until.map_or(Duration::from_secs(3600), |it| {
            it.saturating_duration_since(Instant::now())
        });
        match events.recv_timeout(limit) {
            Ok(News::Client(stream)) => {
                here += 1;
                id += 1;
                println!("손님이 왔습니다 ({here}명)");
                attend(stream, id, &office, &news);
                if office.closing.load(SeqCst) {
                    close_the_desks(&office);
                }
            }
            Ok(News::Left(_)) => {
                here -= 1;
                println!("손님이 갔습니다 ({here}명)");
            }
            Ok(News::Stop) if until.is_some() => {
                println!("바로 끝냅니다 (손님 {here}명)");
                exit(130)
            }
            Ok(News::Stop) => {
                until = Some(Instant::now() + Duration::from_secs(seconds));
                office.closing.store(true, SeqCst);
                let _ = TcpStream::connect(own);
                let _ = accepting.take().unwrap().join();
                println!("끝내는 중입니다 (손님 {here}명)");
                close_the_desks(&office);
            }
            Err(RecvTimeoutError::Timeout) if until.is_some() => {
                println!("더 기다리지 않습니다 (손님 {here}명)");
                exit(0)
            }
            Err(_) => {}
        }
        if here == 0 && until.is_some() {
            println!("모두 보냈습니다");
            exit(0)
        }
    }
}

fn close_the_desks(office: &Office) {
    for desk in office.desks.lock().unwrap().values() {
        let _ = desk.send(Message::Over);
    }
}
