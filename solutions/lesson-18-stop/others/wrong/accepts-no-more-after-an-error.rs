//! Wrong: a failure of accept ends its loop, and with it the listener, though the server runs on; the other steps are not written yet
//! Steps written: 1-2
//! At fault: 2
//!
//! 레슨 18 stop: 하던 일을 마치고 끝나는 서버.
//! Lesson 18 stop: a server that ends cleanly.

use std::io::{self, BufWriter, ErrorKind, prelude::*};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

const DEFAULT_ADDRESS: &str = "127.0.0.1:12345";
/// 끝낼 때 남은 손님을 기다리는 시간(초). 두 번째 인자로 바꿉니다.
/// How long those who are left are waited for at the end, in seconds; the second argument changes it.
const DEFAULT_SECONDS: u64 = 10;
const LONGEST: u64 = 600;
/// 줄은 줄 끝을 빼고 이보다 길 수 없습니다(바이트). / A line may not be longer, in bytes, without its end.
const LINE: usize = 1024;
/// 이 수까지 셉니다. / It counts up to this number.
const MOST: u32 = 2_000_000;
/// 손님을 기다리는 동안 이만큼마다 STOPPING을 봅니다.
/// How often STOPPING is looked at while a client is waited for.
const TICK: Duration = Duration::from_millis(50);
/// Ctrl+C(SIGINT, 2)로 끝난 프로그램의 상태를 셸은 128 + 2로 나타냅니다.
/// What a shell says of a program that Ctrl+C (SIGINT, 2) has ended: 128 + 2.
const INTERRUPTED: u8 = 130;

/// 끝내는 중인가? / Is the server ending?
static STOPPING: AtomicBool = AtomicBool::new(false);

/// 서버에서 일어나는 일. 모두 한 채널로 옵니다. / What happens in the server; all of it comes by one channel.
#[derive(Debug)]
enum Event {
    Came,
    Gone,
    /// Enter, Ctrl+C, SIGTERM.
    Stop,
}

/// 손님 한 명이 와 있는 동안. 버려질 때, panic으로 버려질 때도, 갔다고 알립니다.
/// The time a client is there. When it is dropped, by a panic as well, the client is gone.
#[derive(Debug)]
struct Visit(Sender<Event>);

impl Visit {
    fn begin(events: &Sender<Event>) -> Self {
        let _ = events.send(Event::Came);
        Self(events.clone())
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        let _ = self.0.send(Event::Gone);
    }
}

/// 와 있는 손님들. 온 손님과 간 손님을 세고 출력합니다.
/// The clients that are there: counts and prints those who come and go.
#[derive(Debug)]
struct Clients {
    events: Receiver<Event>,
    count: usize,
}

impl Clients {
    /// 다음 일을 기다려 적습니다. / Waits for the next event, and notes it.
    fn next(&mut self) -> Event {
        let event = self.events.recv().unwrap_or(Event::Stop);
        self.note(&event);
        event
    }

    fn note(&mut self, event: &Event) {
        match event {
            Event::Came => {
                self.count += 1;
                println!("손님이 왔습니다 ({}명)", self.count);
            }
            Event::Gone => {
                self.count -= 1;
                println!("손님이 갔습니다 ({}명)", self.count);
            }
            Event::Stop => {}
        }
    }

    /// 이미 일어난 일을 마저 적습니다. 끝내라는 말은 채널에 도로 넣습니다.
    /// Notes what has happened already; a stop goes back into the channel.
    fn catch_up(&mut self, events: &Sender<Event>) {
        let waiting: Vec<_> = self.events.try_iter().collect();
        for event in waiting {
            self.note(&event);
            if matches!(event, Event::Stop) {
                let _ = events.send(event);
            }
        }
    }
}

/// 손님이 다음으로 한 일. / What a client did next.
#[derive(Debug)]
enum Request {
    Line(Vec<u8>),
    TooLong,
    /// 더 보내지 않습니다. / Nothing more will come.
    End,
    /// 손님이 아니라 서버가 끝냅니다. / Not the client: the server ends.
    Stop,
}

/// 손님이 보낸 것 가운데 읽었고 아직 쓰지 않은 바이트도 함께. / With what was read of a client and not used yet.
#[derive(Debug)]
struct Requests<'a> {
    client: &'a TcpStream,
    unread: Vec<u8>,
}

