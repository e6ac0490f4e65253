//! Right: one read for one event; it registers anew each time, so that what is left is told again
//!
//! 레슨 19 poll: 스레드 하나로 모두를 맡는 채팅 서버.
//! Lesson 19 poll: the chat server, with everybody on one thread.

use std::collections::{HashMap, VecDeque};
use std::io::{self, ErrorKind, prelude::*};
use std::net::Shutdown;
use std::process::ExitCode;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use mio::net::{TcpListener, TcpStream};
use mio::{Events, Interest, Poll, Registry, Token, Waker};

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
const LISTENER: Token = Token(0);
const WAKER: Token = Token(1);

#[derive(Debug)]
struct Server {
    poll: Poll,
    listener: TcpListener,
    most: usize,
    /// 다음 손님의 토큰. 다시 쓰지 않습니다. / The next client's token; none is used twice.
    next: usize,
    /// 연결된 손님들. serve는 그동안 자기 손님을 여기서 꺼내 둡니다. / All that are connected, but the one being served.
    clients: HashMap<Token, Client>,
    /// 더 보낼 수 없는 사람들. 곧 잊습니다. / Members to whom nothing more can be sent: soon forgotten.
    gone: Vec<Client>,
    /// accept가 실패했으면, 언제 다시 받아 볼지. / Where accept has failed: when it is tried again.
    accept_at: Option<Instant>,
}

#[derive(Debug)]
struct Client {
    token: Token,
    stream: TcpStream,
    name: Option<String>,
    /// 헤어지는 중이면, 언제까지 기다려 줄지. / Where it is parted with: until when that may take.
    parting: Option<Instant>,
    /// 아직 다 오지 않은 줄. / A line that has not come as a whole.
    received: Vec<u8>,
    /// 아직 다 보내지 못한 줄들, 오래된 것부터. / Lines that are not sent yet, the oldest first.
    waiting: VecDeque<Vec<u8>>,
    /// 그 가운데 첫 줄에서 보낸 바이트. / How many bytes of the first of them are sent.
    sent: usize,
    interest: Interest,
}

