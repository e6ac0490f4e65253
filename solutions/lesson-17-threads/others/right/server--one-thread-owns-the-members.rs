//! Right: one thread owns the members and takes events from a channel; nothing is locked, and it alone prints.
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

enum Event {
    Came(TcpStream),
    Named(u64, Result<String, &'static str>),
    Said(u64, String),
    Gone(u64, Option<&'static str>),
    Closed(u64),
    Enter,
}

struct Client {
    stream: TcpStream,
    lines: Option<SyncSender<String>>,
    name: Option<String>,
}

#[derive(Default)]
struct Hall {
    clients: BTreeMap<u64, Client>,
    members: usize,
}

impl Hall {
    fn say(&self, to: u64, line: &str) {
        let Some(client) = self.clients.get(&to) else {
            return;
        };
        let Some(lines) = &client.lines else { return };
        if lines.try_send(line.to_owned()).is_err() {
            let _ = client.stream.shutdown(Shutdown::Both);
        }
    }

    fn say_to_others(&self, from: u64, line: &str) {
        for (id, client) in &self.clients {
            if *id != from && client.name.is_some() {
                self.say(*id, line);
            }
        }
    }

    fn is_taken(&self, name: &str) -> bool {
        let mut names = self.clients.values().filter_map(|it| it.name.as_deref());
        names.any(|it| it == name)
    }

    fn refuse(&mut self, id: u64, why: &str) {
        self.say(id, why);
        println!("돌려보냈습니다: {why}");
        self.clients.entry(id).and_modify(|it| it.lines = None);
    }

    fn named(&mut self, id: u64, name: Result<String, &'static str>) -> bool {
        let name = match name {
            Ok(name) if name.is_empty() || name.len() > 30 || name.contains(char::is_control) => {
                self.refuse(id, "쓸 수 없는 이름입니다");
                return false;
            }
            Ok(name) if self.is_taken(&name) => {
                self.refuse(id, "이미 있는 이름입니다");
                return false;
            }
            Ok(name) => name,
            Err("") => {
                println!("이름 없이 나갔습니다");
                self.clients.entry(id).and_modify(|it| it.lines = None);
                return false;
            }
            Err(why) => {
                self.refuse(id, why);
                return false;
            }
        };
        self.members += 1;
        self.say(id, &format!("환영합니다: {name} ({}명)", self.members));
        self.say_to_others(id, &format!("{name}님이 들어왔습니다"));
        println!("들어왔습니다: {name} ({}명)", self.members);
        self.clients.entry(id).and_modify(|it| it.name = Some(name));
        true
    }

    fn gone(&mut self, id: u64, why: Option<&str>) {
        if let Some(why) = why {
            self.say(id, why);
        }
        let Some(client) = self.clients.get_mut(&id) else {
            return;
        };
        client.lines = None;
        if let Some(name) = client.name.take() {
            self.members -= 1;
            self.say_to_others(id, &format!("{name}님이 나갔습니다"));
            println!("나갔습니다: {name} ({}명)", self.members);
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

fn main() {
    places();
    let address = std::env::args().nth(1);
    let address = address.unwrap_or_else(|| "127.0.0.1:12345".to_owned());
    let listener = match TcpListener::bind(&address) {
        Ok(listener) => listener,
        Err(error) => {
            eprintln!("오류: {address}: {error}");
            std::process::exit(1);
        }
    };
    let address = listener.local_addr().expect("it is bound");
    println!("서버가 시작되었습니다: {address} (Enter로 끝냅니다)");
    let (events, all) = channel();
    let of_accept = events.clone();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let _ = of_accept.send(Event::Came(stream));
        }
    });
    let of_keyboard = events.clone();
    thread::spawn(move || {
        if std::io::stdin().lines().next().is_some() {
            let _ = of_keyboard.send(Event::Enter);
        }
    });
    rule(&all, &events);
}

fn rule(all: &Receiver<Event>, events: &Sender<Event>) {
    let mut hall = Hall::default();
    let mut answers: BTreeMap<u64, Sender<bool>> = BTreeMap::new();
    for (id, event) in (0..).zip(all) {
        match event {
            Event::Enter => return,
            Event::Came(stream) if hall.clients.len() >= places() => {
                let _ = (&stream).write_all("자리가 없습니다\n".as_bytes());
                println!("돌려보냈습니다: 자리가 없습니다");
            }
            Event::Came(stream) => {
                let (answer, answered) = channel();
                answers.insert(id, answer);
                let lines = welcome(id, &stream, events.clone(), answered);
                let client = Client {
                    stream,
                    lines: Some(lines),
                    name: None,
                };
                hall.clients.insert(id, client);
                hall.say(id, "이름을 알려 주세요");
            }
            Event::Named(of, name) => {
                let is_in = hall.named(of, name);
                if let Some(answer) = answers.remove(&of) {
                    let _ = answer.send(is_in);
                }
            }
            Event::Said(of, line) => {
                if let Some(name) = hall.clients.get(&of).and_then(|it| it.name.clone()) {
                    hall.say_to_others(of, &format!("{name}: {line}"));
                }
            }
            Event::Gone(of, why) => hall.gone(of, why),
            Event::Closed(of) => drop(hall.clients.remove(&of)),
        }
    }
}

fn welcome(
    id: u64,
    stream: &TcpStream,
    events: Sender<Event>,
    answered: Receiver<bool>,
) -> SyncSender<String> {
    let (lines, queue) = sync_channel::<String>(10_000);
    let mut to = stream.try_clone().expect("a descriptor");
    let sending = thread::spawn(move || {
        for line in queue {
            if to.write_all((line + "\n").as_bytes()).is_err() {
                return;
            }
        }
        let _ = to.shutdown(Shutdown::Write);
    });
    let from = stream.try_clone().expect("a descriptor");
    thread::spawn(move || {
        listen(id, &from, &events, &answered);
        let until = Instant::now() + Duration::from_secs(2);
        while !sending.is_finished() && Instant::now() < until {
            thread::sleep(Duration::from_millis(1));
        }
        let _ = from.set_read_timeout(Some(Duration::from_secs(1)));
        let mut rest = [0; 512];
        while Instant::now() < until && (&from).read(&mut rest).is_ok_and(|it| it > 0) {}
        let _ = from.shutdown(Shutdown::Both);
        let _ = events.send(Event::Closed(id));
    });
    lines
}

fn listen(id: u64, from: &TcpStream, events: &Sender<Event>, answered: &Receiver<bool>) {
    let mut reader = BufReader::with_capacity(64, from);
    let name = match line_of(&mut reader) {
        Line::Text(name) => Ok(name),
        Line::End => Err(""),
        Line::Bad(why) => Err(why),
    };
    let _ = events.send(Event::Named(id, name));
    if answered.recv() != Ok(true) {
        return;
    }
    let why = loop {
        match line_of(&mut reader) {
            Line::Text(line) => {
                let line = line.replace(char::is_control, "");
                let _ = events.send(Event::Said(id, line));
            }
            Line::End => break None,
            Line::Bad(why) => break Some(why),
        }
    };
    let _ = events.send(Event::Gone(id, why));
}

enum Line {
    Text(String),
    End,
    Bad(&'static str),
}

fn line_of(reader: &mut impl BufRead) -> Line {
    let mut line = Vec::new();
    loop {
        let part = match reader.fill_buf() {
            Ok(part) => part,
            Err(_) => return Line::End,
        };
        let end = part.iter().position(|byte| *byte == b'\n');
        line.extend_from_slice(&part[..end.unwrap_or(part.len())]);
        let taken = end.map_or(part.len(), |end| end + 1);
        reader.consume(taken);
        let is_over = end.is_some() || taken == 0;
        if is_over && line.last() == Some(&b'\r') {
            line.pop();
        }
        if line.len() > 1025 || (is_over && line.len() > 1024) {
            return Line::Bad("줄이 너무 깁니다");
        }
        if is_over && taken == 0 && line.is_empty() {
            return Line::End;
        }
        if is_over {
            return String::from_utf8(line).map_or(Line::Bad("UTF-8이 아닙니다"), Line::Text);
        }
    }
}
