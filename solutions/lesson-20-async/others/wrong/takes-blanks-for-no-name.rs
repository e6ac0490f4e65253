//! Wrong: a name of blanks alone is refused as if it were empty; the other steps are not written yet
//! Steps written: 1-3
//! At fault: 3
//!
//! 레슨 20 async: 손님마다 태스크를 두는 채팅 서버. 스레드는 하나입니다.
//! Lesson 20 async: a chat server with a task for every client, on one thread.

use std::collections::{HashMap, VecDeque};
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Builder;
use tokio::select;
use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio::sync::{Notify, Semaphore};
use tokio::task::{JoinError, JoinSet};
use tokio::time::{sleep, timeout};

const DEFAULT_ADDRESS: &str = "127.0.0.1:12345";
/// 두 번째 인자가 없으면 한 번에 이만큼만. / How many at once, where there is no second argument.
const DEFAULT_CLIENTS: usize = 8;
const MOST_CLIENTS: usize = 100_000;
/// 이름은 이보다 길 수 없습니다(바이트). / A name may not be longer, in bytes.
const NAME: usize = 30;
/// 줄은 줄 끝을 빼고 이보다 길 수 없습니다(바이트). / A line may not be longer, in bytes, without its end.
const LINE: usize = 1024;
/// 한 사람에게 보낼 줄은 이만큼까지 기다립니다. / So many lines may wait to be sent to one member.
const QUEUE: usize = 10_000;
/// 떠나는 손님을 기다려 주는 시간. / How long a client may take to leave.
const PATIENCE: Duration = Duration::from_secs(2);

/// 모든 태스크가 함께 가진 것. / What all tasks share.
#[derive(Debug, Default)]
struct Room(Mutex<Members>);

/// 이름으로 찾는 사람들. / The members, by name.
type Members = HashMap<String, Member>;

#[derive(Debug)]
struct Member {
    /// 큐. 여기에 넣은 줄을 이 사람의 태스크가 보냅니다. / A queue, from which the member's own task sends.
    lines: Sender<String>,
    /// 큐가 가득 찼다고 그 태스크에 알립니다. / Tells that task that the queue is full.
    full: Arc<Notify>,
}

impl Room {
    /// 잠금. 쥔 채로 기다리지(await) 않습니다. / The lock; nobody awaits anything while holding it.
    fn members(&self) -> MutexGuard<'_, Members> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// 방에 있는 동안. 버려질 때, 취소나 panic으로 버려질 때도, 나갑니다.
/// The time in the room. When it is dropped, by cancellation or a panic as well, the member leaves.
struct Stay<'a>(&'a Room, &'a str);

impl Drop for Stay<'_> {
    fn drop(&mut self) {
        let Self(room, name) = *self;
        let mut members = room.members();
        members.remove(name);
        tell_others(&members, name, &format!("{name}님이 나갔습니다"));
        println!("나갔습니다: {name} ({}명)", members.len());
    }
}

#[derive(Debug)]
struct Client {
    incoming: Incoming,
    outgoing: Outgoing,
}

/// 손님에게서 오는 것. / What comes from a client.
#[derive(Debug)]
struct Incoming {
    reads: OwnedReadHalf,
    /// 읽었고, 아직 줄이 되지 않은 바이트. / What was read, and is not a line yet.
    unread: Vec<u8>,
}

/// 손님에게 가는 것. / What goes to a client.
#[derive(Debug)]
struct Outgoing {
    writes: OwnedWriteHalf,
    queue: Receiver<String>,
    /// 큐에서 꺼냈고, 아직 다 보내지 않은 바이트. / What was taken from the queue, and is not sent yet.
    unsent: VecDeque<u8>,
}

impl Client {
    fn new(socket: TcpStream, queue: Receiver<String>) -> Self {
        let (reads, writes) = socket.into_split();
        let (unread, unsent) = (Vec::with_capacity(2 * LINE), VecDeque::new());
        Self {
            incoming: Incoming { reads, unread },
            outgoing: Outgoing {
                writes,
                queue,
                unsent,
            },
        }
    }
}

