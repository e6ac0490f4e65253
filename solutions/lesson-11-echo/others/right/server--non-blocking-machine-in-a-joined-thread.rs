//! Right: each client is served in a thread that is joined at once; there its non-blocking socket is read with naps into a queue of bytes, lines go from there to a queue of bytes to send; CR LF on stdout.
use std::collections::VecDeque;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::exit;
use std::thread;
use std::time::{Duration, Instant};

const LIMIT: usize = 64 * 1024;

struct Echo {
    stream: TcpStream,
    heard: VecDeque<u8>,
    finished: bool,
}

impl Echo {
    fn line(&mut self) -> Option<Vec<u8>> {
        let newline = self.heard.iter().take(LIMIT).position(|byte| *byte == b'\n');
        let length = match newline {
            Some(at) => at + 1,
            None if self.heard.len() >= LIMIT => LIMIT,
            None if self.finished => self.heard.len(),
            None => 0,
        };
        (length > 0).then(|| self.heard.drain(..length).collect())
    }
    fn hear(&mut self, buffer: &mut [u8]) -> io::Result<()> {
        match self.stream.read(buffer) {
            Ok(0) => self.finished = true,
            Ok(count) => self.heard.extend(&buffer[..count]),
            Err(error) => nap(error)?,
        }
        Ok(())
    }
    fn say(&mut self, line: &[u8]) -> io::Result<()> {
        let mut sent = 0;
        while sent < line.len() {
            match self.stream.write(&line[sent..]) {
                Ok(count) => sent += count,
                Err(error) => nap(error)?,
            }
        }
        Ok(())
    }
    fn part(mut self, buffer: &mut [u8]) -> io::Result<()> {
        self.stream.shutdown(Shutdown::Write)?;
        let began = Instant::now();
        while began.elapsed() < Duration::from_secs(10) {
            match self.stream.read(buffer) {
                Ok(0) => break,
                Ok(_) => {}
                Err(error) => match nap(error) {
                    Ok(()) => {}
                    Err(_gone) => break,
                },
            }
        }
        Ok(())
    }
}

fn nap(error: io::Error) -> io::Result<()> {
    match error.kind() {
        ErrorKind::WouldBlock => thread::sleep(Duration::from_millis(1)),
        ErrorKind::Interrupted => {}
        _ => return Err(error),
    }
    Ok(())
}

fn is_quit(line: &[u8]) -> bool {
    let mut rest = line.iter().rev().peekable();
    rest.next_if(|byte| **byte == b'\n');
    rest.next_if(|byte| **byte == b'\r');
    rest.eq(b"tiuq".iter())
}

fn visit(stream: TcpStream) -> io::Result<bool> {
    stream.set_nonblocking(true)?;
    let mut echo = Echo { stream, heard: VecDeque::new(), finished: false };
    let mut buffer = vec![0; 4 << 20];
    loop {
        while let Some(line) = echo.line() {
            echo.say(&line)?;
            if is_quit(&line) {
                return echo.part(&mut buffer).map(|()| true);
            }
        }
        if echo.finished {
            return Ok(false);
        }
        echo.hear(&mut buffer)?;
    }
}

fn run(address: &str) -> io::Result<()> {
    let listener = TcpListener::bind(address)?;
    print!("서버가 시작되었습니다: {}\r\n", listener.local_addr()?);
    loop {
        let (stream, _) = listener.accept()?;
        let verdict = thread::spawn(move || visit(stream)).join();
        let (line, over) = match verdict {
            Ok(Ok(true)) => ("손님이 quit을 말했습니다. 서버를 마칩니다.", true),
            Ok(Ok(false)) => ("손님이 떠났습니다.", false),
            Ok(Err(_)) | Err(_) => ("손님과의 연결이 끊겼습니다.", false),
        };
        print!("{line}\r\n");
        if over {
            return Ok(());
        }
    }
}

fn main() {
    let address = std::env::args().nth(1);
    if let Err(error) = run(address.as_deref().unwrap_or("127.0.0.1:12345")) {
        eprintln!("{error}");
        exit(50);
    }
}
