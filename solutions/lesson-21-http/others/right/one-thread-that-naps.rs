//! Right: one thread over non-blocking sockets, that naps for a millisecond when nobody had anything; a parser that is asked again for all that came.
use std::collections::VecDeque;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

static OVER: AtomicBool = AtomicBool::new(false);

struct Peer {
    stream: TcpStream,
    came: VecDeque<u8>,
    out: Vec<u8>,
    told_to_go_on: bool,
    ended: bool,
    closing: Option<Instant>,
}

struct Head<'a> {
    method: &'a str,
    path: &'a str,
    newer: bool,
    fields: Vec<(String, &'a str)>,
}

enum Parsed {
    NotYet,
    Refused(u16),
    Whole {
        head: usize,
        length: usize,
        asks: bool,
    },
}

fn token(text: &str) -> bool {
    let odd = |c: char| !(c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c));
    !text.is_empty() && !text.contains(odd)
}

fn end_of(bytes: &[u8]) -> Option<usize> {
    let newlines = bytes.iter().enumerate().filter(|it| *it.1 == b'\n');
    newlines
        .map(|(at, _)| at)
        .find_map(|at| match &bytes[at + 1..] {
            [b'\n', ..] => Some(at + 2),
            [b'\r', b'\n', ..] => Some(at + 3),
            _ => None,
        })
}

fn understood(text: &str) -> Result<Head<'_>, u16> {
    let mut lines = text
        .split('\n')
        .map(|it| it.strip_suffix('\r').unwrap_or(it));
    let first = lines.next().ok_or(400u16)?;
    if text
        .chars()
        .any(|c| c.is_ascii_control() && !"\t\r\n".contains(c))
    {
        return Err(400);
    }
    let (method, rest) = first.split_once(' ').ok_or(400u16)?;
    let (target, version) = rest.split_once(' ').ok_or(400u16)?;
    if !token(method) || target.is_empty() || first.contains('\r') {
        return Err(400);
    }
    let newer = match version.as_bytes() {
        b"HTTP/1.0" => false,
        [b'H', b'T', b'T', b'P', b'/', b'1', b'.', b'1'..=b'9'] => true,
        [b'H', b'T', b'T', b'P', b'/', b'0'..=b'9', b'.', b'0'..=b'9'] => return Err(505),
        _ => return Err(400),
    };
    let mut fields = Vec::new();
    for line in lines.take_while(|it| !it.is_empty()) {
        let colon = line.find(':').ok_or(400u16)?;
        let value = line[colon + 1..].trim_matches([' ', '\t']);
        if !token(&line[..colon]) || line.contains('\r') {
            return Err(400);
        }
        fields.push((line[..colon].to_ascii_uppercase(), value));
    }
    let target = target.split('?').next().unwrap_or("");
    let path = match target.find("://") {
        Some(at) if !target.starts_with('/') => {
            let rest = &target[at + 3..];
            rest.find('/').map_or("/", |slash| &rest[slash..])
        }
        _ => target,
    };
    Ok(Head {
        method,
        path,
        newer,
        fields,
    })
}

impl Head<'_> {
    fn every(&self, name: &str) -> Vec<&str> {
        self.fields
            .iter()
            .filter(|it| it.0 == name)
            .map(|it| it.1)
            .collect()
    }

    fn measure(&self) -> Result<(usize, bool), u16> {
        if self.newer && self.every("HOST").len() != 1 {
            return Err(400);
        }
        let lengths = self.every("CONTENT-LENGTH");
        match (self.every("TRANSFER-ENCODING").len(), lengths.len()) {
            (0, 0) => return self.asks().map(|_| (0, false)),
            (0, 1) => {}
            (0, _) => return Err(400),
            (_, 0) => return Err(501),
            _ => return Err(400),
        }
        if lengths[0].is_empty() || lengths[0].contains(|c: char| !c.is_ascii_digit()) {
            return Err(400);
        }
        let length: u64 = lengths[0].parse().map_err(|_| 400u16)?;
        if length > 1024 {
            return Err(413);
        }
        Ok((length as usize, self.asks()?))
    }

    fn asks(&self) -> Result<bool, u16> {
        match self.every("EXPECT").as_slice() {
            [] => Ok(false),
            _ if !self.newer => Ok(false),
            [one] if one.to_ascii_lowercase() == "100-continue" => Ok(true),
            _ => Err(417),
        }
    }

    fn stays(&self) -> bool {
        let closes = |it: &str| {
            it.split(',')
                .any(|word| word.trim().to_lowercase() == "close")
        };
        self.newer && !self.every("CONNECTION").into_iter().any(closes)
    }
}

fn parse(came: &[u8]) -> Parsed {
    let Some(head) = end_of(came).filter(|end| *end <= 8192) else {
        let too_long = came.len() >= 8192;
        return if too_long {
            Parsed::Refused(431)
        } else {
            Parsed::NotYet
        };
    };
    let text = String::from_utf8_lossy(&came[..head]);
    match understood(&text).and_then(|it| it.measure()) {
        Ok((length, asks)) => Parsed::Whole { head, length, asks },
        Err(status) => Parsed::Refused(status),
    }
}

fn say(out: &mut Vec<u8>, status: u16, more: &str, text: &str, has_body: bool) {
    let length = text.len();
    let head = format!("HTTP/1.1 {status} ok\r\nContent-Length: {length}\r\n{more}");
    out.extend(head.bytes());
    out.extend(b"Content-Type: text/plain; charset=utf-8\r\n\r\n");
    out.extend(text.bytes().filter(|_| has_body));
}

