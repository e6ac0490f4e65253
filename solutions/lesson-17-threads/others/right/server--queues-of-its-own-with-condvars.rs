//! Right: a queue of its own, a deque under a mutex with a condvar, and a list of members; the thread that reads joins the one that writes.
use std::collections::VecDeque;
use std::io::{self, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

#[derive(Default)]
struct State {
    waiting: VecDeque<Vec<u8>>,
    closed: bool,
    done: bool,
}

struct Client {
    socket: TcpStream,
    state: Mutex<State>,
    changed: Condvar,
}

impl Client {
    fn put(&self, line: &str) {
        let mut state = self.state.lock().unwrap();
        if state.closed {
            return;
        }
        if state.waiting.len() == 10_000 {
            state.closed = true;
            state.waiting.clear();
            let _ = self.socket.shutdown(Shutdown::Both);
        } else {
            state.waiting.push_back(format!("{line}\n").into_bytes());
        }
        self.changed.notify_all();
    }

    fn close(&self) {
        self.state.lock().unwrap().closed = true;
        self.changed.notify_all();
    }

    /// Up to a hundred lines at once.
    fn take(&self) -> Option<Vec<u8>> {
        let state = self.state.lock().unwrap();
        let idle = |state: &mut State| state.waiting.is_empty() && !state.closed;
        let mut state = self.changed.wait_while(state, idle).unwrap();
        let count = state.waiting.len().min(100);
        let lines: Vec<_> = state.waiting.drain(..count).flatten().collect();
        (count > 0).then_some(lines)
    }

    fn write(&self) {
        while let Some(lines) = self.take() {
            if (&self.socket).write_all(&lines).is_err() {
                let _ = self.socket.shutdown(Shutdown::Both);
                break;
            }
        }
        let _ = self.socket.shutdown(Shutdown::Write);
        self.state.lock().unwrap().done = true;
        self.changed.notify_all();
    }

    fn end(&self) {
        self.close();
        let state = self.state.lock().unwrap();
        let patience = Duration::from_secs(2);
        let waited = self.changed.wait_timeout_while(state, patience, |it| !it.done);
        drop(waited);
        let _ = self.socket.set_read_timeout(Some(Duration::from_secs(1)));
        let _ = io::copy(&mut (&self.socket).take(100_000), &mut io::sink());
        let _ = self.socket.shutdown(Shutdown::Both);
    }
}

type Members = Mutex<Vec<(String, Arc<Client>)>>;

fn tell(members: &[(String, Arc<Client>)], but: &str, line: &str) {
    let others = members.iter().filter(|(name, _)| name != but);
    others.for_each(|(_, client)| client.put(line));
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
    let most = places();
    let address = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    let listener = TcpListener::bind(&address).unwrap_or_else(|error| {
        eprintln!("오류: {address}: {error}");
        std::process::exit(1)
    });
    let address = listener.local_addr().unwrap();
    println!("서버가 시작되었습니다: {address} (Enter로 끝냅니다)");
    let members: Arc<Members> = Arc::default();
    let places = Arc::new(());
    thread::spawn(move || {
        for socket in listener.incoming().flatten() {
            // Each thread holds one more of these.
            if Arc::strong_count(&places) > most {
                println!("돌려보냈습니다: 자리가 없습니다");
                let _ = (&socket).write_all("자리가 없습니다\n".as_bytes());
                continue;
            }
            let (members, place) = (Arc::clone(&members), Arc::clone(&places));
            thread::spawn(move || {
                serve(&members, socket);
                drop(place);
            });
        }
    });
    let mut typed = String::new();
    while io::stdin().read_line(&mut typed).is_ok_and(|it| it == 0) {
        thread::park();
    }
}

fn serve(members: &Members, socket: TcpStream) {
    let client = Arc::new(Client {
        socket,
        state: Mutex::default(),
        changed: Condvar::new(),
    });
    let writer = Arc::clone(&client);
    thread::spawn(move || writer.write());
    client.put("이름을 알려 주세요");
    let mut reader = BufReader::new(&client.socket);
    match next(&mut reader).and_then(|it| it.ok_or(None)).and_then(|name| {
        let count = join(members, &name, &client)?;
        println!("들어왔습니다: {name} ({count}명)");
        Ok(name)
    }) {
        Ok(name) => {
            let why = loop {
                match next(&mut reader) {
                    Ok(Some(line)) => {
                        let line: String = line.chars().filter(|it| !it.is_control()).collect();
                        tell(&members.lock().unwrap(), &name, &format!("{name}: {line}"));
                    }
                    Ok(None) => break None,
                    Err(why) => break why,
                }
            };
            if let Some(why) = why {
                client.put(why);
            }
            client.close();
            let mut members = members.lock().unwrap();
            members.retain(|(it, _)| *it != name);
            tell(&members, &name, &format!("{name}님이 나갔습니다"));
            println!("나갔습니다: {name} ({}명)", members.len());
        }
        Err(Some(why)) => {
            println!("돌려보냈습니다: {why}");
            client.put(why);
        }
        Err(None) => println!("이름 없이 나갔습니다"),
    }
    client.end();
}

type Why = Option<&'static str>;

fn join(members: &Members, name: &str, client: &Arc<Client>) -> Result<usize, Why> {
    if name.is_empty() || name.len() > 30 || name.chars().any(|it| it.is_control()) {
        return Err(Some("쓸 수 없는 이름입니다"));
    }
    let mut members = members.lock().unwrap();
    if members.iter().any(|(it, _)| it == name) {
        return Err(Some("이미 있는 이름입니다"));
    }
    tell(&members, "", &format!("{name}님이 들어왔습니다"));
    members.push((name.to_owned(), Arc::clone(client)));
    client.put(&format!("환영합니다: {name} ({}명)", members.len()));
    Ok(members.len())
}

/// A reset is an end as well.
fn next(reader: &mut BufReader<&TcpStream>) -> Result<Option<String>, Why> {
    let mut line = Vec::new();
    for byte in reader.bytes() {
        match byte {
            Ok(b'\n') => return text(line).map(Some),
            Ok(_) if line.len() > 1024 => return Err(Some("줄이 너무 깁니다")),
            Ok(byte) => line.push(byte),
            Err(_) => return Ok(None),
        }
    }
    if line.is_empty() { Ok(None) } else { text(line).map(Some) }
}

fn text(mut line: Vec<u8>) -> Result<String, Why> {
    if line.ends_with(b"\r") {
        line.pop();
    }
    if line.len() > 1024 {
        return Err(Some("줄이 너무 깁니다"));
    }
    String::from_utf8(line).map_err(|_| Some("UTF-8이 아닙니다"))
}
