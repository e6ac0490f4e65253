//! Right: a machine that takes one byte after another and is in one of six states; nothing is kept but what it is in.
use std::io::{self, Bytes, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

static COMMANDS: Mutex<Vec<String>> = Mutex::new(Vec::new());

#[derive(Clone, Copy, PartialEq)]
enum State {
    Start,
    Method,
    Target,
    Version,
    Name,
    Value,
}

#[derive(Default)]
struct Request {
    method: String,
    target: String,
    version: String,
    name: String,
    value: String,
    hosts: usize,
    length: Option<u64>,
    encoded: bool,
    expects: Option<String>,
    closes: bool,
    bad: Option<u16>,
}

enum Outcome {
    Refuse(u16),
    End,
}

fn is_tchar(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

impl Request {
    fn fails(&mut self, status: u16) {
        self.bad.get_or_insert(status);
    }

    fn line_is_over(&mut self) {
        if self.method.is_empty() || self.target.is_empty() {
            return self.fails(400);
        }
        match self.version.as_bytes() {
            [b'H', b'T', b'T', b'P', b'/', major, b'.', minor]
                if major.is_ascii_digit() && minor.is_ascii_digit() =>
            {
                if *major != b'1' {
                    self.fails(505);
                }
            }
            _ => self.fails(400),
        }
    }

    fn field_is_over(&mut self, was_value: bool) {
        let name = std::mem::take(&mut self.name).to_lowercase();
        let value = std::mem::take(&mut self.value);
        let value = value.trim_matches([' ', '\t']);
        if !was_value || name.is_empty() {
            return self.fails(400);
        }
        match name.as_str() {
            "host" => self.hosts += 1,
            "transfer-encoding" => self.encoded = true,
            "content-length" => {
                let digits = !value.is_empty() && value.chars().all(|it| it.is_ascii_digit());
                match value.parse() {
                    Ok(length) if digits && self.length.is_none() => self.length = Some(length),
                    _ => self.fails(400),
                }
            }
            "expect" => {
                let before = self.expects.take().unwrap_or_default();
                self.expects = Some(before + &value.to_lowercase());
            }
            "connection" => {
                let mut words = value.split(',');
                self.closes |= words.any(|it| it.trim().eq_ignore_ascii_case("close"));
            }
            _ => {}
        }
    }

    fn is_newer(&self) -> bool {
        self.version != "HTTP/1.0"
    }

    fn fault(&self) -> Option<u16> {
        let expects = self.expects.as_deref().unwrap_or("100-continue");
        Some(match self.bad {
            Some(status) => status,
            None if self.is_newer() && self.hosts != 1 => 400,
            None if self.encoded && self.length.is_some() => 400,
            None if self.encoded => 501,
            None if self.length > Some(1024) => 413,
            None if self.is_newer() && expects != "100-continue" => 417,
            None => return None,
        })
    }

    fn path(&self) -> &str {
        let target = self.target.split('?').next().unwrap_or_default();
        if target.starts_with('/') {
            return target;
        }
        match target.find("://").map(|at| &target[at + 3..]) {
            Some(rest) => rest.find('/').map_or("/", |at| &rest[at..]),
            None => target,
        }
    }
}

/// One byte at a time; a CR counts only before an LF.
fn read_head(bytes: &mut Bytes<impl Read>) -> Result<Request, Outcome> {
    let (mut request, mut state) = (Request::default(), State::Start);
    let (mut count, mut after_cr, mut fresh) = (0, false, true);
    loop {
        let Some(Ok(byte)) = bytes.next() else {
            return Err(Outcome::End);
        };
        count += 1;
        if state == State::Start && (byte == b'\n' || byte == b'\r' && !after_cr) {
            (count, after_cr) = (0, byte == b'\r');
            continue;
        }
        if count > 8192 {
            return Err(Outcome::Refuse(431));
        }
        if after_cr && byte != b'\n' {
            request.fails(400);
        }
        after_cr = byte == b'\r';
        if after_cr {
            continue;
        }
        if byte == b'\n' {
            match state {
                State::Name if fresh => return Ok(request),
                State::Name | State::Value => request.field_is_over(state == State::Value),
                State::Version => request.line_is_over(),
                _ => request.fails(400),
            }
            (state, fresh) = (State::Name, true);
            continue;
        }
        fresh = false;
        if byte < 32 && byte != b'\t' || byte == 127 {
            request.fails(400);
        }
        let character = char::from(byte);
        state = match (state, byte) {
            (State::Start, _) | (State::Method, 33..) if is_tchar(byte) => {
                request.method.push(character);
                State::Method
            }
            (State::Method, b' ') => State::Target,
            (State::Target, b' ') => State::Version,
            (State::Target, _) => {
                request.target.push(character);
                State::Target
            }
            (State::Version, _) => {
                request.version.push(character);
                State::Version
            }
            (State::Name, b':') => State::Value,
            (State::Name, _) if is_tchar(byte) => {
                request.name.push(character);
                State::Name
            }
            (State::Value, _) => {
                request.value.push(character);
                State::Value
            }
            (state, _) => {
                request.fails(400);
                if state == State::Start {
                    State::Method
                } else {
                    state
                }
            }
        };
    }
}

fn talk(mut stream: &TcpStream) -> Result<(), Outcome> {
    let mut bytes = Read::bytes(io::BufReader::with_capacity(64, stream));
    loop {
        let request = read_head(&mut bytes)?;
        if let Some(status) = request.fault() {
            return Err(Outcome::Refuse(status));
        }
        let length = request.length.unwrap_or(0) as usize;
        if request.is_newer() && request.expects.is_some() && length > 0 {
            let go_on = stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n");
            go_on.map_err(|_| Outcome::End)?;
        }
        let body: Vec<u8> = bytes.by_ref().take(length).map_while(Result::ok).collect();
        if body.len() < length {
            return Err(Outcome::End);
        }
        let stays = request.is_newer() && !request.closes;
        let answer = answer(&request, body, stays);
        stream.write_all(&answer).map_err(|_| Outcome::End)?;
        if !stays {
            return Ok(());
        }
    }
}

fn answer(request: &Request, body: Vec<u8>, stays: bool) -> Vec<u8> {
    let mut commands = COMMANDS.lock().unwrap_or_else(|it| it.into_inner());
    let reads = ["GET", "HEAD"].contains(&request.method.as_str());
    let (status, text) = match request.path() {
        "/" if reads => (200, "명령 서버입니다\n".to_owned()),
        "/commands" if reads => (200, commands.concat()),
        "/commands" if request.method == "POST" => match command(body) {
            Some(command) => {
                println!("명령: {command}");
                let over = (commands.len() + 1).saturating_sub(100);
                commands.drain(..over);
                commands.push(format!("{command}\n"));
                (200, format!("받았습니다: {command}\n"))
            }
            None => (400, String::new()),
        },
        "/" => (405, "GET, HEAD".to_owned()),
        "/commands" => (405, "HEAD, GET, POST".to_owned()),
        _ => (404, String::new()),
    };
    let mut head = format!("HTTP/1.1 {status} -\r\nContent-Length: {}\r\n", text.len());
    if status == 405 {
        head += &format!("Allow: {text}\r\n");
    }
    if !stays {
        head += "Connection: close\r\n";
    }
    head += "Content-Type: text/plain; charset=utf-8\r\n\r\n";
    let mut all = head.into_bytes();
    if request.method != "HEAD" {
        all.extend(text.into_bytes());
    }
    all
}

fn command(body: Vec<u8>) -> Option<String> {
    let mut text = String::from_utf8(body).ok()?;
    if text.ends_with('\n') {
        text.pop();
        if text.ends_with('\r') {
            text.pop();
        }
    }
    let fits = !text.is_empty() && text.len() < 201;
    (fits && !text.contains(char::is_control)).then_some(text)
}

fn serve(mut stream: TcpStream) {
    let _ = stream.set_nodelay(true);
    if let Err(Outcome::Refuse(status)) = talk(&stream) {
        let text =
            format!("HTTP/1.1 {status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        let _ = stream.write_all(text.as_bytes());
    }
    let _ = stream.shutdown(Shutdown::Write);
    let _ = stream.set_read_timeout(Some(Duration::from_secs(1)));
    let _ = io::copy(&mut (&stream).take(100 << 20), &mut io::sink());
}

fn main() -> io::Result<()> {
    let address = std::env::args().nth(1).unwrap_or("127.0.0.1:8080".into());
    let listener = TcpListener::bind(address)?;
    println!(
        "서버가 시작되었습니다: {} (Enter로 끝냅니다)",
        listener.local_addr()?
    );
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || serve(stream));
        }
    });
    if io::stdin().read_line(&mut String::new())? == 0 {
        loop {
            thread::park();
        }
    }
    Ok(())
}
