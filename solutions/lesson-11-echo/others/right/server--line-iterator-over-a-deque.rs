//! Right: an Iterator of lines keeps its pending bytes in a VecDeque fed 777 bytes at a time; the echo is a try_for_each that breaks on quit.

use std::collections::VecDeque;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::ops::ControlFlow::{self, Break, Continue};
use std::process::ExitCode;
use std::time::Duration;

const LIMIT: usize = 64 * 1024;

struct Lines<R> {
    source: R,
    pending: VecDeque<u8>,
    looked: usize,
    ended: bool,
}

impl<R: Read> Lines<R> {
    fn of(source: R) -> Self {
        Lines { source, pending: VecDeque::new(), looked: 0, ended: false }
    }

    fn feed(&mut self) -> io::Result<()> {
        let mut piece = [0; 777];
        let most = piece.len().min(LIMIT - self.pending.len());
        match self.source.read(&mut piece[..most]) {
            Ok(0) => self.ended = true,
            Ok(count) => self.pending.extend(&piece[..count]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
        Ok(())
    }

    fn cut(&mut self) -> Option<usize> {
        let found = self.pending.range(self.looked..).position(|byte| *byte == b'\n');
        match found {
            Some(at) => Some(self.looked + at + 1),
            None if self.pending.len() == LIMIT => Some(LIMIT),
            None if self.ended => Some(self.pending.len()),
            None => {
                self.looked = self.pending.len();
                None
            }
        }
    }
}

impl<R: Read> Iterator for Lines<R> {
    type Item = io::Result<Vec<u8>>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(end) = self.cut() {
                self.looked = 0;
                let line: Vec<u8> = self.pending.drain(..end).collect();
                return (!line.is_empty()).then_some(Ok(line));
            }
            if let Err(error) = self.feed() {
                return Some(Err(error));
            }
        }
    }
}

fn is_quit(line: &[u8]) -> bool {
    matches!(line, b"quit" | b"quit\n" | b"quit\r\n" | b"quit\r")
}

fn part(mut client: &TcpStream) -> io::Result<()> {
    client.shutdown(Shutdown::Write)?;
    client.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut trash = vec![0; 30_000];
    while let Ok(1..) = client.read(&mut trash) {}
    Ok(())
}

fn converse(client: &TcpStream) -> ControlFlow<io::Result<()>> {
    Lines::of(client).try_for_each(|line| {
        let echoed = line.and_then(|line| {
            let mut to = client;
            to.write_all(&line).map(|()| is_quit(&line))
        });
        match echoed {
            Ok(false) => Continue(()),
            Ok(true) => Break(part(client)),
            Err(error) => Break(Err(error)),
        }
    })
}

fn run(address: &str) -> io::Result<()> {
    let door = TcpListener::bind(address)?;
    println!("서버가 시작되었습니다: {}", door.local_addr()?);
    loop {
        let client = door.accept()?.0;
        let ended = converse(&client);
        drop(client);
        match ended {
            Continue(()) => println!("손님이 떠났습니다."),
            Break(Err(_)) => println!("손님과의 연결이 끊겼습니다."),
            Break(Ok(())) => break,
        }
    }
    println!("손님이 quit을 말했습니다. 서버를 마칩니다.");
    Ok(())
}

fn main() -> ExitCode {
    let address = std::env::args().nth(1);
    let address = address.as_deref().unwrap_or("127.0.0.1:12345");
    match run(address) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("오류: {address}: {error}");
            ExitCode::FAILURE
        }
    }
}