impl Outgoing {
    /// 큐의 줄을 조금 더 보냅니다. 큐가 끝났으면 false. 도중에 버려져도 잃는 것이 없습니다.
    /// Sends a little more of the queue; false where that has ended. Dropped half-way, it loses nothing.
    async fn send_more(&mut self) -> io::Result<bool> {
        if self.unsent.is_empty() {
            let Some(line) = self.queue.recv().await else {
                return Ok(false);
            };
            self.unsent.extend(line.as_bytes());
            self.unsent.push_back(b'\n');
        }
        self.writes.write_buf(&mut self.unsent).await?;
        Ok(true)
    }
}

fn main() -> ExitCode {
    let runtime = Builder::new_current_thread().enable_all().build();
    if let Err(error) = runtime.and_then(|runtime| runtime.block_on(run())) {
        eprintln!("오류: {error}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

async fn run() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or(DEFAULT_ADDRESS.to_owned());
    let places = Arc::new(Semaphore::new(most_clients(arguments.next())?));
    let listener = TcpListener::bind(address).await?;
    let address = listener.local_addr()?;
    println!("서버가 시작되었습니다: {address} (Enter로 끝냅니다)");
    // 표준 입력을 읽는 것은 blocking 호출이라 스레드가 따로 있어야 합니다. / Reading stdin blocks: it needs a thread of its own.
    std::thread::spawn(end_on_enter);
    serve_everyone(&listener, &Arc::default(), &places).await;
    Ok(())
}

/// 두 번째 인자. / The second argument.
fn most_clients(count: Option<String>) -> io::Result<usize> {
    let Some(count) = count else {
        return Ok(DEFAULT_CLIENTS);
    };
    match count.parse() {
        Ok(number) if (1..=MOST_CLIENTS).contains(&number) => Ok(number),
        _ => Err(io::Error::other(format!(
            "손님은 1명에서 {MOST_CLIENTS}명까지입니다: {count}"
        ))),
    }
}

/// 손님을 끝없이 맞이합니다. 손님마다 태스크 하나가 serve를 부르고, 끝난 태스크의 결과를 report가 말합니다.
/// Serves everyone, forever: a task for each client calls serve; report says how a task has ended.
async fn serve_everyone(listener: &TcpListener, room: &Arc<Room>, places: &Arc<Semaphore>) {
    let mut tasks = JoinSet::new();
    loop {
        select! {
            (client, address) = next_client(listener) => {
                let Ok(place) = Arc::clone(places).try_acquire_owned() else {
                    turn_away(&client);
                    continue;
                };
                let room = Arc::clone(room);
                tasks.spawn(async move {
                    let ended = serve(&room, client, address).await;
                    drop(place);
                    ended
                });
            }
            Some(ended) = tasks.join_next() => report(ended),
        }
    }
}

/// 다음 줄, 줄 끝(LF나 CR LF)은 떼고. 손님이 끝냈으면 None. 도중에 버려져도 잃는 것이 없습니다.
/// The next line without its end; None where the client has finished. Dropped half-way, it loses nothing.
async fn next_line(incoming: &mut Incoming) -> io::Result<Option<String>> {
    loop {
        if let Some(line) = take_line(&mut incoming.unread)? {
            return Ok(Some(line));
        }
        if incoming.reads.read_buf(&mut incoming.unread).await? == 0 {
            return take_rest(&mut incoming.unread);
        }
    }
}

/// 이름을 차지하고, 환영하고, 다른 사람들에게 알립니다: 모두 한 잠금 안에서. 이제 몇 명인지 돌려줍니다.
/// Takes the name, welcomes the member and tells the others, under one lock; returns how many there are now.
fn join(room: &Room, name: &str, member: Member) -> io::Result<usize> {
    if name.trim().is_empty() || name.len() > NAME || name.chars().any(char::is_control) {
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

/// `name`이 아닌 모두의 큐에 줄을 넣습니다. 큐가 가득 찬 사람의 태스크에는 그렇다고 알립니다.
/// Puts a line into everybody's queue but that of `name`. The task of one whose queue is full is told so.
fn tell_others(members: &Members, name: &str, line: &str) {
    eprintln!(
        "not yet implemented: step 4 {line} {:?}",
        members.get(name).map(|it| (&it.lines, &it.full))
    );
}

/// 손님이 끝낼 때까지 한 태스크가 두 일을 함께 기다립니다: 손님의 다음 줄, 그리고 큐의 줄을 더 보내는 일.
/// One task waits for two things until the client has finished: its next line, and more to send from its queue.
async fn converse(room: &Room, name: &str, client: &mut Client) -> io::Result<()> {
    let _ = said;
    // 아래는 작성하기 전까지 자리를 채우는 줄입니다. 모두 지우고 작성하세요.
    // The lines below only fill the gap until then: replace them all with your code.
    eprintln!("not yet implemented: step 5 {room:?} {name}");
    while client.outgoing.send_more().await? {}
    Ok(())
}

/// 들어온 사람이 나갈 때까지. converse를 기다리다가 취소되어도 이름은 비고 다른 사람들이 압니다.
/// A member until it leaves. Cancelled while converse is awaited, its name is free and the others know, too.
async fn stay(room: &Room, name: &str, client: &mut Client) -> io::Result<()> {
    let _ = Stay;
    // 아래는 작성하기 전까지 자리를 채우는 줄입니다. 모두 지우고 작성하세요.
    // The lines below only fill the gap until then: replace them all with your code.
    eprintln!("not yet implemented: step 6 {name}");
    converse(room, name, client).await
}

/// 다음 연결. 받지 못했으면 조금 쉬고 다시 기다립니다(레슨 10).
/// The next connection; where accept fails, it rests a little and waits again (lesson 10).
async fn next_client(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(arrival) => return arrival,
            Err(error) => {
                eprintln!("손님을 받지 못했습니다: {error}");
                sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

/// 자리가 없습니다. 짧은 한 줄은 새 연결의 송신 버퍼에 늘 들어갑니다.
/// There is no place. One short line always fits into the send buffer of a new connection.
fn turn_away(client: &TcpStream) {
    let why = "자리가 없습니다";
    println!("돌려보냈습니다: {why}");
    let _ = client.try_write(format!("{why}\n").as_bytes());
}

/// 태스크가 실패했으면 그렇다고 말합니다. / Says so where a task has failed.
fn report(ended: Result<io::Result<()>, JoinError>) {
    match ended {
        Ok(Ok(())) => {}
        Ok(Err(error)) => eprintln!("손님과 끊겼습니다: {error}"),
        Err(error) => eprintln!("태스크가 실패했습니다: {error}"),
    }
}

/// 손님 한 명의 처음부터 끝까지. / One client, from its beginning to its end.
async fn serve(room: &Room, socket: TcpStream, address: SocketAddr) -> io::Result<()> {
    let (lines, queue) = mpsc::channel(QUEUE);
    let full = Arc::new(Notify::new());
    let is_full = Arc::clone(&full);
    let member = Member { lines, full };
    let mut client = Client::new(socket, queue);
    let ended = select! {
        ended = take_part(room, member, &mut client) => ended,
        // take_part는 어디에서 기다리고 있었든 버려집니다(취소). / take_part is dropped, wherever it was waiting: cancelled.
        () = is_full.notified() => Err(io::Error::other("보낼 줄이 너무 많이 밀렸습니다")),
    };
    let why = reason(&ended);
    if why.is_none() {
        ended.map_err(|error| io::Error::other(format!("{address}: {error}")))?;
    }
    let _ = timeout(PATIENCE, part(&mut client, why)).await;
    Ok(())
}

/// 이름을 묻고, 들여보내고, 나갈 때까지. / Asks for the name, lets it in, until it leaves.
async fn take_part(room: &Room, member: Member, client: &mut Client) -> io::Result<()> {
    let named = named(room, member, client).await;
    if let Ok(Some(name)) = &named {
        return stay(room, name, client).await;
    }
    let ended = named.map(drop);
    match reason(&ended) {
        Some(why) => println!("돌려보냈습니다: {why}"),
        None => println!("이름 없이 나갔습니다"),
    }
    ended
}

/// 첫 줄을 이름으로 들어온 사람의 이름. 이름 없이 끝냈으면 None.
/// The name of who has joined; it is the first line. None where it has finished without one.
async fn named(room: &Room, member: Member, client: &mut Client) -> io::Result<Option<String>> {
    let question = "이름을 알려 주세요\n".as_bytes();
    client.outgoing.writes.write_all(question).await?;
    let Some(name) = next_line(&mut client.incoming).await? else {
        return Ok(None);
    };
    let count = join(room, &name, member)?;
    println!("들어왔습니다: {name} ({count}명)");
    Ok(Some(name))
}

/// 다른 사람들에게 갈 줄. 제어 문자는 버립니다. / The line for the others, without control characters.
fn said(name: &str, line: &str) -> String {
    let line: String = line.chars().filter(|it| !it.is_control()).collect();
    format!("{name}: {line}")
}

/// 다 온 줄이 있으면 꺼냅니다. / Takes a line that is there, whole.
fn take_line(unread: &mut Vec<u8>) -> io::Result<Option<String>> {
    match unread.iter().position(|byte| *byte == b'\n') {
        Some(end) => text(unread.drain(..=end).collect()).map(Some),
        None if unread.len() > LINE + 1 => Err(refusal("줄이 너무 깁니다")),
        None => Ok(None),
    }
}

/// 손님이 끝냈을 때 남은 것도 줄입니다. / What is left at the client's end is a line, too.
fn take_rest(unread: &mut Vec<u8>) -> io::Result<Option<String>> {
    let rest = std::mem::take(unread);
    (!rest.is_empty()).then(|| text(rest)).transpose()
}

fn text(mut line: Vec<u8>) -> io::Result<String> {
    line.pop_if(|last| *last == b'\n');
    line.pop_if(|last| *last == b'\r');
    if line.len() > LINE {
        return Err(refusal("줄이 너무 깁니다"));
    }
    String::from_utf8(line).map_err(|_| refusal("UTF-8이 아닙니다"))
}

/// 받아들일 수 없는 이유. / Why something is not accepted.
fn refusal(why: &str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, why)
}

/// 손님에게 말할 이유. 손님이 끝냈거나 연결이 끊겼으면 None.
/// The reason to be told to the client; None where it has finished, or the connection broke off.
fn reason(ended: &io::Result<()>) -> Option<String> {
    let error = ended.as_ref().err()?;
    (error.kind() == ErrorKind::InvalidData).then(|| error.to_string())
}

/// 큐에 남은 줄과 이유를 보내고, 더 보낼 것이 없다고 알리고, 오는 것은 읽어서 버립니다(레슨 08).
/// Sends what is left in the queue, why, and that nothing more will be sent; throws away what comes (lesson 08).
async fn part(client: &mut Client, why: Option<String>) -> io::Result<()> {
    let Client { incoming, outgoing } = client;
    outgoing.queue.close();
    while outgoing.send_more().await? {}
    if let Some(why) = why {
        let line = format!("{why}\n");
        outgoing.writes.write_all(line.as_bytes()).await?;
    }
    outgoing.writes.shutdown().await?;
    while incoming.reads.read(&mut [0; 4096]).await? > 0 {}
    Ok(())
}

fn end_on_enter() {
    let typed = io::stdin().read_line(&mut String::new());
    if typed.is_ok_and(|count| count > 0) {
        std::process::exit(0);
    }
}
