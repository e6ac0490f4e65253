//! Right: a Wire trait with say and hear, keyboard lines as bytes by read_until, and each line of stdout written at once with CR LF.

use std::io::{self, BufRead, ErrorKind, IsTerminal, Read, Write};
use std::net::TcpStream;
use std::process::ExitCode;

trait Wire {
    fn say(&mut self, line: &[u8]) -> io::Result<()>;
    fn hear(&mut self) -> io::Result<Vec<u8>>;
}

struct Line {
    stream: TcpStream,
    rest: Vec<u8>,
}

impl Wire for Line {
    fn say(&mut self, line: &[u8]) -> io::Result<()> {
        self.stream.write_all(&[line, b"\n"].concat())
    }

    fn hear(&mut self) -> io::Result<Vec<u8>> {
        let mut piece = [0; 300];
        loop {
            if let Some(at) = self.rest.iter().position(|byte| *byte == b'\n') {
                let later = self.rest.split_off(at + 1);
                let mut line = std::mem::replace(&mut self.rest, later);
                line.pop();
                return Ok(line);
            }
            match self.stream.read(&mut piece) {
                Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
                Ok(count) => self.rest.extend_from_slice(&piece[..count]),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

fn unreadable<E>(_: E) -> io::Error {
    ErrorKind::InvalidData.into()
}

fn put(words: &str) -> io::Result<()> {
    let mut screen = io::stdout().lock();
    screen.write_all(words.as_bytes())?;
    screen.flush()
}

/// 친 한 줄. 끝났으면 None. / A typed line; None at the end.
fn typed(keyboard: &mut impl BufRead, prompt: bool) -> io::Result<Option<String>> {
    if prompt {
        put("> ")?;
    }
    let mut line = Vec::new();
    if keyboard.read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.ends_with(b"\n") {
        line.pop();
        if line.ends_with(b"\r") {
            line.pop();
        }
    }
    String::from_utf8(line).map(Some).map_err(unreadable)
}

fn converse(wire: &mut dyn Wire) -> io::Result<()> {
    let prompt = io::stdin().is_terminal();
    let mut keyboard = io::stdin().lock();
    let mut going = true;
    while going {
        let Some(line) = typed(&mut keyboard, prompt)? else {
            break;
        };
        wire.say(line.as_bytes())?;
        let echo = String::from_utf8(wire.hear()?).map_err(unreadable)?;
        put(&format!("메아리: {echo}\r\n"))?;
        going = line != "quit";
    }
    Ok(())
}

fn main() -> ExitCode {
    let address = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    let outcome = TcpStream::connect(&address)
        .map(|stream| Line { stream, rest: Vec::new() })
        .and_then(|mut wire| converse(&mut wire))
        .and_then(|()| put("대화를 마칩니다.\r\n"));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("오류: {address}: {error}");
            ExitCode::FAILURE
        }
    }
}
