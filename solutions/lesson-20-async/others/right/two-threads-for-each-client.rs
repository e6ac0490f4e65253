//! Right: two threads for each client, one that reads and one that writes, and no runtime.

use std::collections::HashMap;
use std::io::{self, BufReader, ErrorKind, prelude::*};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

const DEFAULT_ADDRESS: &str = "127.0.0.1:12345";
const DEFAULT_CLIENTS: &str = "8";
const NAME: usize = 30;
const LINE: usize = 1024;
const QUEUE: usize = 10_000;
const PATIENCE: Duration = Duration::from_secs(2);

#[derive(Debug)]
struct Room {
    most: usize,
    members: Mutex<Members>,
    connected: AtomicUsize,
}

type Members = HashMap<String, Member>;

#[derive(Debug)]
struct Member {
    lines: SyncSender<String>,
    client: Arc<TcpStream>,
    address: String,
}

#[derive(Debug)]
struct Place(Arc<Room>);

impl Room {
    fn new(most: usize) -> Self {
        Self {
            most,
            members: Mutex::default(),
            connected: AtomicUsize::new(0),
        }
    }

    fn members(&self) -> MutexGuard<'_, Members> {
        self.members.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    fn take(room: &Arc<Room>) -> Option<Self> {
        let place = Self(Arc::clone(room));
        let before = room.connected.fetch_add(1, Ordering::SeqCst);
        (before < room.most).then_some(place)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.connected.fetch_sub(1, Ordering::SeqCst);
    }
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or(DEFAULT_ADDRESS.to_owned());
    let clients = arguments.next().unwrap_or(DEFAULT_CLIENTS.to_owned());
    match run(&address, &clients) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("오류: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(address: &str, clients: &str) -> io::Result<()> {
    let room = Arc::new(Room::new(most_of(clients)?));
    let listener = TcpListener::bind(address)?;
    println!(
        "서버가 시작되었습니다: {} (Enter로 끝냅니다)",
        listener.local_addr()?
    );
    thread::spawn(end_on_enter);
    serve_everyone(&listener, &room);
    Ok(())
}

fn most_of(clients: &str) -> io::Result<usize> {
    match clients.parse() {
        Ok(most) if (1..=100_000).contains(&most) => Ok(most),
        _ => Err(io::Error::other("손님은 1명에서 100000명까지입니다")),
    }
}

fn serve_everyone(listener: &TcpListener, room: &Arc<Room>) {
    loop {
        let (client, address) = next_client(listener);
        let Some(place) = Place::take(room) else {
            turn_away(client);
            continue;
        };
        let room = Arc::clone(room);
        thread::spawn(move || {
            serve(&room, client, address.to_string());
            drop(place);
        });
    }
}

fn join(room: &Room, name: &str, member: Member) -> io::Result<usize> {
    if name.is_empty() || name.len() > NAME || name.chars().any(char::is_control) {
        return Err(refusal("쓸 수 없는 이름입니다"));
    }
    let mut members = room.members();
    if members.contains_key(name) {
        return Err(refusal("이미 있는 이름입니다"));
    }
    let count = members.len() + 1;
    let _ = member
        .lines
        .try_send(format!("환영합니다: {name} ({count}명)"));
    tell_others(&members, name, &format!("{name}님이 들어왔습니다"));
    members.insert(name.to_owned(), member);
    Ok(count)
}

fn tell_others(members: &Members, name: &str, line: &str) {
    for (other, member) in members {
        if other != name && member.lines.try_send(line.to_owned()).is_err() {
            eprintln!("{}: 큐가 가득 찼습니다", member.address);
            let _ = member.client.shutdown(Shutdown::Both);
        }
    }
}

fn leave(room: &Room, name: &str, ended: io::Result<()>) -> usize {
    let mut members = room.members();
    if let (Some(member), Some(why)) = (members.remove(name), reason(ended)) {
        let _ = member.lines.try_send(why);
    }
    tell_others(&members, name, &format!("{name}님이 나갔습니다"));
    members.len()
}

fn next_client(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept() {
            Ok(arrived) => return arrived,
            Err(error) => {
                eprintln!("손님을 받지 못했습니다: {error}");
                thread::sleep(Duration::from_millis(100));
            }
        }
    }
}

fn turn_away(mut client: TcpStream) {
    let why = "자리가 없습니다";
    println!("돌려보냈습니다: {why}");
    let _ = client.write_all(format!("{why}\n").as_bytes());
}

