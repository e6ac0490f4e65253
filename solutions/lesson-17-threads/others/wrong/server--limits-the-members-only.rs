//! Wrong: only members count for the limit, clients without a name do not
//! Steps written: 1-5
//! At fault: 1
//!
//! 레슨 17 threads: 손님마다 스레드를 두는 채팅 서버.
//! Lesson 17 threads: a chat server with threads for every client.

use std::collections::HashMap;
use std::io::{self, BufReader, ErrorKind, prelude::*};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

const DEFAULT_ADDRESS: &str = "127.0.0.1:12345";
/// 한 번에 이만큼만 연결되어 있습니다. / No more than this many are connected at once.
const DEFAULT_CLIENTS: &str = "8";
/// 이름은 이보다 길 수 없습니다(바이트). / A name may not be longer, in bytes.
const NAME: usize = 30;
/// 줄은 줄 끝을 빼고 이보다 길 수 없습니다(바이트). / A line may not be longer, in bytes, without its end.
const LINE: usize = 1024;
/// 한 사람에게 보낼 줄은 이만큼까지 기다립니다. / So many lines may wait to be sent to one member.
const QUEUE: usize = 10_000;
/// 떠나는 손님을 기다려 주는 시간. / How long a client may take to leave.
const PATIENCE: Duration = Duration::from_secs(2);

/// 모든 스레드가 함께 가진 것. / What all threads share.
#[derive(Debug)]
struct Room {
    /// 한 번에 몇 명까지 연결되어 있을지. / How many may be connected at once.
    most: usize,
    members: Mutex<Members>,
    /// 이름을 아직 말하지 않은 손님까지. / Those who have not told a name as well.
    connected: AtomicUsize,
}

/// 이름으로 찾는 사람들. / The members, by name.
type Members = HashMap<String, Member>;

#[derive(Debug)]
struct Member {
    /// 큐. 여기에 넣은 줄을 이 사람의 스레드가 보냅니다. / A queue, from which a thread of its own sends.
    lines: SyncSender<String>,
    client: Arc<TcpStream>,
}

/// 차지한 자리 하나. 버려질 때, panic으로 버려질 때도, 자리를 돌려줍니다.
/// One place that is taken. When it is dropped, by a panic as well, the place is free again.
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
    /// 자리를 하나 차지합니다. 자리가 없으면 None. / Takes a place; None where there is none.
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

/// 둘째 인자: 한 번에 몇 명까지. / The second argument: how many at once.
fn most_of(clients: &str) -> io::Result<usize> {
    match clients.parse() {
        Ok(most) if (1..=100_000).contains(&most) => Ok(most),
        _ => Err(io::Error::other("손님은 1명에서 100000명까지입니다")),
    }
}

/// 손님을 끝없이 맞이합니다. 손님마다 스레드 하나가 serve를 부르고, 자리가 없으면 돌려보냅니다.
/// Serves everyone, forever: a thread for each client calls serve; whoever finds no place is turned away.
fn serve_everyone(listener: &TcpListener, room: &Arc<Room>) {
    loop {
        let client = next_client(listener);
        let place = (room.members().len() < room.most).then_some(());
        let Some(place) = place else {
            turn_away(client);
            continue;
        };
        let room = Arc::clone(room);
        thread::spawn(move || {
            serve(&room, client);
            let () = place;
        });
    }
}

/// 이름을 차지하고, 환영하고, 다른 사람들에게 알립니다: 모두 한 잠금 안에서. 이제 몇 명인지 돌려줍니다.
/// Takes the name, welcomes the member and tells the others, under one lock; returns how many there are now.
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

/// `name`이 아닌 모두의 큐에 줄을 넣습니다. 큐가 가득 찬 사람은 연결을 끊습니다.
/// Puts a line into everybody's queue but that of `name`. Whose queue is full is cut off.
fn tell_others(members: &Members, name: &str, line: &str) {
    for (other, member) in members {
        if other != name && member.lines.try_send(line.to_owned()).is_err() {
            let _ = member.client.shutdown(Shutdown::Both);
        }
    }
}

/// 어떻게 끝났든 이름을 비우고 다른 사람들에게 알립니다. 받아들일 수 없는 줄이었다면 본인에게도 이유를 말합니다.
/// 이제 몇 명인지 돌려줍니다.
/// However it ended: frees the name, tells the others, and tells the member why a line was refused;
/// returns how many there are now.
fn leave(room: &Room, name: &str, ended: io::Result<()>) -> usize {
    let mut members = room.members();
    if let (Some(member), Some(why)) = (members.remove(name), reason(ended)) {
        let _ = member.lines.try_send(why);
    }
    tell_others(&members, name, &format!("{name}님이 나갔습니다"));
    members.len()
}

