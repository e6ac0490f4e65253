//! Right: a VecDeque inbox filled five bytes at a time, drained up to the newline; the keyboard is read byte by byte past std's buffer.
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, ErrorKind, IsTerminal, Read, Write};
use std::mem::ManuallyDrop;
use std::net::TcpStream;
use std::os::fd::FromRawFd;
use std::process::ExitCode;

struct Inbox {
    server: TcpStream,
    waiting: VecDeque<u8>,
}

impl Inbox {
    fn next(&mut self) -> io::Result<String> {
        let mut piece = [0; 5];
        let mut searched = 0;
        loop {
            if let Some(at) = self.waiting.iter().skip(searched).position(|byte| *byte == b'\n') {
                let mut line: Vec<u8> = self.waiting.drain(..=searched + at).collect();
                line.pop();
                return String::from_utf8(line).map_err(|_| io::Error::other("글이 아닌 메아리입니다"));
            }
            searched = self.waiting.len();
            match self.server.read(&mut piece) {
                Ok(0) => return Err(io::Error::new(ErrorKind::UnexpectedEof, "메아리가 도중에 끊겼습니다")),
                Ok(count) => self.waiting.extend(&piece[..count]),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

struct Keyboard(ManuallyDrop<File>);

impl Iterator for Keyboard {
    type Item = io::Result<String>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut line = Vec::new();
        let mut byte = [0];
        loop {
            match self.0.read(&mut byte) {
                Ok(0) if line.is_empty() => return None,
                Ok(0) => break,
                Ok(_) if byte == [b'\n'] => {
                    if line.last() == Some(&b'\r') {
                        line.pop();
                    }
                    break;
                }
                Ok(_) => line.push(byte[0]),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Some(Err(error)),
            }
        }
        Some(String::from_utf8(line).map_err(io::Error::other))
    }
}

fn prompt() -> io::Result<()> {
    if io::stdin().is_terminal() {
        io::stdout().write_all(b"> ")?;
        io::stdout().flush()?;
    }
    Ok(())
}

fn run(address: &str) -> io::Result<()> {
    let mut inbox = Inbox { server: TcpStream::connect(address)?, waiting: VecDeque::new() };
    let mut keyboard = Keyboard(ManuallyDrop::new(unsafe { File::from_raw_fd(0) }));
    prompt()?;
    while let Some(typed) = keyboard.next().transpose()? {
        inbox.server.write_all([typed.as_bytes(), b"\n"].concat().as_slice())?;
        println!("메아리: {}", inbox.next()?);
        if typed == "quit" {
            break;
        }
        prompt()?;
    }
    drop(inbox);
    println!("대화를 마칩니다.");
    Ok(())
}

fn main() -> ExitCode {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:12345".to_owned());
    if let Err(error) = run(&address) {
        eprintln!("오류: {address}: {error}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