fn serve(room: &Room, client: TcpStream, address: String) {
    let client = Arc::new(client);
    let (lines, queue) = mpsc::sync_channel(QUEUE);
    let sent = send_from(queue, &client);
    let member = Member {
        lines,
        client: Arc::clone(&client),
        address,
    };
    take_part(room, member, BufReader::new(&*client));
    // 큐에 남은 줄이 나가기를, 오래는 아니게 기다립니다. / What is left in the queue may go out, if it does so soon.
    let _ = sent.recv_timeout(PATIENCE);
    part(&client);
}

fn take_part(room: &Room, member: Member, mut reader: impl BufRead) {
    let lines = member.lines.clone();
    let address = member.address.clone();
    let _ = lines.try_send("이름을 알려 주세요".to_owned());
    match named(room, member, &mut reader) {
        Ok(name) => {
            drop(lines);
            let ended = hear(room, &name, &mut reader);
            if let Some(why) = ended.as_ref().err().and_then(|it| what_broke(&address, it)) {
                eprintln!("{why}");
            }
            let count = leave(room, &name, ended);
            println!("나갔습니다: {name} ({count}명)");
        }
        Err(error) => {
            let broke = what_broke(&address, &error);
            match reason(Err(error)) {
                Some(why) => {
                    println!("돌려보냈습니다: {why}");
                    let _ = lines.try_send(why);
                }
                None => {
                    println!("이름 없이 나갔습니다");
                    broke.inspect(|why| eprintln!("{why}"));
                }
            }
        }
    }
}

fn what_broke(address: &str, error: &io::Error) -> Option<String> {
    let ended = [ErrorKind::InvalidData, ErrorKind::UnexpectedEof].contains(&error.kind());
    (!ended).then(|| format!("{address}: {error}"))
}

fn named(room: &Room, member: Member, reader: &mut impl BufRead) -> io::Result<String> {
    let name = next_line(reader)?.ok_or(ErrorKind::UnexpectedEof)?;
    let count = join(room, &name, member)?;
    println!("들어왔습니다: {name} ({count}명)");
    Ok(name)
}

fn hear(room: &Room, name: &str, reader: &mut impl BufRead) -> io::Result<()> {
    while let Some(line) = next_line(reader)? {
        let line: String = line.chars().filter(|it| !it.is_control()).collect();
        tell_others(&room.members(), name, &format!("{name}: {line}"));
    }
    Ok(())
}

fn next_line(reader: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    let most = LINE as u64 + 2;
    reader.take(most).read_until(b'\n', &mut line)?;
    if line.is_empty() {
        return Ok(None);
    }
    let text = line.strip_suffix(b"\n").unwrap_or(&line);
    let text = text.strip_suffix(b"\r").unwrap_or(text);
    if text.len() > LINE {
        return Err(refusal("줄이 너무 깁니다"));
    }
    match str::from_utf8(text) {
        Ok(text) => Ok(Some(text.to_owned())),
        Err(_) => Err(refusal("UTF-8이 아닙니다")),
    }
}

fn refusal(why: &str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, why)
}

fn reason(ended: io::Result<()>) -> Option<String> {
    let error = ended.err()?;
    (error.kind() == ErrorKind::InvalidData).then(|| error.to_string())
}

fn send_from(queue: Receiver<String>, client: &Arc<TcpStream>) -> Receiver<()> {
    let (sending, sent) = mpsc::channel();
    let client = Arc::clone(client);
    thread::spawn(move || {
        let send = |line| (&*client).write_all(format!("{line}\n").as_bytes());
        // 더 보낼 수 없으면 읽기도 끝나므로, 나머지는 읽는 스레드가 합니다.
        // Where nothing can be sent, reads end as well: the thread that reads does the rest.
        let _ = queue.into_iter().try_for_each(send);
        drop(sending);
    });
    sent
}

fn part(mut client: &TcpStream) {
    let deadline = Instant::now() + PATIENCE;
    let mut ignored = [0; 4096];
    let _ = client.shutdown(Shutdown::Write);
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        // 남은 시간이 0이면 실패합니다. / Fails where no time is left.
        let reads = client.set_read_timeout(Some(left));
        if !reads.is_ok_and(|()| client.read(&mut ignored).is_ok_and(|count| count > 0)) {
            return;
        }
    }
}

fn end_on_enter() {
    let mut line = String::new();
    if io::stdin()
        .read_line(&mut line)
        .is_ok_and(|count| count > 0)
    {
        std::process::exit(0);
    }
}
