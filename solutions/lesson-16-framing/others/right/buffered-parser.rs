//! Right: one BufReader per connection with a parser of its own on fill_buf and consume, and a BufWriter that is flushed after each frame
use std::io::{self, BufReader, BufWriter, ErrorKind, prelude::*};
use std::net::{TcpListener, TcpStream};
use std::process::ExitCode;
use std::thread;

enum Taken {
    All(Vec<u8>),
    Some,
    Nothing,
}

/// Takes `wanted` bytes out of the buffer, filling it again as often as needed.
fn take<R: BufRead>(source: &mut R, wanted: usize) -> io::Result<Taken> {
    let mut taken = Vec::with_capacity(wanted);
    while taken.len() < wanted {
        let there = match source.fill_buf() {
            Ok(there) => there,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if there.is_empty() {
            return Ok(if taken.is_empty() {
                Taken::Nothing
            } else {
                Taken::Some
            });
        }
        let count = there.len().min(wanted - taken.len());
        taken.extend_from_slice(&there[..count]);
        source.consume(count);
    }
    Ok(Taken::All(taken))
}

fn put<W: Write>(sink: &mut W, body: &[u8]) -> io::Result<()> {
    let length = u32::try_from(body.len()).map_err(io::Error::other)?;
    sink.write_all(&length.to_be_bytes())?;
    sink.write_all(body)?;
    sink.flush()
}

fn converse<R: BufRead, W: Write>(mut from: R, mut to: W) -> io::Result<String> {
    put(&mut to, "반갑습니다".as_bytes())?;
    loop {
        let header = match take(&mut from, 4)? {
            Taken::All(header) => header,
            Taken::Some => return Ok("메시지가 중간에 끝났습니다".into()),
            Taken::Nothing => return Ok("손님이 끝냈습니다".into()),
        };
        let length = u32::from_be_bytes([header[0], header[1], header[2], header[3]]);
        say(&format!("{length}바이트짜리 메시지가 옵니다"));
        if length > 65_536 {
            return Ok(format!("너무 깁니다: {length}바이트"));
        }
        match take(&mut from, length as usize)? {
            Taken::All(body) => put(&mut to, &body)?,
            Taken::Some | Taken::Nothing => return Ok("메시지가 중간에 끝났습니다".into()),
        }
    }
}

fn serve(client: &TcpStream) -> String {
    let from = BufReader::new(client);
    let to = BufWriter::with_capacity(4 + 65_536, client);
    converse(from, to).unwrap_or_else(|error| match error.kind() {
        ErrorKind::ConnectionReset => "손님이 끊었습니다 (RST)".into(),
        _ => format!("오류: {error}"),
    })
}

fn run() -> io::Result<()> {
    let listener = TcpListener::bind(address())?;
    say(&format!(
        "서버가 시작되었습니다: {} (Enter로 끝냅니다)",
        listener.local_addr()?
    ));
    thread::spawn(end_on_enter);
    loop {
        let (client, _) = listener.accept()?;
        let line = serve(&client);
        drop(client);
        say(&line);
    }
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

fn address() -> String {
    std::env::args()
        .nth(1)
        .unwrap_or_else(|| "127.0.0.1:12345".to_owned())
}

fn say(line: &str) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{line}");
    let _ = out.flush();
}

fn end_on_enter() {
    let mut line = Vec::new();
    if io::stdin()
        .lock()
        .read_until(b'\n', &mut line)
        .is_ok_and(|count| count > 0)
    {
        std::process::exit(0);
    }
}