impl Requests<'_> {
    /// 더 읽어서 보탭니다. 0은 손님의 끝입니다. / Reads more; 0 is the client's end.
    fn read_more(&mut self) -> io::Result<usize> {
        let mut buffer = [0; 4096];
        let count = self.client.read(&mut buffer)?;
        self.unread.extend_from_slice(&buffer[..count]);
        Ok(count)
    }

    /// 다 온 줄이 있으면 꺼냅니다. / Takes a line that is there, whole.
    fn take_line(&mut self) -> Option<Request> {
        match self.unread.iter().position(|byte| *byte == b'\n') {
            Some(end) => {
                let line = self.unread.drain(..=end).collect();
                Some(request(line))
            }
            None => (self.unread.len() > LINE + 1).then_some(Request::TooLong),
        }
    }

    /// 손님이 끝냈을 때 남은 것. 줄바꿈이 없어도 줄입니다.
    /// What is left at the client's end; without its newline it is a line, too.
    fn take_rest(&mut self) -> Request {
        let rest = std::mem::take(&mut self.unread);
        if rest.is_empty() {
            return Request::End;
        }
        request(rest)
    }
}

fn request(mut line: Vec<u8>) -> Request {
    line.pop_if(|last| *last == b'\n');
    line.pop_if(|last| *last == b'\r');
    if line.len() > LINE {
        return Request::TooLong;
    }
    Request::Line(line)
}