/// 다음 연결. 받지 못했으면 조금 쉬고 다시 기다립니다(레슨 10).
/// The next connection; where accept fails, it rests a little and waits again (lesson 10).
fn next_client(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept() {
            Ok((client, _)) => return client,
            Err(error) => {
                eprintln!("손님을 받지 못했습니다: {error}");
                thread::sleep(Duration::from_millis(100));
            }
        }
    }
}

/// 자리가 없습니다. 짧은 한 줄은 새 연결의 송신 버퍼에 늘 들어갑니다.
/// There is no place. One short line always fits into the send buffer of a new connection.
fn turn_away(mut client: TcpStream) {
    let why = "자리가 없습니다";
    println!("돌려보냈습니다: {why}");
    let _ = client.write_all(format!("{why}\n").as_bytes());
}

/// 손님 한 명의 처음부터 끝까지. / One client, from its beginning to its end.
fn serve(room: &Room, client: TcpStream) {
    let client = Arc::new(client);
    let (lines, queue) = mpsc::sync_channel(QUEUE);
    let sent = send_from(queue, &client);
    let member = Member {
        lines,
        client: Arc::clone(&client),
    };
    take_part(room, member, BufReader::new(&*client));
    // 큐에 남은 줄이 나가기를, 오래는 아니게 기다립니다. / What is left in the queue may go out, if it does so soon.
    let _ = sent.recv_timeout(PATIENCE);
    part(&client);
}

/// 이름을 묻고, 들여보내고, 나갈 때까지 듣습니다. / Asks for the name, lets it in, listens until it leaves.
fn take_part(room: &Room, member: Member, mut reader: impl BufRead) {
    let lines = member.lines.clone();
    let _ = lines.try_send("이름을 알려 주세요".to_owned());
    match named(room, member, &mut reader) {
        Ok(name) => {
            drop(lines);
            let ended = hear(room, &name, &mut reader);
            let count = leave(room, &name, ended);
            println!("나갔습니다: {name} ({count}명)");
        }
        Err(error) => match reason(Err(error)) {
            Some(why) => {
                println!("돌려보냈습니다: {why}");
                let _ = lines.try_send(why);
            }
            None => println!("이름 없이 나갔습니다"),
        },
    }
}

/// 첫 줄을 이름으로 들어온 사람의 이름. / The name of who has joined; it is the first line.
fn named(room: &Room, member: Member, reader: &mut impl BufRead) -> io::Result<String> {
    let name = next_line(reader)?.ok_or(ErrorKind::UnexpectedEof)?;
    let count = join(room, &name, member)?;
    println!("들어왔습니다: {name} ({count}명)");
    Ok(name)
}

/// 손님이 끝낼 때까지 줄마다 다른 사람들에게 전합니다. 제어 문자는 버립니다.
/// Passes each line on to the others until the client has finished, without control characters.
fn hear(room: &Room, name: &str, reader: &mut impl BufRead) -> io::Result<()> {
    while let Some(line) = next_line(reader)? {
        let line: String = line.chars().filter(|it| !it.is_control()).collect();
        tell_others(&room.members(), name, &format!("{name}: {line}"));
    }
    Ok(())
}

/// 다음 줄, 줄 끝(LF나 CR LF)은 떼고. 손님이 끝냈으면 None.
/// The next line without its end (LF or CR LF); None where the client has finished.
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

/// 받아들일 수 없는 이유. / Why something is not accepted.
fn refusal(why: &str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, why)
}

/// 손님에게 말할 이유. 손님이 끝냈거나 연결이 끊겼으면 None.
/// The reason to be told to the client; None where it has finished, or the connection broke off.
fn reason(ended: io::Result<()>) -> Option<String> {
    let error = ended.err()?;
    (error.kind() == ErrorKind::InvalidData).then(|| error.to_string())
}

/// 큐의 줄을 보내는 스레드를 시작합니다. 돌려준 채널은 그 스레드가 끝나면 끊깁니다.
/// Starts the thread that sends from the queue; the channel is closed when that thread has ended.
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

/// 더 보낼 것이 없다고 알리고, 남은 것을 읽어서 버립니다(레슨 08).
/// Says that nothing more will be sent, and throws away what is left (lesson 08).
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
