//! Wrong: Content-Type is left out where the body is empty
//! Steps written: 1-6
//! At fault: 6
//!
//! 레슨 21 http: HTTP/1.1을 직접 읽고 쓰는 명령 서버.
//! Lesson 21 http: a command server that reads and writes HTTP/1.1 by hand.

use std::collections::VecDeque;
use std::io::{self, prelude::*};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

const DEFAULT_ADDRESS: &str = "127.0.0.1:8080";
/// 빈 줄까지 친 헤드도, 본문도 이보다 길 수 없습니다(바이트). / No head with its empty line, and no body, may be longer (bytes).
const HEAD: usize = 8192;
const BODY: u64 = 1024;
/// 명령은 줄 끝을 빼고 이보다 길 수 없고, 이만큼까지 기억합니다. / The longest command, without its end, and how many are kept.
const COMMAND: usize = 200;
const KEPT: usize = 100;
/// 떠나는 손님을 기다려 주는 시간. / How long a client may take to leave.
const PATIENCE: Duration = Duration::from_secs(2);
const BAD_REQUEST: &str = "400 Bad Request";
const NOT_ALLOWED: &str = "405 Method Not Allowed";

/// 다음 요청을 읽지 못한 이유. / Why the next request was not read.
#[derive(Debug)]
enum Failure {
    /// 이 상태 코드로 답하고 닫습니다. / It is answered by this status, and the connection closed.
    Refused(&'static str),
    /// 손님이 끝냈거나 끊었습니다. / The client has ended, or broken off.
    Gone,
}

impl From<io::Error> for Failure {
    fn from(_: io::Error) -> Self {
        Self::Gone
    }
}

/// 손님 한 명. 읽었고 아직 쓰지 않은 바이트도 함께. / A client, with what was read of it and not used yet.
#[derive(Debug)]
struct Client {
    stream: TcpStream,
    unread: Vec<u8>,
}

impl Client {
    /// 더 읽어서 unread에 보탭니다. 더 올 것이 없으면 Gone. / Adds more to unread; Gone where nothing more comes.
    fn read_more(&mut self) -> Result<(), Failure> {
        let mut buffer = [0; 4096];
        let count = self.stream.read(&mut buffer)?;
        self.unread.extend_from_slice(&buffer[..count]);
        (count > 0).then_some(()).ok_or(Failure::Gone)
    }
}

/// 필드. 이름은 소문자입니다. / The fields; names are in lower case.
#[derive(Debug, Default)]
struct Fields(Vec<(String, String)>);

impl Fields {
    /// 이 이름을 가진 필드의 값 모두. / The values of all fields of this name.
    fn all(&self, name: &str) -> Vec<&str> {
        let named = self.0.iter().filter(|field| field.0 == name);
        named.map(|field| field.1.as_str()).collect()
    }