fn main() -> ExitCode {
    match run() {
        Ok(status) => status,
        Err(error) => {
            eprintln!("오류: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> io::Result<ExitCode> {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or(DEFAULT_ADDRESS.to_owned());
    let patience = patience(arguments.next())?;
    let listener = TcpListener::bind(address)?;
    let address = listener.local_addr()?;
    let (sender, events) = mpsc::channel();
    hear_stops(&sender)?;
    println!("서버가 시작되었습니다: {address} (Enter나 Ctrl-C로 끝냅니다)");
    let accepting = thread::spawn({
        let sender = sender.clone();
        move || accept_until_stopped(listener, &sender)
    });
    let mut clients = Clients { events, count: 0 };
    while !matches!(clients.next(), Event::Stop) {}
    let deadline = Instant::now() + patience;
    stop_accepting(accepting, reachable(address));
    clients.catch_up(&sender);
    println!("끝내는 중입니다 (손님 {}명)", clients.count);
    Ok(wait_for_the_rest(&mut clients, deadline))
}

/// 두 번째 인자. / The second argument.
fn patience(seconds: Option<String>) -> io::Result<Duration> {
    let Some(seconds) = seconds else {
        return Ok(Duration::from_secs(DEFAULT_SECONDS));
    };
    match seconds.parse() {
        Ok(number) if (1..=LONGEST).contains(&number) => Ok(Duration::from_secs(number)),
        _ => Err(io::Error::other(format!(
            "기다릴 시간은 1초에서 {LONGEST}초까지입니다: {seconds}"
        ))),
    }
}

/// 0.0.0.0이나 ::로는 연결할 수 없는 시스템이 있습니다(레슨 10).
/// Some systems cannot connect to 0.0.0.0 or :: (lesson 10).
fn reachable(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        address.set_ip(match address.ip() {
            IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
        });
    }
    address
}

/// Ctrl+C와 SIGTERM, 그리고 Enter를 Event::Stop으로 바꿔 채널에 넣습니다. 몇 번이든.
/// Turns Ctrl+C and SIGTERM, and Enter, into Event::Stop in the channel, however often.
fn hear_stops(events: &Sender<Event>) -> io::Result<()> {
    let on_signal = events.clone();
    ctrlc::set_handler(move || {
        let _ = on_signal.send(Event::Stop);
    })
    .map_err(io::Error::other)?;
    let on_enter = events.clone();
    thread::spawn(move || {
        for _ in io::stdin().lines() {
            let _ = on_enter.send(Event::Stop);
        }
    });
    Ok(())
}

/// STOPPING이 될 때까지 손님을 맞이합니다. 손님마다 스레드 하나가 serve를 부릅니다.
/// Accepts clients until STOPPING is set; for each of them a thread calls serve.
fn accept_until_stopped(listener: TcpListener, events: &Sender<Event>) {
    while let Ok((client, _)) = listener.accept() {
        if STOPPING.load(Ordering::SeqCst) {
            return;
        }
        let visit = Visit::begin(events);
        thread::spawn(move || {
            let _ = serve(client);
            drop(visit);
        });
    }
}

/// 더는 아무도 받지 않게 합니다. 깨우는 연결이 되었으면, 돌아올 때 대기 소켓은 닫혀 있습니다.
/// Lets nobody in any more: where the wake-up connects, the listener is closed when this returns.
fn stop_accepting(accepting: JoinHandle<()>, address: SocketAddr) {
    eprintln!("not yet implemented: step 3 {accepting:?} {address}");
}

/// 손님이 다음으로 하는 일. STOPPING이 된 것을 먼저 보았으면 Request::Stop입니다.
/// What the client does next; Request::Stop where STOPPING is seen to be set before that.
fn next_request(requests: &mut Requests<'_>) -> io::Result<Request> {
    let _ = (Request::Stop, Requests::take_line, is_a_tick);
    // 아래는 작성하기 전까지 자리를 채우는 줄입니다. 모두 지우고 작성하세요.
    // The lines below only fill the gap until then: replace them all with your code.
    eprintln!("not yet implemented: step 4 {TICK:?}");
    while requests.read_more()? > 0 {}
    Ok(requests.take_rest())
}

/// 마지막 말을 하고 헤어집니다: 더 보낼 것이 없다고 알리고, 손님이 끝낼 때까지 읽어서 버립니다.
/// Says the last words and parts: nothing more will be sent, and what still comes is thrown away.
fn part(mut client: &TcpStream, last_words: &str) -> io::Result<()> {
    let _ = Shutdown::Write;
    // 아래는 작성하기 전까지 자리를 채우는 줄입니다. 모두 지우고 작성하세요.
    // The lines below only fill the gap until then: replace them all with your code.
    eprintln!("not yet implemented: step 5 {last_words} {:?}", &mut client);
    Ok(())
}

/// 남은 손님이 다 가기를 기다립니다. deadline까지, 또는 다시 끝내라고 할 때까지.
/// Waits until everybody has gone, but not beyond deadline, nor a second stop.
fn wait_for_the_rest(clients: &mut Clients, deadline: Instant) -> ExitCode {
    let _ = INTERRUPTED;
    // 아래는 작성하기 전까지 자리를 채우는 줄입니다. 모두 지우고 작성하세요.
    // The lines below only fill the gap until then: replace them all with your code.
    eprintln!("not yet implemented: step 6 {deadline:?}");
    while clients.count > 0 {
        clients.next();
    }
    ExitCode::SUCCESS
}

/// 받지 못했습니다. 조금 쉬고 다시 기다립니다(레슨 10). / Nobody was accepted: rest a little, then wait again (lesson 10).
fn rest_after(error: &io::Error) {
    eprintln!("손님을 받지 못했습니다: {error}");
    thread::sleep(Duration::from_millis(100));
}

/// 읽기 시간이 다 되었거나 시그널이 깨웠을 뿐, 손님은 그대로입니다.
/// The time of a read is up, or a signal has woken it; the client is as it was.
fn is_a_tick(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted
    )
}

/// 손님 한 명의 처음부터 끝까지. / One client, from its beginning to its end.
fn serve(client: TcpStream) -> io::Result<()> {
    say(&client, "몇까지 셀까요?")?;
    let mut requests = Requests {
        client: &client,
        unread: Vec::new(),
    };
    loop {
        match next_request(&mut requests)? {
            Request::Line(line) => answer(&client, &line)?,
            Request::TooLong => return part(&client, &sorry()),
            Request::End => return Ok(()),
            Request::Stop => return part(&client, "서버가 끝납니다"),
        }
    }
}

/// 1부터 그 수까지를 한 줄에 하나씩 보냅니다. / Sends 1 up to that number, one on each line.
fn answer(client: &TcpStream, line: &[u8]) -> io::Result<()> {
    let Some(number) = number_in(line) else {
        return say(client, &sorry());
    };
    let mut writer = BufWriter::new(client);
    for count in 1..=number {
        writeln!(writer, "{count}")?;
    }
    writer.flush()
}

fn number_in(line: &[u8]) -> Option<u32> {
    let number = str::from_utf8(line).ok()?.parse().ok()?;
    (1..=MOST).contains(&number).then_some(number)
}

fn sorry() -> String {
    format!("1부터 {MOST}까지의 수를 보내 주세요")
}

fn say(mut client: &TcpStream, line: &str) -> io::Result<()> {
    client.write_all(format!("{line}\n").as_bytes())
}
