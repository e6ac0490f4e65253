//! Right: bytes go through a VecDeque; whether a line is quit is known by an automaton that sees each byte once.

use std::collections::VecDeque;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::ExitCode;
use std::time::Duration;

const LIMIT: usize = 64 * 1024;

/// How far the bytes of a part agree with `quit`, `quit\n` or `quit\r\n`.
#[derive(Clone, Copy, PartialEq)]
enum Quit {
    At(usize),
    Return,
    Newline,
    Not,
}

impl Quit {
    fn after(self, byte: u8) -> Self {
        match (self, byte) {
            (Quit::At(at @ 0..4), byte) if byte == b"quit"[at] => Quit::At(at + 1),
            (Quit::At(4), b'\r') => Quit::Return,
            (Quit::At(4) | Quit::Return, b'\n') => Quit::Newline,
            _ => Quit::Not,
        }
    }

    fn is_said(self) -> bool {
        matches!(self, Quit::At(4) | Quit::Return | Quit::Newline)
    }
}

struct Guest {
    stream: TcpStream,
    waiting: VecDeque<u8>,
}

impl Guest {
    /// False at the end of what the guest says.
    fn more(&mut self) -> io::Result<bool> {
        let mut room = [0; 50];
        loop {
            match self.stream.read(&mut room) {
                Ok(count) => {
                    self.waiting.extend(&room[..count]);
                    return Ok(count > 0);
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    fn part(&mut self) -> io::Result<(Vec<u8>, Quit)> {
        let (mut part, mut quit) = (Vec::new(), Quit::At(0));
        while part.len() < LIMIT && part.last() != Some(&b'\n') {
            match self.waiting.pop_front() {
                Some(byte) => {
                    part.push(byte);
                    quit = quit.after(byte);
                }
                None if self.more()? => {}
                None => break,
            }
        }
        Ok((part, quit))
    }

    fn echo(&mut self) -> io::Result<bool> {
        loop {
            let (part, quit) = self.part()?;
            if part.is_empty() {
                return Ok(false);
            }
            let (head, tail) = part.split_at(part.len() / 2);
            self.stream.write_all(head)?;
            self.stream.write_all(tail)?;
            if quit.is_said() {
                self.stream.shutdown(Shutdown::Write)?;
                self.stream.set_read_timeout(Some(Duration::from_secs(10)))?;
                while let Ok(true) = self.more() {
                    self.waiting.clear();
                }
                return Ok(true);
            }
        }
    }
}

fn run(address: &str) -> io::Result<()> {
    let listener = TcpListener::bind(address)?;
    println!("서버가 시작되었습니다: {}", listener.local_addr()?);
    loop {
        let (stream, _) = listener.accept()?;
        stream.set_nodelay(true)?;
        let outcome = Guest { stream, waiting: VecDeque::new() }.echo();
        println!(
            "{}",
            match outcome {
                Ok(true) => "손님이 quit을 말했습니다. 서버를 마칩니다.",
                Ok(false) => "손님이 떠났습니다.",
                Err(_) => "손님과의 연결이 끊겼습니다.",
            }
        );
        if let Ok(true) = outcome {
            return Ok(());
        }
    }
}

fn main() -> ExitCode {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:12345".to_owned());
    match run(&address) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("오류: {address}: {error}");
            ExitCode::FAILURE
        }
    }
}
