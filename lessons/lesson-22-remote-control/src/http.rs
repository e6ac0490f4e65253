//! HTTP/1.1을 읽고 답하기(레슨 21). 여기에는 고칠 것이 없습니다.
//! Reads HTTP/1.1 and answers (lesson 21). There is nothing to write here.

use std::io::{self, BufReader, prelude::*};
use std::net::{IpAddr, Shutdown, TcpStream};
use std::time::{Duration, Instant};

/// 헤드는 이보다 길 수 없습니다(바이트). / A head may not be longer, in bytes.
const HEAD: usize = 8192;
/// 본문은 이보다 길 수 없습니다(바이트). / A body may not be longer, in bytes.
const BODY: usize = 1024;
/// 떠나는 손님을 기다려 주는 시간. / How long a client may take to leave.
const PATIENCE: Duration = Duration::from_secs(2);

/// 다 받은 요청 하나. / One request, received as a whole.
#[derive(Debug)]
pub struct Request {
    /// HEAD는 GET으로 읽습니다. / HEAD is read as GET.
    pub method: String,
    /// `?` 앞. / What comes before `?`.
    pub path: String,
    /// `?` 뒤. / What comes after `?`.
    pub query: String,
    pub body: Vec<u8>,
    fields: Vec<(String, String)>,
    is_head: bool,
    is_last: bool,
    /// HTTP/1.0의 손님은 100을 모릅니다. / A client of HTTP/1.0 does not know 100.
    is_newer: bool,
}

impl Request {
    /// 이 이름의 필드. 이름의 대소문자는 가리지 않습니다. / The field of this name, in upper or lower case.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields_named(name).next()
    }

    fn fields_named(&self, name: &str) -> impl Iterator<Item = &str> {
        let named = move |(own, _): &&(String, String)| own.eq_ignore_ascii_case(name);
        self.fields
            .iter()
            .filter(named)
            .map(|(_, value)| value.as_str())
    }
}

/// 답 하나. / One answer.
#[derive(Debug)]
pub struct Answer {
    status: u16,
    fields: Vec<(&'static str, String)>,
    body: String,
}

impl Answer {
    pub fn text(status: u16, body: impl Into<String>) -> Self {
        Self::of(status, "text/plain; charset=utf-8", body.into())
    }

    pub fn html(body: String) -> Self {
        Self::of(200, "text/html; charset=utf-8", body)
    }

    fn of(status: u16, kind: &str, body: String) -> Self {
        let fields = vec![("Content-Type", kind.to_owned())];
        Self {
            status,
            fields,
            body,
        }
    }

    #[must_use]
    pub fn with(mut self, name: &'static str, value: String) -> Self {
        self.fields.push((name, value));
        self
    }

