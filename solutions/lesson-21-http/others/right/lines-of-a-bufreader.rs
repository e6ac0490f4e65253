//! Right: a BufReader's lines with what is left of the head as their limit, read_exact for the body, sixteen workers at one channel.
use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, RwLock, mpsc};
use std::thread;
use std::time::{Duration, Instant};

type Kept = RwLock<Vec<String>>;
type Fields = HashMap<String, Vec<String>>;

/// A status is an error of this kind: `InvalidData`, with the number as its text.
fn status(number: u16) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, number.to_string())
}

fn ensure(holds: bool, number: u16) -> io::Result<()> {
    if holds { Ok(()) } else { Err(status(number)) }
}

fn line(reader: &mut impl BufRead, left: &mut u64) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    reader.take(*left + 1).read_until(b'\n', &mut line)?;
    ensure(line.len() as u64 <= *left, 431)?;
    *left -= line.len() as u64;
    if line.pop() != Some(b'\n') {
        return Err(ErrorKind::UnexpectedEof.into());
    }
    line.pop_if(|last| *last == b'\r');
    Ok(line)
}

fn head(reader: &mut impl BufRead) -> io::Result<Vec<String>> {
    let (mut lines, mut left) = (Vec::new(), 8192);
    loop {
        let line = line(reader, &mut left)?;
        match (line.is_empty(), lines.is_empty()) {
            (true, true) => left = 8192,
            (true, false) => break,
            (false, _) => lines.push(line),
        }
    }
    let is_control = |byte: &u8| byte.is_ascii_control() && *byte != b'\t';
    ensure(!lines.iter().flatten().any(is_control), 400)?;
    let text = |line: Vec<u8>| line.into_iter().map(char::from).collect();
    Ok(lines.into_iter().map(text).collect())
}

fn is_token(word: &str) -> bool {
    let special = "!#$%&'*+-.^_`|~";
    !word.is_empty()
        && word
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || special.contains(c))
}

fn first(line: &str) -> io::Result<(String, String, bool)> {
    let words: Vec<&str> = line.splitn(4, ' ').collect();
    let &[method, target, version] = words.as_slice() else {
        return Err(status(400));
    };
    ensure(is_token(method) && !target.is_empty(), 400)?;
    let number: Vec<char> = version
        .strip_prefix("HTTP/")
        .ok_or(status(400))?
        .chars()
        .collect();
    let &[major @ '0'..='9', '.', minor @ '0'..='9'] = number.as_slice() else {
        return Err(status(400));
    };
    ensure(major == '1', 505)?;
    let path = target.split('?').next().unwrap_or(target);
    let path = match (path.starts_with('/'), path.split_once("://")) {
        (false, Some((_, rest))) => match rest.split_once('/') {
            Some((_, path)) => format!("/{path}"),
            None => "/".into(),
        },
        _ => path.to_owned(),
    };
    Ok((method.to_owned(), path, minor != '0'))
}

fn fields(lines: &[String]) -> io::Result<Fields> {
    let mut fields = Fields::new();
    for line in lines {
        let (name, value) = line.split_once(':').ok_or(status(400))?;
        ensure(is_token(name), 400)?;
        let value = value.trim_matches(|c| c == ' ' || c == '\t').to_owned();
        fields.entry(name.to_lowercase()).or_default().push(value);
    }
    Ok(fields)
}

fn length(fields: &Fields) -> io::Result<usize> {
    let lengths = fields.get("content-length");
    if fields.contains_key("transfer-encoding") {
        return Err(status(if lengths.is_some() { 400 } else { 501 }));
    }
    let Some(lengths) = lengths else {
        return Ok(0);
    };
    let digits = lengths[0].bytes().all(|byte| byte.is_ascii_digit());
    ensure(lengths.len() == 1 && digits, 400)?;
    let length: u64 = lengths[0].parse().map_err(|_| status(400))?;
    ensure(length <= 1024, 413)?;
    Ok(length as usize)
}

