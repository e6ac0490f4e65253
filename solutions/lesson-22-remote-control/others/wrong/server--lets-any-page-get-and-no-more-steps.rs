//! Wrong: the Origin of a GET is not looked at; the other steps are not written yet
//! Steps written: 1-3
//! At fault: 3
//!
//! 레슨 22 remote-control: 휴대폰의 명령을 유니티에 전하는 서버.
//! Lesson 22 remote-control: a server that passes a phone's commands on to Unity.

mod frames;
mod http;

use frames::{invalid, number, number_after, read_frame, send_frame};
use http::{Answer, Request, is_ip, name_and_port};
use std::collections::VecDeque;
use std::io;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::ExitCode;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

const PHONES: &str = "127.0.0.1:8080";
const UNITY: &str = "127.0.0.1:9090";
/// 명령은 이보다 길 수 없습니다(바이트). / A command may not be longer, in bytes.
const COMMAND: usize = 200;
/// 한 번에 이만큼만 기다립니다. / No more than this many wait at once.
const WAITING: usize = 100;
/// 다 한 명령은 이만큼 보관합니다. / So many that are done are kept.
const DONE: usize = 100;
/// 페이지에는 마지막 몇 개를 보이는지. / How many of the last the page shows.
const SHOWN: usize = 10;
/// `{commands}` 자리에 명령들이 들어갑니다. / The commands take the place of `{commands}`.
const PAGE: &str = include_str!("page.html");

/// 모든 스레드가 함께 가진 것. / What all threads share.
#[derive(Debug, Default)]
struct Remote {
    state: Mutex<State>,
    /// 새 명령이 왔거나 유니티가 바뀌었습니다. / A command has come, or it is another Unity.
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    /// 기다리는 것 모두, 그 앞에 다 한 것 가운데 마지막 DONE개. / All that wait, and before them the last that are done.
    commands: VecDeque<Command>,
    /// 마지막으로 준 번호. / The last ID given out.
    last: u64,
    /// 유니티가 여기까지 했습니다. 그 뒤는 기다립니다. / Unity has done all up to here; the rest waits.
    done: u64,
    /// 지금의 유니티에 여기까지 보냈습니다. / Sent up to here to the Unity that is there now.
    sent: u64,
    /// 자리를 차지한 유니티. / The Unity that has the place.
    unity: Option<Arc<TcpStream>>,
}

#[derive(Clone, Debug)]
struct Command {
    id: u64,
    text: String,
}

impl Remote {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// 잠금을 놓고 변화를 기다렸다가 다시 잠급니다. / Lets go of the lock, waits for a change, and locks again.
    fn wait_for_a_change<'a>(&self, state: MutexGuard<'a, State>) -> MutexGuard<'a, State> {
        let waited = self.changed.wait(state);
        waited.unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// 기다리는 명령의 수. / How many commands wait.
    fn waiting(&self) -> usize {
        self.commands.iter().filter(|it| it.id > self.done).count()
    }

    /// 이 연결이 자리를 차지한 유니티인가? / Is this connection the Unity that has the place?
    fn has_place(&self, unity: &Arc<TcpStream>) -> bool {
        self.unity.as_ref().is_some_and(|it| Arc::ptr_eq(it, unity))
    }

    /// 유니티가 `id`까지 했습니다. 오래된 것은 버립니다. / Unity has done all up to `id`; what is old goes.
    fn acknowledge(&mut self, id: u64) {
        for done in self.done + 1..=id {
            println!("전달했습니다: {done}");
        }
        self.done = self.done.max(id);
        while self.commands.len() > self.waiting() + DONE {
            self.commands.pop_front();
        }
    }
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let phones = arguments.next().unwrap_or(PHONES.to_owned());
    let unity = arguments.next().unwrap_or(UNITY.to_owned());
    match run(&phones, &unity) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("오류: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(phones: &str, unity: &str) -> io::Result<()> {
    let (phones, unity) = (TcpListener::bind(phones)?, TcpListener::bind(unity)?);
    let address = phones.local_addr()?;
    println!("휴대폰을 기다립니다: {address}");
    println!(
        "유니티를 기다립니다: {} (Enter로 끝냅니다)",
        unity.local_addr()?
    );
    thread::spawn(end_on_enter);
    let remote = Arc::new(Remote::default());
    let served = Arc::clone(&remote);
    thread::spawn(move || serve_everyone(&unity, move |unity| serve_unity(&served, unity)));
    serve_everyone(&phones, move |phone| {
        http::serve(&phone, |request| respond(&remote, address.port(), request));
    });
    Ok(())
}