    /// 헤드와 본문을 한 번에. HEAD의 답에는 본문이 없습니다.
    /// Head and body at once. The answer to HEAD has no body.
    fn send(&self, mut client: &TcpStream, has_body: bool, is_last: bool) -> io::Result<()> {
        let mut text = format!("HTTP/1.1 {} {}\r\n", self.status, reason(self.status));
        for (name, value) in &self.fields {
            text += &format!("{name}: {value}\r\n");
        }
        text += &format!("Content-Length: {}\r\n", self.body.len());
        if is_last {
            text += "Connection: close\r\n";
        }
        text += "\r\n";
        if has_body {
            text += &self.body;
        }
        client.write_all(text.as_bytes())
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        202 => "Accepted",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        413 => "Content Too Large",
        417 => "Expectation Failed",
        431 => "Request Header Fields Too Large",
        501 => "Not Implemented",
        503 => "Service Unavailable",
        505 => "HTTP Version Not Supported",
        _ => "",
    }
}

/// 요청을 더 읽지 않는 이유. / Why no more requests are read.
enum Stop {
    /// 손님이 끝냈거나 끊었습니다. / The client has ended, or broke off.
    Gone,
    /// 이 상태로 거부하고 닫습니다. / It is refused with this status, and closed.
    Refused(u16),
}

impl From<io::Error> for Stop {
    fn from(_: io::Error) -> Self {
        Self::Gone
    }
}

/// 손님이 끝낼 때까지 요청마다 `answer`로 답합니다.
/// Answers each request with what `answer` says, until the client has ended.
pub fn serve(client: &TcpStream, answer: impl Fn(&Request) -> Answer) {
    let mut reader = BufReader::new(client);
    let ended = loop {
        let request = match next_request(&mut reader, client) {
            Ok(request) => request,
            Err(stop) => break stop,
        };
        let answer = answer(&request);
        let sent = answer.send(client, !request.is_head, request.is_last);
        if sent.is_err() || request.is_last {
            break Stop::Gone;
        }
    };
    if let Stop::Refused(status) = ended {
        let why = Answer::text(status, format!("{status} {}\n", reason(status)));
        let _ = why.send(client, true, true);
    }
    part(client);
}

/// 헤드를 읽고, 그다음 본문을 꼭 그만큼 읽습니다. / Reads the head, then exactly as much of a body.
fn next_request(reader: &mut impl BufRead, mut client: &TcpStream) -> Result<Request, Stop> {
    let mut request = parsed(&head(reader)?)?;
    let length = body_length(&request)?;
    let expectation = request.field("expect").filter(|_| request.is_newer);
    if let Some(expectation) = expectation {
        if !expectation.eq_ignore_ascii_case("100-continue") {
            return Err(Stop::Refused(417));
        }
        if length > 0 {
            client.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
        }
    }
    request.body = vec![0; length];
    reader.read_exact(&mut request.body)?;
    Ok(request)
}

/// 빈 줄까지의 줄들, 줄 끝(CR LF나 LF)은 떼고. 요청 앞의 빈 줄은 건너뜁니다.
/// The lines up to the empty one, without their ends (CR LF or LF). Empty lines before a request are skipped.
fn head(reader: &mut impl BufRead) -> Result<Vec<String>, Stop> {
    let mut left = HEAD;
    let mut lines = Vec::new();
    loop {
        let mut line = Vec::new();
        reader.take(left as u64).read_until(b'\n', &mut line)?;
        left -= line.len();
        let Some(text) = line.strip_suffix(b"\n") else {
            return Err(if left == 0 {
                Stop::Refused(431)
            } else {
                Stop::Gone
            });
        };
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        if text.is_empty() && !lines.is_empty() {
            return Ok(lines);
        }
        if text
            .iter()
            .any(|byte| byte.is_ascii_control() && *byte != b'\t')
        {
            return Err(Stop::Refused(400));
        }
        if !text.is_empty() {
            lines.push(String::from_utf8_lossy(text).into_owned());
        }
    }
}

/// 요청 줄과 필드. 본문은 아직 없습니다. / The request line and the fields; the body is still to come.
fn parsed(lines: &[String]) -> Result<Request, Stop> {
    let bad = || Stop::Refused(400);
    let (first, rest) = lines.split_first().ok_or_else(bad)?;
    let [method, target, version] = first.split(' ').collect::<Vec<_>>()[..] else {
        return Err(bad());
    };
    let minor = match version.strip_prefix("HTTP/") {
        Some(number) if is_a_number(number) => number.strip_prefix("1."),
        _ => return Err(bad()),
    };
    let minor = minor.ok_or(Stop::Refused(505))?;
    let (authority, target) = without_authority(target);
    if !is_token(method) || !target.starts_with('/') {
        return Err(bad());
    }
    let mut fields = Vec::new();
    for line in rest {
        let (name, value) = line.split_once(':').ok_or_else(bad)?;
        if !is_token(name) {
            return Err(bad());
        }
        fields.push((name.to_owned(), value.trim_matches([' ', '\t']).to_owned()));
    }
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let is_head = method == "HEAD";
    let mut request = Request {
        method: if is_head { "GET" } else { method }.to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        body: Vec::new(),
        fields,
        is_head,
        is_last: minor == "0",
        is_newer: minor != "0",
    };
    let hosts = request.fields_named("host").count();
    if hosts > 1 || hosts == 0 && request.is_newer {
        return Err(bad());
    }
    // 요청 줄에 호스트가 있으면 Host 필드 대신 그것입니다(RFC 9112 §3.2.2).
    // A host in the request line stands in place of the Host field.
    if let Some(authority) = authority {
        request
            .fields
            .insert(0, ("Host".to_owned(), authority.to_owned()));
    }
    let is_close = |token: &str| token.trim().eq_ignore_ascii_case("close");
    let asked: Vec<_> = request.fields_named("connection").collect();
    request.is_last |= asked.join(",").split(',').any(is_close);
    Ok(request)
}

/// `1.1`
fn is_a_number(text: &str) -> bool {
    matches!(text.as_bytes(), [major, b'.', minor] if major.is_ascii_digit() && minor.is_ascii_digit())
}

fn is_token(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(fits)
}

/// `http://127.0.0.1:8080/commands` → `127.0.0.1:8080`, `/commands`
fn without_authority(target: &str) -> (Option<&str>, &str) {
    let Some(rest) = target.strip_prefix("http://") else {
        return (None, target);
    };
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    (Some(authority), if path.is_empty() { "/" } else { path })
}

/// 본문의 길이. 믿을 수 없으면 거부합니다. / The length of the body; what cannot be believed is refused.
fn body_length(request: &Request) -> Result<usize, Stop> {
    let lengths: Vec<_> = request.fields_named("content-length").collect();
    let is_encoded = request.field("transfer-encoding").is_some();
    match lengths[..] {
        [] if is_encoded => Err(Stop::Refused(501)),
        [] => Ok(0),
        [text] if !is_encoded && text.bytes().all(|byte| byte.is_ascii_digit()) => {
            match text.parse::<u64>() {
                Ok(length) if length <= BODY as u64 => Ok(length as usize),
                Ok(_) => Err(Stop::Refused(413)),
                Err(_) => Err(Stop::Refused(400)),
            }
        }
        _ => Err(Stop::Refused(400)),
    }
}

/// 더 보낼 것이 없다고 알리고, 오는 것은 읽어서 버립니다(레슨 08).
/// Says that nothing more will be sent, and throws away what still comes (lesson 08).
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

/// `127.0.0.1:8080`의 이름과 포트. 포트가 없으면 80입니다. / Name and port; 80 where there is none.
pub fn name_and_port(host: &str) -> Option<(&str, u16)> {
    match host.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => Some((name, port.parse().ok()?)),
        _ => Some((host, 80)),
    }
}

/// `192.168.0.7`, `[::1]`
pub fn is_ip(name: &str) -> bool {
    let inside = name.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
    match inside.unwrap_or(name).parse() {
        Ok(IpAddr::V6(_)) => inside.is_some(),
        Ok(IpAddr::V4(_)) => inside.is_none(),
        Err(_) => false,
    }
}
