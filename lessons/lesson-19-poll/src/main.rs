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
    /// 연결된 손님들. serve가 다루고 있는 손님은 여기 없습니다. / All that are connected, but the one being served.
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
        // 1단계: self.poll의 registry에 토큰 WAKER로 Waker를 만들어 Arc에 넣고, 복제한 것을 wake_on_enter에
        // 넘기세요. 하나는 루프가 끝날 때까지 여기 둡니다. 그리고 되풀이합니다: time_left만큼
        // poll하고, 이벤트마다 토큰을 봅니다. LISTENER면 accept_all, WAKER면 돌아갑니다. 다른 토큰이면
        // 그 손님을 clients에서 꺼내 serve하고, 없으면 아무것도 하지 않습니다. 한 바퀴의 끝에
        // wait_no_longer를 부르세요. Interrupted는 오류가 아닙니다.
        // Step 1: Make a Waker with the token WAKER at the registry of self.poll, in an Arc. Hand a clone of
        // that to wake_on_enter, and keep one here until the loop ends. Then, again and again: poll
        // for time_left, and look at each event's token. LISTENER means accept_all, WAKER means to
        // return. For any other token take that client out of clients and serve it; where there is
        // none, do nothing. At the end of each round call wait_no_longer. Interrupted is not an error.
        // 다음 줄은 컴파일러의 경고를 막을 뿐입니다. 작성할 때 지우세요.
        // The next line only keeps the compiler quiet: take it out when you write the step.
        let _ = (Self::accept_all, Self::serve, Self::wait_no_longer);
        // todo! 안의 이름들은 컴파일러의 경고를 막을 뿐입니다. todo!를 모두 지우고 작성하세요.
        // The names in todo! only keep the compiler quiet: replace the whole of it with your code.
        todo!(
            "step 1: {self:?} {:?} {:?} {:?}",
            self.time_left(),
            Events::with_capacity(1),
            wake_on_enter as fn(_)
        )
    }

    /// 기다리는 연결을 모두 받습니다. / Accepts every connection that waits.
    fn accept_all(&mut self) {
        // 2단계: WouldBlock이 될 때까지 accept하세요. clients에 이미 most명이 있으면 turn_away를 부릅니다.
        // 아니면 다음 토큰을 주고 읽기(READABLE)로 등록한 다음 ask를 부릅니다. 등록하지 못하면 이유를
        // stderr에 말하고 다음 연결로 갑니다. accept의 다른 오류이면 accept_later를 부르고 돌아갑니다.
        // Step 2: accept until it would block (WouldBlock). Where clients has most in it already, turn_away.
        // Otherwise give the connection the next token, register it as READABLE, and ask. Where it
        // cannot be registered, say why on stderr, and go on with the next. At any other error of accept
        // call accept_later, and return.
        // 다음 줄은 컴파일러의 경고를 막을 뿐입니다. 작성할 때 지우세요.
        // The next line only keeps the compiler quiet: take it out when you write the step.
        let _ = (Self::ask, turn_away, Self::accept_later);
        // 아래는 작성하기 전까지 자리를 채우는 줄입니다. 모두 지우고 작성하세요.
        // The lines below only fill the gap until then: replace them all with your code.
        eprintln!("not yet implemented: step 2 {} {}", self.most, self.next);
    }

    /// 온 것을 모두 읽습니다. 손님이 끝났으면 Err. / Reads all that has come; an Err where the client has ended.
    fn read_all(&mut self, client: &mut Client) -> Result<(), Ended> {
        // 3단계: WouldBlock이 될 때까지 read하세요. 읽을 때마다 received에 더하고, next_line이 줄을 돌려주는
        // 동안 줄마다 hear를 부릅니다. 0바이트면 hear_the_rest를, 다른 오류면 Err(Ended::BrokeOff)를
        // 돌려줍니다. WouldBlock은 끝이 아니니 Ok(())입니다.
        // Step 3: read until it would block (WouldBlock). Add what each read brings to received, and call hear
        // with each line, as long as next_line returns one. At 0 bytes return hear_the_rest, at any
        // other error Err(Ended::BrokeOff). WouldBlock is not an end: Ok(()).
        // 다음 줄은 컴파일러의 경고를 막을 뿐입니다. 작성할 때 지우세요.
        // The next line only keeps the compiler quiet: take it out when you write the step.
        let _ = (Self::hear, Self::hear_the_rest, Client::next_line);
        // 아래는 작성하기 전까지 자리를 채우는 줄입니다. 모두 지우고 작성하세요.
        // The lines below only fill the gap until then: replace them all with your code.
        eprintln!("not yet implemented: step 3 {:?}", client.token);
        Ok(())
    }

    /// clients에 있는 모든 사람에게 줄을 보냅니다. / Sends a line to every member in clients.
    fn tell_others(&mut self, line: &str) {
        // 4단계: clients에서 이름이 있는 모두에게 줄을 put한 다음 send_waiting을 부르세요. send_waiting이
        // 실패했거나 그러고도 기다리는 줄이 QUEUE개보다 많은 손님은 clients에서 gone으로 옮깁니다.
        // 여기서 forget을 부르지 마세요: forget은 다시 모두에게 알립니다. 말한 사람은 clients에 없습니다:
        // 1단계에서 꺼내 두었습니다.
        // Step 4: put the line, then call send_waiting, for everybody in clients that has a name. A client for
        // which send_waiting fails, or more than QUEUE lines wait even then, is moved from clients to
        // gone. Do not call forget here: it tells everybody again. Whoever speaks is not in
        // clients: step 1 has taken it out.
        // 아래는 작성하기 전까지 자리를 채우는 줄입니다. 모두 지우고 작성하세요.
        // The lines below only fill the gap until then: replace them all with your code.
        let (length, count) = (line.len(), self.gone.len());
        eprintln!("not yet implemented: step 4 {length} {QUEUE} {count}");
    }

    /// 끝난 손님을 잊고 다른 사람들에게 알립니다. / Forgets a client that has ended, and tells the others.
    fn forget(&mut self, mut client: Client, ended: Ended) {
        // 6단계: 이름을 빼내세요(take). 이름이 있었으면 "나갔습니다: 이름 (N명)"을 출력하고 다른 사람들에게
        // "이름님이 나갔습니다"를 알립니다. 없었으면 이유가 있을 때(Refused) "돌려보냈습니다: 이유",
        // 아니면 "이름 없이 나갔습니다"를 출력합니다. 그다음, Finished면 part를, Refused면 이유를
        // put하고 part를 부릅니다. BrokeOff면 등록을 지우고(deregister) 버립니다: 버려지면 닫힙니다.
        // Step 6: take the name out. Where there was one, print "나갔습니다: NAME (N명)" (left) and tell the
        // others "NAME님이 나갔습니다" (has left). Where there was none, print "돌려보냈습니다:
        // REASON" (turned away) for Refused, else "이름 없이 나갔습니다" (left without a name). Then,
        // for Finished, call part; for Refused, put the reason first; for BrokeOff, deregister the
        // stream and drop it, which closes it.
        // 다음 줄은 컴파일러의 경고를 막을 뿐입니다. 작성할 때 지우세요.
        // The next line only keeps the compiler quiet: take it out when you write the step.
        let _ = (Self::part, Self::names);
        // 아래는 작성하기 전까지 자리를 채우는 줄입니다. 모두 지우고 작성하세요.
        // The lines below only fill the gap until then: replace them all with your code.
        eprintln!("not yet implemented: step 6 {:?}", client.name.take());
        if let Ended::Refused(why) = ended {
            client.put(why);
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
        // 5단계: waiting의 첫 줄부터 WouldBlock이 될 때까지 write하세요. write는 줄의 일부만 가져갈 수
        // 있습니다: 보낸 만큼 sent에 더하고, 다 갔으면 줄을 빼고 sent를 0으로 합니다. 그다음, 남은
        // 줄이 있는 동안만 WRITABLE에도 관심이 있게 다시 등록하세요(reregister). 관심이 그대로면
        // 등록하지 않습니다.
        // Step 5: write from the first line of waiting on, until it would block (WouldBlock). write may take a
        // part of a line: add what it took to sent; when the line has gone, take it out, and sent is 0
        // again. Then reregister with WRITABLE as well, but only while lines are left. Where the
        // interest stays the same, leave it.
        // 아래는 작성하기 전까지 자리를 채우는 줄입니다. 모두 지우고 작성하세요.
        // The lines below only fill the gap until then: replace them all with your code.
        let (sent, interest) = (self.sent, self.interest);
        eprintln!("not yet implemented: step 5 {registry:?} {sent} {interest:?}");
        for line in self.waiting.drain(..) {
            let _ = self.stream.write(&line)?;
        }
        Ok(())
    }

    /// 다음 줄: 다 온 것만, 줄 끝(LF나 CR LF)은 떼고. / The next line that has come as a whole, without its end (LF or CR LF).
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