/// 손님이 어떻게 끝났는가. / How a client has ended.
#[derive(Debug)]
enum Ended {
    Finished,
    /// RST, 또는 가득 찬 큐. / RST, or a queue that is full.
    BrokeOff,
    /// 받아들일 수 없는 이유, 손님에게 할 말. / Why it is not accepted; the client is told.
    Refused(&'static str),
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("오류: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or(DEFAULT_ADDRESS.to_owned());
    let most = clients(&arguments.next().unwrap_or(DEFAULT_CLIENTS.to_owned()))?;
    let mut server = Server::bind(&address, most)?;
    let address = server.listener.local_addr()?;
    println!("서버가 시작되었습니다: {address} (Enter로 끝냅니다)");
    server.run_until_enter()
}

/// 둘째 인자: 한 번에 몇 명까지. / The second argument: how many at once.
fn clients(number: &str) -> io::Result<usize> {
    match number.parse() {
        Ok(most) if (1..=100_000).contains(&most) => Ok(most),
        _ => Err(io::Error::other("손님은 1명에서 100000명까지입니다")),
    }
}

impl Server {
    fn bind(address: &str, most: usize) -> io::Result<Self> {
        let listener = std::net::TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        let mut listener = TcpListener::from_std(listener);
        let poll = Poll::new()?;
        let registry = poll.registry();
        registry.register(&mut listener, LISTENER, Interest::READABLE)?;
        Ok(Self {
            poll,
            listener,
            most,
            next: WAKER.0 + 1,
            clients: HashMap::new(),
            gone: Vec::new(),
            accept_at: None,
        })
    }

    /// 준비된 것마다 할 일을 합니다. Enter까지. / Does what is due for each that is ready, until Enter.
    fn run_until_enter(&mut self) -> io::Result<()> {
        let waker = Arc::new(Waker::new(self.poll.registry(), WAKER)?);
        wake_on_enter(Arc::clone(&waker));
        let mut events = Events::with_capacity(256);
        loop {
            match self.poll.poll(&mut events, self.time_left()) {
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                polled => polled?,
            }
            for event in &events {
                match event.token() {
                    LISTENER => self.accept_all(),
                    WAKER => return Ok(()),
                    token => {
                        if let Some(client) = self.clients.remove(&token) {
                            self.serve(client);
                        }
                    }
                }
            }
            self.wait_no_longer();
        }
    }

    /// 기다리는 연결을 모두 받습니다. / Accepts every connection that waits.
    fn accept_all(&mut self) {
        loop {
            let mut stream = match self.listener.accept() {
                Ok((stream, _)) => stream,
                Err(error) if error.kind() == ErrorKind::WouldBlock => return,
                Err(error) => return self.accept_later(&error),
            };
            if self.clients.len() == self.most {
                turn_away(stream);
                continue;
            }
            let token = Token(self.next);
            self.next += 1;
            let registry = self.poll.registry();
            match registry.register(&mut stream, token, Interest::READABLE) {
                Ok(()) => self.ask(token, stream),
                Err(error) => eprintln!("손님을 등록하지 못했습니다: {error}"),
            }
        }
    }

    /// 온 것을 모두 읽습니다. 손님이 끝났으면 Err. / Reads all that has come; an Err where the client has ended.
    fn read_all(&mut self, client: &mut Client) -> Result<(), Ended> {
        let mut chunk = [0; 4096];
        match client.stream.read(&mut chunk) {
            Ok(0) => return self.hear_the_rest(client),
            Ok(count) => client.received.extend_from_slice(&chunk[..count]),
            Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(()),
            Err(_) => return Err(Ended::BrokeOff),
        }
        while let Some(line) = client.next_line()? {
            self.hear(client, &line)?;
        }
        let (token, interest) = (client.token, client.interest);
        let registry = self.poll.registry();
        let again = registry.reregister(&mut client.stream, token, interest);
        again.map_err(|_| Ended::BrokeOff)
    }

    /// clients에 있는 모든 사람에게 줄을 보냅니다. / Sends a line to every member in clients.
    fn tell_others(&mut self, line: &str) {
        let mut failed = Vec::new();
        for client in self.clients.values_mut() {
            if client.name.is_none() {
                continue;
            }
            client.put(line);
            let sent = client.send_waiting(self.poll.registry());
            if sent.is_err() || client.waiting.len() > QUEUE {
                failed.push(client.token);
            }
        }
        for token in failed {
            self.gone.extend(self.clients.remove(&token));
        }
    }

    /// 끝난 손님을 잊고 다른 사람들에게 알립니다. / Forgets a client that has ended, and tells the others.
    fn forget(&mut self, mut client: Client, ended: Ended) {
        match (client.name.take(), &ended) {
            (Some(name), _) => {
                println!("나갔습니다: {name} ({}명)", self.names().count());
                self.tell_others(&format!("{name}님이 나갔습니다"));
            }
            (None, Ended::Refused(why)) => println!("돌려보냈습니다: {why}"),
            (None, _) => println!("이름 없이 나갔습니다"),
        }
        match ended {
            Ended::Finished => self.part(client),
            Ended::Refused(why) => {
                client.put(why);
                self.part(client);
            }
            Ended::BrokeOff => {
                let _ = self.poll.registry().deregister(&mut client.stream);
            }
        }
    }

    /// 방금 연결한 손님에게 이름을 묻습니다. / Asks a client that has just connected for its name.
    fn ask(&mut self, token: Token, stream: TcpStream) {
        let mut client = Client {
            token,
            stream,
            name: None,
            parting: None,
            received: Vec::new(),
            waiting: VecDeque::new(),
            sent: 0,
            interest: Interest::READABLE,
        };
        client.put("이름을 알려 주세요");
        let _ = client.send_waiting(self.poll.registry());
        self.clients.insert(token, client);
    }

    /// 무엇이 준비되었든 보내고 읽어 봅니다. / Whatever is ready, sending and reading are tried.
    fn serve(&mut self, mut client: Client) {
        if client.parting.is_some() {
            return self.part(client);
        }
        let _ = client.send_waiting(self.poll.registry());
        match self.read_all(&mut client) {
            Ok(()) => drop(self.clients.insert(client.token, client)),
            Err(ended) => self.forget(client, ended),
        }
        while let Some(client) = self.gone.pop() {
            self.forget(client, Ended::BrokeOff);
        }
    }

    /// 줄바꿈 없이 끝난 것도 줄입니다. / What ends without a newline is a line, too.
    fn hear_the_rest(&mut self, client: &mut Client) -> Result<(), Ended> {
        if !client.received.is_empty() {
            let rest = text(&client.received)?;
            self.hear(client, &rest)?;
        }
        Err(Ended::Finished)
    }

    /// 온 줄: 이름이거나, 제어 문자를 버리고 전할 말. / A name, or what is passed on, without control characters.
    fn hear(&mut self, client: &mut Client, line: &str) -> Result<(), Ended> {
        let Some(name) = &client.name else {
            return self.join(client, line);
        };
        let line: String = line.chars().filter(|it| !it.is_control()).collect();
        self.tell_others(&format!("{name}: {line}"));
        Ok(())
    }

    /// 이름을 차지하고, 환영하고, 다른 사람들에게 알립니다. / Takes the name, welcomes the member, tells the others.
    fn join(&mut self, client: &mut Client, name: &str) -> Result<(), Ended> {
        if name.is_empty() || name.len() > NAME || name.chars().any(char::is_control) {
            return Err(Ended::Refused("쓸 수 없는 이름입니다"));
        }
        if self.names().any(|taken| taken == name) {
            return Err(Ended::Refused("이미 있는 이름입니다"));
        }
        let count = self.names().count() + 1;
        println!("들어왔습니다: {name} ({count}명)");
        client.name = Some(name.to_owned());
        client.put(&format!("환영합니다: {name} ({count}명)"));
        let _ = client.send_waiting(self.poll.registry());
        self.tell_others(&format!("{name}님이 들어왔습니다"));
        Ok(())
    }

    fn names(&self) -> impl Iterator<Item = &String> {
        self.clients.values().filter_map(|it| it.name.as_ref())
    }

    /// 남은 줄, FIN, 그리고 오는 것은 버립니다(레슨 08). / What is left, FIN, and what comes is dropped (lesson 08).
    fn part(&mut self, mut client: Client) {
        let registry = self.poll.registry();
        client.parting.get_or_insert(Instant::now() + PATIENCE);
        if client.send_waiting(registry).is_err() || client.waiting.is_empty() {
            let _ = client.stream.shutdown(Shutdown::Write);
            let read = io::copy(&mut client.stream, &mut io::sink());
            if !read.is_err_and(|error| error.kind() == ErrorKind::WouldBlock) {
                let _ = registry.deregister(&mut client.stream);
                return;
            }
        }
        self.clients.insert(client.token, client);
    }

    /// poll이 기다려도 되는 시간. None이면 이벤트가 올 때까지입니다. / How long poll may wait; None: until an event.
    fn time_left(&self) -> Option<Duration> {
        let partings = self.clients.values().filter_map(|it| it.parting);
        let first = partings.chain(self.accept_at).min()?;
        Some(first.saturating_duration_since(Instant::now()))
    }

    /// 자지 않고, 조금 뒤에 다시 받아 봅니다. / It is tried again a little later, and nobody waits for that.
    fn accept_later(&mut self, error: &io::Error) {
        eprintln!("손님을 받지 못했습니다: {error}");
        self.accept_at = Some(Instant::now() + Duration::from_millis(100));
    }

    /// 너무 오래 헤어지는 손님은 그만 기다립니다. / Waits no longer for those whose parting takes too long.
    fn wait_no_longer(&mut self) {
        let now = Instant::now();
        let late = |client: &mut Client| client.parting.is_some_and(|until| until <= now);
        for (_, mut client) in self.clients.extract_if(|_, client| late(client)) {
            let _ = self.poll.registry().deregister(&mut client.stream);
        }
        if self.accept_at.take_if(|at| *at <= now).is_some() {
            self.accept_all();
        }
    }
}

impl Client {
    fn put(&mut self, line: &str) {
        self.waiting.push_back(format!("{line}\n").into_bytes());
    }

    /// 기다리는 줄을 갈 수 있는 만큼 보냅니다. / Sends what waits, as far as it goes.
    fn send_waiting(&mut self, registry: &Registry) -> io::Result<()> {
        while let Some(line) = self.waiting.front() {
            match self.stream.write(&line[self.sent..]) {
                Ok(count) => self.sent += count,
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                Err(error) => return Err(error),
            }
            if self.sent == line.len() {
                self.waiting.pop_front();
                self.sent = 0;
            }
        }
        let mut interest = Interest::READABLE;
        if !self.waiting.is_empty() {
            interest |= Interest::WRITABLE;
        }
        if interest != self.interest {
            registry.reregister(&mut self.stream, self.token, interest)?;
            self.interest = interest;
        }
        Ok(())
    }

    /// 다 온 다음 줄, 줄 끝(LF나 CR LF)은 떼고. / The next line that has come as a whole, without its end (LF or CR LF).
    fn next_line(&mut self) -> Result<Option<String>, Ended> {
        match self.received.iter().position(|byte| *byte == b'\n') {
            Some(end) => {
                let line: Vec<u8> = self.received.drain(..=end).collect();
                text(&line[..end]).map(Some)
            }
            None if self.received.len() > LINE + 1 => Err(Ended::Refused("줄이 너무 깁니다")),
            None => Ok(None),
        }
    }
}

fn text(line: &[u8]) -> Result<String, Ended> {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    if line.len() > LINE {
        return Err(Ended::Refused("줄이 너무 깁니다"));
    }
    let text = str::from_utf8(line).map_err(|_| Ended::Refused("UTF-8이 아닙니다"))?;
    Ok(text.to_owned())
}

/// 짧은 한 줄은 새 연결의 송신 버퍼에 늘 들어갑니다. / One short line always fits into a new connection's send buffer.
fn turn_away(mut stream: TcpStream) {
    let why = "자리가 없습니다";
    println!("돌려보냈습니다: {why}");
    let _ = stream.write(format!("{why}\n").as_bytes());
}

/// stdin은 다른 스레드가 기다립니다. / Another thread waits for stdin.
fn wake_on_enter(waker: Arc<Waker>) {
    thread::spawn(move || {
        let typed = io::stdin().read_line(&mut String::new());
        if typed.is_ok_and(|count| count > 0) {
            let _ = waker.wake();
        }
    });
}