fn one(reader: &mut impl BufRead, writer: &mut impl Write, kept: &Kept) -> io::Result<bool> {
    let lines = head(reader)?;
    let (method, path, newer) = first(&lines[0])?;
    let fields = fields(&lines[1..])?;
    let count = fields.get("host").map_or(0, Vec::len);
    ensure(!newer || count == 1, 400)?;
    let mut body = vec![0; length(&fields)?];
    if let (true, Some(expects)) = (newer, fields.get("expect")) {
        let one = expects.len() == 1 && expects[0].eq_ignore_ascii_case("100-continue");
        ensure(one, 417)?;
        if !body.is_empty() {
            writer.write_all(b"HTTP/1.1 100 Continue\r\nX-Note: none\r\n\r\n")?;
            writer.flush()?;
        }
    }
    reader.read_exact(&mut body)?;
    let options = fields.get("connection").map(|it| it.join(","));
    let options = options.unwrap_or_default().to_lowercase();
    let stays = newer && options.split(',').all(|word| word.trim() != "close");
    let (status, text) = answer(&method, &path, &body, kept);
    write!(writer, "HTTP/1.1 {status}\r\nServer: lines\r\n")?;
    if status.starts_with("405") {
        let post = if path == "/" { "" } else { "POST, " };
        write!(writer, "Allow: {post}HEAD, GET\r\n")?;
    }
    let connection = if stays { "keep-alive" } else { "close" };
    write!(
        writer,
        "Connection: {connection}\r\nContent-Type: text/plain; charset=utf-8\r\n"
    )?;
    write!(writer, "Content-Length: {}\r\n\r\n", text.len())?;
    if method != "HEAD" {
        writer.write_all(text.as_bytes())?;
    }
    writer.flush()?;
    Ok(stays)
}

fn answer(method: &str, path: &str, body: &[u8], kept: &Kept) -> (&'static str, String) {
    let reading = method == "GET" || method == "HEAD";
    if path == "/" && reading {
        return ("200 OK", "명령 서버입니다\n".into());
    }
    if path == "/commands" && reading {
        let kept = kept.read().unwrap_or_else(|it| it.into_inner());
        let last = kept.len().saturating_sub(100);
        return (
            "200 OK",
            kept[last..].iter().map(|it| it.clone() + "\n").collect(),
        );
    }
    if path == "/commands" && method == "POST" {
        let body = body
            .strip_suffix(b"\n")
            .map_or(body, |it| it.strip_suffix(b"\r").unwrap_or(it));
        return match std::str::from_utf8(body) {
            Ok(text) if (1..=200).contains(&body.len()) && !text.chars().any(char::is_control) => {
                let mut kept = kept.write().unwrap_or_else(|it| it.into_inner());
                println!("명령: {text}");
                kept.push(text.to_owned());
                if kept.len() > 1000 {
                    kept.drain(..900);
                }
                ("200 OK", format!("받았습니다: {text}\n"))
            }
            _ => ("400 Bad Request", "bad\n".into()),
        };
    }
    match path {
        "/" | "/commands" => ("405 Method Not Allowed", "no\n".into()),
        _ => ("404 Not Found", "no\n".into()),
    }
}

fn serve(stream: TcpStream, kept: &Kept) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::with_capacity(1 << 14, stream.try_clone()?);
    let mut writer = BufWriter::new(stream.try_clone()?);
    let ended = loop {
        match one(&mut reader, &mut writer, kept) {
            Ok(true) => {}
            Ok(false) => break Ok(()),
            Err(error) => break Err(error),
        }
    };
    if let Err(error) = ended {
        if error.kind() != ErrorKind::InvalidData {
            stream.shutdown(Shutdown::Write)?;
        } else {
            write!(
                writer,
                "HTTP/1.1 {error} Bad\r\nConnection: close\r\nContent-Length: 2\r\n\r\n:("
            )?;
            writer.flush()?;
        }
    }
    stream.shutdown(Shutdown::Write)?;
    let until = Instant::now() + Duration::from_secs(2);
    stream.set_read_timeout(Some(Duration::from_millis(500)))?;
    while Instant::now() < until && reader.fill_buf().is_ok_and(|it| !it.is_empty()) {
        let all = reader.buffer().len();
        reader.consume(all);
    }
    Ok(())
}

fn main() -> io::Result<()> {
    let address = std::env::args().nth(1);
    let listener = TcpListener::bind(address.unwrap_or_else(|| "127.0.0.1:8080".to_string()))?;
    println!(
        "서버가 시작되었습니다: {} (Enter로 끝냅니다)",
        listener.local_addr()?
    );
    thread::spawn(|| {
        let mut line = String::new();
        if io::stdin().read_line(&mut line).is_ok() && !line.is_empty() {
            std::process::exit(0);
        }
    });
    let kept = Arc::new(Kept::default());
    let (sender, receiver) = mpsc::channel::<TcpStream>();
    let receiver = Arc::new(Mutex::new(receiver));
    for _ in 0..16 {
        let (kept, receiver) = (Arc::clone(&kept), Arc::clone(&receiver));
        thread::spawn(move || {
            loop {
                let next = receiver.lock().unwrap_or_else(|it| it.into_inner()).recv();
                let Ok(stream) = next else { return };
                let _ = serve(stream, &kept);
            }
        });
    }
    for stream in listener.incoming() {
        match stream {
            Ok(stream) => drop(sender.send(stream)),
            Err(_) => thread::sleep(Duration::from_millis(50)),
        }
    }
    Ok(())
}
