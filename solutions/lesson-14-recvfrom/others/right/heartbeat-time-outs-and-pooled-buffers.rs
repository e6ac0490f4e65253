//! Right: receives wait a quarter of a second at a time; buffers come from a pool and go back when a letter is dropped.
use socket2::{Domain, Protocol, Socket, Type};
use std::cell::RefCell;
use std::io::{self, ErrorKind};
use std::net::{SocketAddr, UdpSocket};
use std::ops::Deref;
use std::process::ExitCode;
use std::rc::Rc;
use std::time::Duration;

type Pool = Rc<RefCell<Vec<Box<[u8]>>>>;

struct Letter {
    buffer: Box<[u8]>,
    length: usize,
    pool: Pool,
}

impl Deref for Letter {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.buffer[..self.length]
    }
}

impl Drop for Letter {
    fn drop(&mut self) {
        self.pool.borrow_mut().push(std::mem::take(&mut self.buffer));
    }
}

struct Letters {
    socket: UdpSocket,
    pool: Pool,
}

impl Iterator for &Letters {
    type Item = io::Result<(SocketAddr, Letter)>;

    fn next(&mut self) -> Option<Self::Item> {
        let used = self.pool.borrow_mut().pop();
        let mut buffer = used.unwrap_or_else(|| vec![0xFF; 1 << 16].into_boxed_slice());
        loop {
            match self.socket.recv_from(&mut buffer) {
                Ok((length, from)) => {
                    let pool = Rc::clone(&self.pool);
                    return Some(Ok((from, Letter { buffer, length, pool })));
                }
                Err(error) => match error.kind() {
                    ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted => {}
                    _ => return Some(Err(error)),
                },
            }
        }
    }
}

fn shown(letter: &[u8]) -> String {
    let Ok(text) = std::str::from_utf8(letter) else {
        return "글이 아닙니다".to_owned();
    };
    match text.char_indices().nth(30) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

fn run() -> io::Result<()> {
    let text = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:12345".to_owned());
    let address: SocketAddr =
        text.parse().map_err(|_| io::Error::other(format!("{text}은(는) 주소가 아닙니다")))?;
    let socket = Socket::new(Domain::for_address(address), Type::DGRAM, Some(Protocol::UDP))?;
    socket.bind(&address.into())?;
    socket.set_read_timeout(Some(Duration::from_millis(250)))?;
    let letters = Letters { socket: socket.into(), pool: Pool::default() };
    print!("서버가 시작되었습니다: {}\r\n", letters.socket.local_addr()?);
    for letter in &letters {
        let (from, letter) = letter?;
        print!("{from}: {}\r\n", shown(&letter));
        let answer = format!("{}바이트를 받았습니다", letter.len());
        letters.socket.send_to(answer.as_bytes(), from)?;
    }
    Ok(())
}

fn main() -> ExitCode {
    if let Err(error) = run() {
        eprintln!("오류: {error}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