/// 연결마다 스레드 하나가 `serve`를 부릅니다(레슨 17). / A thread for each connection calls `serve` (lesson 17).
fn serve_everyone(listener: &TcpListener, serve: impl Fn(TcpStream) + Clone + Send + 'static) {
    loop {
        match listener.accept() {
            Ok((client, _)) => {
                let serve = serve.clone();
                thread::spawn(move || serve(client));
            }
            Err(error) => {
                eprintln!("연결을 받지 못했습니다: {error}");
                thread::sleep(Duration::from_millis(100));
            }
        }
    }
}

/// 명령에 번호를 주고, 기다리게 하고, 변화를 알립니다. 더 받을 수 없으면 None.
/// Gives the command an ID, lets it wait, and tells of the change; None where no room is left.
fn accept(remote: &Remote, text: &str) -> Option<u64> {
    let mut state = remote.state();
    if state.waiting() >= WAITING {
        return None;
    }
    state.last += 1;
    let id = state.last;
    println!("받았습니다: {id} {text}");
    let text = text.to_owned();
    state.commands.push_back(Command { id, text });
    remote.changed.notify_all();
    Some(id)
}

/// HTML에서 뜻이 있는 다섯 글자를 글자로만 보이게 합니다.
/// Makes the five characters that mean something in HTML mere characters.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

/// 이 서버를 주소나 localhost로 부르고, 다른 페이지가 보낸 것이 아닌 요청인가?
/// Does the request call this server by an address or localhost, and does no other page send it?
fn is_allowed(request: &Request, port: u16) -> bool {
    let Some(host) = request.field("Host") else {
        return false;
    };
    let Some((name, host_port)) = name_and_port(host) else {
        return false;
    };
    if host_port != port || !(is_ip(name) || name.eq_ignore_ascii_case("localhost")) {
        return false;
    }
    match request.field("Origin") {
        // A GET changes nothing.
        Some(origin) if request.method != "GET" => origin == format!("http://{host}"),
        _ => true,
    }
}

/// `last`까지 했다는 유니티가 자리를 차지하고, 먼저 있던 유니티의 연결은 닫습니다. 여기까지 했다고 아는 번호를 돌려줍니다.
/// A Unity that has done all up to `last` takes the place; the connection of the one before is closed.
/// Returns the ID up to which it is known to have come.
fn take_place(remote: &Remote, unity: &Arc<TcpStream>, last: u64) -> u64 {
    let _ = State::acknowledge;
    // 아래는 작성하기 전까지 자리를 채우는 줄입니다. 모두 지우고 작성하세요.
    // The lines below only fill the gap until then: replace them all with your code.
    eprintln!("not yet implemented: step 4 {last}");
    remote.state().unity = Some(Arc::clone(unity));
    0
}

/// 기다리는 명령을 차례로, 새 명령은 오는 대로 보냅니다. 자리를 잃으면 끝냅니다.
/// Sends what waits, in order, and new commands as they come; ends when the place is lost.
fn push(remote: &Remote, unity: &Arc<TcpStream>) -> io::Result<()> {
    let _ = Remote::wait_for_a_change;
    // 아래는 작성하기 전까지 자리를 채우는 줄입니다. 모두 지우고 작성하세요.
    // The lines below only fill the gap until then: replace them all with your code.
    eprintln!("not yet implemented: step 5 {remote:?} {unity:?}");
    Ok(())
}

/// 휴대폰의 요청 하나. / One request of a phone.
fn respond(remote: &Remote, port: u16, request: &Request) -> Answer {
    if !is_allowed(request, port) {
        return Answer::text(403, "이 서버의 페이지에서 보낸 요청이 아닙니다\n");
    }
    match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/") => Answer::html(page(&remote.state())),
        ("POST", "/commands") => take(remote, &request.body),
        ("GET", "/commands") => list(&remote.state(), &request.query),
        (_, "/") => not_allowed("GET, HEAD"),
        (_, "/commands") => not_allowed("GET, HEAD, POST"),
        (method, path) => match path.strip_prefix("/commands/").and_then(number) {
            Some(id) => one(&remote.state(), method, id),
            None => Answer::text(404, "없습니다\n"),
        },
    }
}