impl Peer {
    fn closes(&mut self) {
        self.closing = Some(Instant::now() + Duration::from_secs(2));
    }

    /// Answers what is whole; true where something was.
    fn answers(&mut self, commands: &mut VecDeque<String>) -> bool {
        while self.came.front() == Some(&b'\n')
            || self.came.front() == Some(&b'\r') && self.came.get(1) == Some(&b'\n')
        {
            self.came.pop_front();
        }
        let came = self.came.make_contiguous();
        let (head, length) = match parse(came) {
            Parsed::NotYet => return false,
            Parsed::Refused(status) => {
                say(&mut self.out, status, "Connection: close\r\n", "", true);
                self.closes();
                return true;
            }
            Parsed::Whole { head, length, asks } => {
                if came.len() < head + length {
                    if asks && !self.told_to_go_on {
                        self.told_to_go_on = true;
                        self.out.extend(b"HTTP/1.1 100 Continue\r\n\r\n");
                        return true;
                    }
                    return false;
                }
                (head, length)
            }
        };
        let text = String::from_utf8_lossy(&came[..head]).into_owned();
        let body = came[head..head + length].to_vec();
        self.came.drain(..head + length);
        self.told_to_go_on = false;
        if let Ok(head) = understood(&text) {
            let stays = head.stays();
            answer(&mut self.out, &head, &body, stays, commands);
            if !stays {
                self.closes();
            }
        }
        true
    }

    /// False when it is over; `busy` where something happened.
    fn turn(&mut self, commands: &mut VecDeque<String>, busy: &mut bool) -> bool {
        let mut chunk = [0; 1 << 14];
        match self.stream.read(&mut chunk) {
            Ok(0) => self.ended = true,
            Ok(count) => {
                *busy = true;
                if self.closing.is_none() {
                    self.came.extend(&chunk[..count]);
                }
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Err(_) => return false,
        }
        while self.closing.is_none() && self.answers(commands) {
            *busy = true;
        }
        while !self.out.is_empty() {
            match self.stream.write(&self.out) {
                Ok(count) => drop(self.out.drain(..count)),
                Err(error) if error.kind() == ErrorKind::WouldBlock => return true,
                Err(_) => return false,
            }
        }
        if self.closing.is_some() {
            let _ = self.stream.shutdown(Shutdown::Write);
        }
        !self.ended && self.closing.is_none_or(|until| Instant::now() < until)
    }
}

fn answer(
    out: &mut Vec<u8>,
    head: &Head<'_>,
    body: &[u8],
    stays: bool,
    all: &mut VecDeque<String>,
) {
    let close = if stays { "" } else { "Connection: close\r\n" };
    let has_body = head.method != "HEAD";
    match (head.method, head.path) {
        ("GET" | "HEAD", "/") => say(out, 200, close, "명령 서버입니다\n", has_body),
        ("GET" | "HEAD", "/commands") => {
            let text: String = all.iter().flat_map(|it| [it.as_str(), "\n"]).collect();
            say(out, 200, close, &text, has_body);
        }
        ("POST", "/commands") => {
            let text = std::str::from_utf8(body).unwrap_or("");
            let text = text
                .strip_suffix("\r\n")
                .or(text.strip_suffix("\n"))
                .unwrap_or(text);
            if text.is_empty() || text.len() > 200 || text.chars().any(|c| c.is_control()) {
                return say(out, 400, close, "", true);
            }
            println!("명령: {text}");
            all.push_back(text.to_owned());
            while all.len() > 100 {
                all.pop_front();
            }
            say(out, 200, close, &format!("받았습니다: {text}\n"), true);
        }
        (_, "/") => say(
            out,
            405,
            &format!("Allow: HEAD,GET\r\n{close}"),
            "",
            has_body,
        ),
        (_, "/commands") => say(
            out,
            405,
            &format!("Allow: POST\r\nAllow: GET, HEAD\r\n{close}"),
            "",
            has_body,
        ),
        _ => say(out, 404, close, "", has_body),
    }
}

fn main() -> io::Result<()> {
    let address = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "127.0.0.1:8080".into());
    let listener = TcpListener::bind(address)?;
    listener.set_nonblocking(true)?;
    println!(
        "서버가 시작되었습니다: {} (Enter로 끝냅니다)",
        listener.local_addr()?
    );
    thread::spawn(|| {
        let count = io::stdin().read_line(&mut String::new());
        OVER.store(count.is_ok_and(|it| it > 0), Ordering::Relaxed);
    });
    let (mut peers, mut commands) = (Vec::<Peer>::new(), VecDeque::new());
    while !OVER.load(Ordering::Relaxed) {
        let mut busy = false;
        while let Ok((stream, _)) = listener.accept() {
            stream.set_nonblocking(true)?;
            let _ = stream.set_nodelay(true);
            peers.push(Peer {
                stream,
                came: VecDeque::new(),
                out: Vec::new(),
                told_to_go_on: false,
                ended: false,
                closing: None,
            });
        }
        peers.retain_mut(|peer| peer.turn(&mut commands, &mut busy));
        if !busy {
            thread::sleep(Duration::from_millis(1));
        }
    }
    Ok(())
}
