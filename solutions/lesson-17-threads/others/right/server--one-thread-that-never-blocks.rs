//! Right: one thread over non-blocking sockets, as a reactor would be, that naps for a millisecond when nobody had anything.
use std::collections::VecDeque;
use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::time::{Duration, Instant};

struct Client {
    stream: TcpStream,
    name: Option<String>,
    read: Vec<u8>,
    lines: VecDeque<Vec<u8>>,
    sent: usize,
    /// Nothing more is heard from it; it is closed when all is sent and it has ended, or then.
    leaving: Option<Instant>,
    gone: bool,
}

fn main() {
    places();
    let address = std::env::args().nth(1);
    let listener = TcpListener::bind(address.unwrap_or("127.0.0.1:12345".to_owned()));
    let listener = listener.unwrap_or_else(|error| {
        eprintln!("오류: {error}");
        std::process::exit(1);
    });
    let address = listener.local_addr().expect("bound");
    listener.set_nonblocking(true).expect("a socket");
    println!("서버가 시작되었습니다: {address} (Enter로 끝냅니다)");
    std::thread::spawn(|| {
        let mut line = String::new();
        if std::io::stdin().read_line(&mut line).is_ok_and(|it| it > 0) {
            std::process::exit(0);
        }
    });
    let mut clients: Vec<Client> = Vec::new();
    loop {
        let mut busy = false;
        if let Ok((stream, _)) = listener.accept() {
            busy = true;
            greet(&mut clients, stream);
        }
        for at in 0..clients.len() {
            busy |= hear(&mut clients, at);
            while take_a_line(&mut clients, at) {}
        }
        for client in &mut clients {
            busy |= send(client);
        }
        clients.retain(|it| !it.gone);
        if !busy {
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}

/// How many may be connected at once.
fn places() -> usize {
    let number = std::env::args().nth(2).unwrap_or("8".to_owned());
    match number.parse() {
        Ok(number) if (1..=100_000).contains(&number) => number,
        _ => {
            eprintln!("오류: 손님은 1명에서 100000명까지입니다");
            std::process::exit(1);
        }
    }
}

fn greet(clients: &mut Vec<Client>, stream: TcpStream) {
    if clients.len() == places() {
        let _ = (&stream).write_all("자리가 없습니다\n".as_bytes());
        println!("돌려보냈습니다: 자리가 없습니다");
        return;
    }
    if stream.set_nonblocking(true).is_err() {
        return;
    }
    let mut client = Client {
        stream,
        name: None,
        read: Vec::new(),
        lines: VecDeque::new(),
        sent: 0,
        leaving: None,
        gone: false,
    };
    client.say("이름을 알려 주세요");
    clients.push(client);
}

impl Client {
    fn say(&mut self, line: &str) {
        if self.lines.len() < 10_000 {
            self.lines.push_back(format!("{line}\n").into_bytes());
        } else {
            self.lines.clear();
            let _ = self.stream.shutdown(Shutdown::Both);
        }
    }
}

fn others(clients: &mut [Client], me: usize, line: &str) {
    for (at, client) in clients.iter_mut().enumerate() {
        if at != me && client.name.is_some() {
            client.say(line);
        }
    }
}

fn members(clients: &[Client]) -> usize {
    clients.iter().filter(|it| it.name.is_some()).count()
}

fn leave(clients: &mut [Client], me: usize, why: Option<&str>) {
    if clients[me].leaving.is_some() {
        return;
    }
    clients[me].leaving = Some(Instant::now() + Duration::from_secs(2));
    clients[me].read.clear();
    if let Some(why) = why {
        clients[me].say(why);
    }
    match (clients[me].name.take(), why) {
        (Some(name), _) => {
            others(clients, me, &format!("{name}님이 나갔습니다"));
            println!("나갔습니다: {name} ({}명)", members(clients));
        }
        (None, Some(why)) => println!("돌려보냈습니다: {why}"),
        (None, None) => println!("이름 없이 나갔습니다"),
    }
}

/// Whether anything came.
fn hear(clients: &mut [Client], me: usize) -> bool {
    let mut buffer = [0; 4096];
    let client = &mut clients[me];
    match client.stream.read(&mut buffer) {
        Ok(0) if client.leaving.is_some() => {
            client.gone = client.lines.is_empty();
            false
        }
        Ok(0) => {
            if !client.read.is_empty() {
                client.read.push(b'\n');
                while take_a_line(clients, me) {}
            }
            leave(clients, me, None);
            true
        }
        Ok(count) => {
            if client.leaving.is_none() {
                client.read.extend_from_slice(&buffer[..count]);
            }
            true
        }
        Err(error) if error.kind() == ErrorKind::WouldBlock => {
            client.gone |= client.leaving.is_some_and(|until| until < Instant::now());
            false
        }
        Err(_) => {
            leave(clients, me, None);
            clients[me].gone = true;
            true
        }
    }
}

fn take_a_line(clients: &mut [Client], me: usize) -> bool {
    let client = &mut clients[me];
    if client.leaving.is_some() {
        return false;
    }
    let Some(end) = client.read.iter().position(|it| *it == b'\n') else {
        if client.read.len() > 1025 {
            leave(clients, me, Some("줄이 너무 깁니다"));
        }
        return false;
    };
    let mut line: Vec<u8> = client.read.drain(..=end).collect();
    line.pop();
    if line.ends_with(b"\r") {
        line.pop();
    }
    if line.len() > 1024 {
        leave(clients, me, Some("줄이 너무 깁니다"));
        return false;
    }
    let Ok(line) = String::from_utf8(line) else {
        leave(clients, me, Some("UTF-8이 아닙니다"));
        return false;
    };
    match client.name.clone() {
        Some(name) => {
            let line = line.replace(|it: char| it.is_control(), "");
            others(clients, me, &format!("{name}: {line}"));
        }
        None => join(clients, me, line),
    }
    true
}

fn join(clients: &mut [Client], me: usize, name: String) {
    let usable = !name.is_empty() && name.len() <= 30 && !name.contains(char::is_control);
    if !usable {
        return leave(clients, me, Some("쓸 수 없는 이름입니다"));
    }
    if clients.iter().any(|it| it.name.as_ref() == Some(&name)) {
        return leave(clients, me, Some("이미 있는 이름입니다"));
    }
    let count = members(clients) + 1;
    clients[me].say(&format!("환영합니다: {name} ({count}명)"));
    others(clients, me, &format!("{name}님이 들어왔습니다"));
    println!("들어왔습니다: {name} ({count}명)");
    clients[me].name = Some(name);
}

fn send(client: &mut Client) -> bool {
    let mut busy = false;
    while let Some(line) = client.lines.front() {
        match client.stream.write(&line[client.sent..]) {
            Ok(count) => {
                busy = true;
                client.sent += count;
                if client.sent == line.len() {
                    client.lines.pop_front();
                    client.sent = 0;
                }
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => return busy,
            Err(_) => {
                client.lines.clear();
                client.sent = 0;
            }
        }
    }
    if client.leaving.is_some() {
        let _ = client.stream.shutdown(Shutdown::Write);
    }
    busy
}