fn not_allowed(methods: &str) -> Answer {
    let answer = Answer::text(405, "할 수 없는 요청입니다\n");
    answer.with("Allow", methods.to_owned())
}

/// 마지막 명령들이 담긴 페이지. / The page with the last commands.
fn page(state: &State) -> String {
    let mut items = String::new();
    for Command { id, text } in state.commands.iter().rev().take(SHOWN) {
        let (text, how) = (
            escaped(text),
            if *id > state.done { "대기" } else { "완료" },
        );
        items += &format!(
            "<li><button data-command=\"{text}\">{id} {text}</button> <span>{how}</span></li>\n"
        );
    }
    PAGE.replace("{commands}", &items)
}

/// 202는 받았다는 말이지, 했다는 말이 아닙니다. / 202 says that it was accepted, and not that it is done.
fn take(remote: &Remote, body: &[u8]) -> Answer {
    let Some(text) = command(body) else {
        return Answer::text(400, "쓸 수 없는 명령입니다\n");
    };
    match accept(remote, text) {
        Some(id) => {
            Answer::text(202, format!("{id}\n")).with("Location", format!("/commands/{id}"))
        }
        None => Answer::text(503, "너무 많은 명령이 기다립니다\n"),
    }
}

/// 본문의 명령. 끝의 줄바꿈 하나는 뗍니다. 쓸 수 없으면 None.
/// The command of a body, without one line end; None where it is not one.
fn command(body: &[u8]) -> Option<&str> {
    let text = body.strip_suffix(b"\n").unwrap_or(body);
    let text = str::from_utf8(text.strip_suffix(b"\r").unwrap_or(text)).ok()?;
    let fits = (1..=COMMAND).contains(&text.len()) && !text.chars().any(char::is_control);
    fits.then_some(text)
}

/// `?after=ID`: 그 뒤의 명령들. 읽기만 합니다. / Those after it; it only reads.
fn list(state: &State, query: &str) -> Answer {
    let after = match query.strip_prefix("after=") {
        Some(text) => number(text),
        None => query.is_empty().then_some(0),
    };
    let Some(after) = after else {
        return Answer::text(400, "after=번호가 아닙니다\n");
    };
    let later = state.commands.iter().filter(|it| it.id > after);
    let lines = later.map(|Command { id, text }| format!("{id} {text}\n"));
    Answer::text(200, lines.collect::<String>())
}

fn one(state: &State, method: &str, id: u64) -> Answer {
    match state.commands.iter().find(|it| it.id == id) {
        None => Answer::text(404, "없습니다\n"),
        Some(_) if method != "GET" => not_allowed("GET, HEAD"),
        Some(_) if id > state.done => Answer::text(200, "waiting\n"),
        Some(_) => Answer::text(200, "done\n"),
    }
}

/// 유니티 하나의 처음부터 끝까지. / One Unity, from its beginning to its end.
fn serve_unity(remote: &Arc<Remote>, unity: TcpStream) {
    let unity = Arc::new(unity);
    if let Err(error) = hear(remote, &unity) {
        eprintln!("유니티와의 연결이 끝났습니다: {error}");
    }
    let mut state = remote.state();
    if state.has_place(&unity) {
        state.unity = None;
        println!("유니티가 떠났습니다");
        remote.changed.notify_all();
    }
    let _ = unity.shutdown(Shutdown::Both);
}

/// 첫 프레임은 `last N`, 그다음은 `done ID`입니다. 보내는 일은 다른 스레드가 합니다.
/// The first frame is `last N`, the others are `done ID`. Another thread sends.
fn hear(remote: &Arc<Remote>, unity: &Arc<TcpStream>) -> io::Result<()> {
    let Some(last) = read_frame(unity)? else {
        return Ok(());
    };
    let last = number_after("last ", &last)?;
    let after = take_place(remote, unity, last);
    send_frame(unity, &format!("after {after}"))?;
    let (pushing, to) = (Arc::clone(remote), Arc::clone(unity));
    thread::spawn(move || push(&pushing, &to));
    while let Some(frame) = read_frame(unity)? {
        let id = number_after("done ", &frame)?;
        let mut state = remote.state();
        if !state.has_place(unity) || id > state.sent {
            return Err(invalid("보낸 적이 없는 번호입니다"));
        }
        state.acknowledge(id);
    }
    Ok(())
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