    /// 쉼표로 나열한 값에 이 낱말(소문자)이 있는가? / Is this word, in lower case, in the list that the values are?
    fn lists(&self, name: &str, word: &str) -> bool {
        let list = self.all(name).join(",").to_ascii_lowercase();
        list.split(',').any(|it| it.trim_ascii() == word)
    }
}

#[derive(Debug)]
struct Request {
    method: String,
    path: String,
    /// HTTP/1.1 이상. / HTTP/1.1 or above.
    is_newer: bool,
    fields: Fields,
    body: Vec<u8>,
}

#[derive(Debug)]
struct Answer {
    status: &'static str,
    body: String,
}

fn answer(status: &'static str, body: &str) -> Answer {
    let body = body.to_owned();
    Answer { status, body }
}

/// 받은 명령, 오래된 것부터. / The commands that were accepted, oldest first.
type Commands = Mutex<VecDeque<String>>;

fn main() -> ExitCode {
    if let Err(error) = run() {
        eprintln!("오류: {error}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn run() -> io::Result<()> {
    let address = std::env::args().nth(1);
    let listener = TcpListener::bind(address.as_deref().unwrap_or(DEFAULT_ADDRESS))?;
    let address = listener.local_addr()?;
    println!("서버가 시작되었습니다: {address} (Enter로 끝냅니다)");
    thread::spawn(end_on_enter);
    let commands = Arc::new(Commands::default());
    loop {
        let stream = next_client(&listener);
        let commands = Arc::clone(&commands);
        thread::spawn(move || serve(stream, &commands));
    }
}

/// 빈 줄까지 읽어 헤드를 돌려줍니다. 그 뒤에 온 것은 unread에 남습니다.
/// Reads up to the empty line, and returns the head; what came after it stays in unread.
fn read_head(client: &mut Client) -> Result<Vec<u8>, Failure> {
    loop {
        skip_empty_lines(&mut client.unread);
        match end_of_head(&client.unread) {
            Some(end) if end <= HEAD => return Ok(client.unread.drain(..end).collect()),
            None if client.unread.len() < HEAD => client.read_more()?,
            _ => return refused("431 Request Header Fields Too Large"),
        }
    }
}

/// 요청 줄의 메서드와 경로, 그리고 HTTP/1.1 이상인지. / Method and path of the request line, and whether it is HTTP/1.1 or above.
fn request_line(line: &str) -> Result<(&str, &str, bool), Failure> {
    let [method, target, version] = line.split(' ').collect::<Vec<_>>()[..] else {
        return refused(BAD_REQUEST);
    };
    if !is_token(method) || target.is_empty() || target.contains('\t') {
        return refused(BAD_REQUEST);
    }
    let is_newer = match version.strip_prefix("HTTP/").map(str::as_bytes) {
        Some(b"1.0") => false,
        Some([b'1', b'.', b'0'..=b'9']) => true,
        Some([b'0'..=b'9', b'.', b'0'..=b'9']) => return refused("505 HTTP Version Not Supported"),
        _ => return refused(BAD_REQUEST),
    };
    Ok((method, path_of(target), is_newer))
}

/// 필드: 줄마다 이름, 콜론, 값. HTTP/1.1에는 Host가 꼭 하나 있습니다.
/// The fields, a line each: name, colon, value. In HTTP/1.1 just one of them is Host.
fn fields(lines: &[&str], is_newer: bool) -> Result<Fields, Failure> {
    let mut fields = Fields::default();
    for line in lines {
        match line.split_once(':') {
            Some((name, value)) if is_token(name) => {
                let field = (name.to_ascii_lowercase(), value.trim_ascii().to_owned());
                fields.0.push(field);
            }
            _ => return refused(BAD_REQUEST),
        }
    }
    match (fields.all("host").len(), is_newer) {
        (1, _) | (0, false) => Ok(fields),
        _ => refused(BAD_REQUEST),
    }
}

/// 본문은 몇 바이트인가? 확실하지 않으면 받지 않습니다.
/// How many bytes has the body? Where that is not certain, the request is refused.
fn body_length(fields: &Fields) -> Result<usize, Failure> {
    let lengths = fields.all("content-length");
    if !fields.all("transfer-encoding").is_empty() {
        return refused(match lengths[..] {
            [] => "501 Not Implemented",
            _ => BAD_REQUEST,
        });
    }
    let length = match lengths[..] {
        [] => 0,
        [digits] if is_number(digits) => digits.parse::<u64>().or(refused(BAD_REQUEST))?,
        _ => return refused(BAD_REQUEST),
    };
    if length > BODY {
        return refused("413 Content Too Large");
    }
    Ok(length as usize)
}

/// 본문을 꼭 `length`바이트만 읽습니다. 손님이 먼저 물었으면 보내라고 합니다.
/// Reads a body of just `length` bytes; a client that asked first is told to go on.
fn read_body(client: &mut Client, length: usize, is_asked: bool) -> Result<Vec<u8>, Failure> {
    if is_asked && client.unread.len() < length {
        client.stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
    }
    while client.unread.len() < length {
        client.read_more()?;
    }
    Ok(client.unread.drain(..length).collect())
}

/// 답을 보내고, 연결이 계속되는지 돌려줍니다. / Sends the answer; returns whether the connection goes on.
fn send_answer(client: &mut Client, request: &Request, answer: &Answer) -> Result<bool, Failure> {
    let goes_on = request.is_newer && !request.fields.lists("connection", "close");
    let mut text = format!("HTTP/1.1 {}\r\n", answer.status);
    text += &format!("Content-Length: {}\r\n", answer.body.len());
    if !answer.body.is_empty() {
        text += "Content-Type: text/plain; charset=utf-8\r\n";
    }
    if answer.status == NOT_ALLOWED {
        text += &format!("Allow: {}\r\n", methods_of(&request.path));
    }
    if !goes_on {
        text += "Connection: close\r\n";
    }
    text += "\r\n";
    if request.method != "HEAD" {
        text += &answer.body;
    }
    client.stream.write_all(text.as_bytes())?;
    Ok(goes_on)
}

/// 다음 연결. 받지 못했으면 조금 쉬고 다시 기다립니다(레슨 10). / The next connection; where accept fails, it rests a little.
fn next_client(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept() {
            Ok((stream, _)) => return stream,
            Err(error) => eprintln!("손님을 받지 못했습니다: {error}"),
        }
        thread::sleep(Duration::from_millis(100));
    }
}

/// 손님 한 명의 처음부터 끝까지. / One client, from its beginning to its end.
fn serve(stream: TcpStream, commands: &Commands) {
    let _ = stream.set_nodelay(true); // 레슨 16 / lesson 16
    let unread = Vec::new();
    let mut client = Client { stream, unread };
    if let Err(Failure::Refused(status)) = answer_requests(&mut client, commands) {
        let text = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        let _ = client.stream.write_all(text.as_bytes());
    }
    part(client.stream);
}

fn answer_requests(client: &mut Client, commands: &Commands) -> Result<(), Failure> {
    loop {
        let request = read_request(client)?;
        let answer = answer_to(&request, commands);
        if !send_answer(client, &request, &answer)? {
            return Ok(());
        }
    }
}

fn read_request(client: &mut Client) -> Result<Request, Failure> {
    let head = read_head(client)?;
    let head = String::from_utf8_lossy(&head);
    let lines = lines_of(&head)?;
    let (first, others) = lines.split_first().ok_or(Failure::Gone)?;
    let (method, path, is_newer) = request_line(first)?;
    let fields = fields(others, is_newer)?;
    let length = body_length(&fields)?;
    let is_asked = is_newer && asks_first(&fields)?;
    Ok(Request {
        method: method.to_owned(),
        path: path.to_owned(),
        is_newer,
        fields,
        body: read_body(client, length, is_asked)?,
    })
}

/// 무엇을 부탁하는지는 경로와 메서드가 말합니다. / What is asked for is said by path and method.
fn answer_to(request: &Request, commands: &Commands) -> Answer {
    let mut commands = commands.lock().unwrap_or_else(PoisonError::into_inner);
    let lines: String = commands.iter().map(|it| format!("{it}\n")).collect();
    match (request.path.as_str(), request.method.as_str()) {
        ("/", "GET" | "HEAD") => answer("200 OK", "명령 서버입니다\n"),
        ("/commands", "GET" | "HEAD") => answer("200 OK", &lines),
        ("/commands", "POST") => match command_in(&request.body) {
            Some(command) => accept(command, &mut commands),
            None => answer(BAD_REQUEST, "명령이 아닙니다\n"),
        },
        ("/" | "/commands", _) => answer(NOT_ALLOWED, "쓸 수 없는 메서드입니다\n"),
        _ => answer("404 Not Found", "없는 경로입니다\n"),
    }
}

/// 이 경로에 쓸 수 있는 메서드. / The methods that this path allows.
fn methods_of(path: &str) -> &'static str {
    match path {
        "/commands" => "GET, HEAD, POST",
        _ => "GET, HEAD",
    }
}

/// 명령을 기억합니다. 출력은 답보다 먼저입니다. / Remembers a command; it is printed before its answer.
fn accept(command: &str, commands: &mut VecDeque<String>) -> Answer {
    println!("명령: {command}");
    commands.push_back(command.to_owned());
    if commands.len() > KEPT {
        commands.pop_front();
    }
    answer("200 OK", &format!("받았습니다: {command}\n"))
}

/// 본문이 명령이면 그 명령, 줄 끝은 떼고. / The command that a body is, without the end of its line.
fn command_in(body: &[u8]) -> Option<&str> {
    let text = str::from_utf8(body).ok()?;
    let ending = ["\r\n", "\n", ""].into_iter().find(|it| text.ends_with(it));
    let text = text.strip_suffix(ending?)?;
    let is_command = (1..=COMMAND).contains(&text.len()) && !text.chars().any(char::is_control);
    is_command.then_some(text)
}

/// 이 상태 코드로 답하고 닫을 요청. / A request that is answered by this status, and the connection closed.
fn refused<T>(status: &'static str) -> Result<T, Failure> {
    Err(Failure::Refused(status))
}

/// 요청 앞의 빈 줄은 뜻이 없습니다. / Empty lines before a request mean nothing.
fn skip_empty_lines(bytes: &mut Vec<u8>) {
    while let [b'\n', ..] | [b'\r', b'\n', ..] = bytes[..] {
        bytes.remove(0);
    }
}

/// 빈 줄이 끝난 곳. 줄은 CR LF나 LF로 끝납니다. / Where the empty line ends; lines end in CR LF or LF.
fn end_of_head(bytes: &[u8]) -> Option<usize> {
    (1..=bytes.len()).find(|end| {
        let bytes = &bytes[..*end];
        bytes.ends_with(b"\n\n") || bytes.ends_with(b"\n\r\n")
    })
}

/// 헤드의 줄들. 제어 문자는 탭만 괜찮습니다. / The lines of a head; of control characters only the tab will do.
fn lines_of(head: &str) -> Result<Vec<&str>, Failure> {
    let is_wrong = |it: char| it.is_ascii_control() && it != '\t';
    if head.lines().any(|line| line.contains(is_wrong)) {
        return refused(BAD_REQUEST);
    }
    Ok(head.lines().take_while(|it| !it.is_empty()).collect())
}

/// 메서드나 필드의 이름이 될 수 있는가? (RFC 9110, 5.6.2) / Can it be a method, or the name of a field?
fn is_token(text: &str) -> bool {
    let is_one = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(is_one)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// 대상의 경로: `/commands?x=1`이나 `http://host/commands`에서 `/commands`. / The path of a target, without query and host.
fn path_of(target: &str) -> &str {
    let (path, _) = target.split_once('?').unwrap_or((target, ""));
    match path.split_once("://") {
        Some((scheme, rest)) if is_token(scheme) => rest.find('/').map_or("/", |at| &rest[at..]),
        _ => path,
    }
}

/// 본문을 보내도 되는지 먼저 묻는가? / Does the client ask before it sends the body? Nothing else can it expect.
fn asks_first(fields: &Fields) -> Result<bool, Failure> {
    match fields.all("expect")[..] {
        [] => Ok(false),
        [it] if it.eq_ignore_ascii_case("100-continue") => Ok(true),
        _ => refused("417 Expectation Failed"),
    }
}

/// 더 보낼 것이 없다고 알리고, 남은 것을 읽어서 버립니다(레슨 08). / Ends, and throws away what still comes (lesson 08).
fn part(mut stream: TcpStream) {
    let deadline = Instant::now() + PATIENCE;
    let _ = stream.shutdown(Shutdown::Write);
    let _ = stream.set_read_timeout(Some(PATIENCE));
    let mut goes_on = || stream.read(&mut [0; 4096]).is_ok_and(|count| count > 0);
    while goes_on() && Instant::now() < deadline {}
}

fn end_on_enter() {
    if let Ok(1..) = io::stdin().read_line(&mut String::new()) {
        std::process::exit(0);
    }
}
