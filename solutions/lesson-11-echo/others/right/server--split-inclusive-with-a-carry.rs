//! Right: pieces are cut by split_inclusive; what has no newline yet is carried over; lines go to a sink trait and back out.
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::ops::ControlFlow::{self, Break, Continue};
use std::process::ExitCode;
use std::time::Duration;

const LIMIT: usize = 64 * 1024;

#[derive(Default)]
struct Cutter {
    carried: Vec<u8>,
}

impl Cutter {
    /// Gives every line that this piece completes; a line of LIMIT bytes is complete without a newline.
    fn feed<B>(
        &mut self,
        piece: &[u8],
        mut each: impl FnMut(&[u8]) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        for mut part in piece.split_inclusive(|byte| *byte == b'\n') {
            while !part.is_empty() {
                let (now, later) = part.split_at(part.len().min(LIMIT - self.carried.len()));
                part = later;
                self.carried.extend_from_slice(now);
                if self.carried.len() == LIMIT || self.carried.ends_with(b"\n") {
                    let line = std::mem::take(&mut self.carried);
                    each(&line)?;
                }
            }
        }
        Continue(())
    }
}

fn says_quit(line: &[u8]) -> bool {
    matches!(line, b"quit" | b"quit\n" | b"quit\r\n" | b"quit\r")
}

fn echo(client: &TcpStream) -> io::Result<bool> {
    let mut cutter = Cutter::default();
    let mut piece = [0; 3000];
    let (mut mouth, mut ear) = (client, client);
    let mut back = |line: &[u8]| match mouth.write_all(line) {
        Err(error) => Break(Err(error)),
        Ok(()) if says_quit(line) => Break(Ok(true)),
        Ok(()) => Continue(()),
    };
    loop {
        let count = match ear.read(&mut piece) {
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            outcome => outcome?,
        };
        let flow = match count {
            // The last line may have no newline.
            0 if cutter.carried.is_empty() => Break(Ok(false)),
            0 => match back(&cutter.carried) {
                Continue(()) => Break(Ok(false)),
                over => over,
            },
            _ => cutter.feed(&piece[..count], &mut back),
        };
        if let Break(outcome) = flow {
            return outcome;
        }
    }
}

fn part(client: &TcpStream) -> io::Result<()> {
    client.shutdown(Shutdown::Write)?;
    client.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut ear = client;
    let _ = io::copy(&mut ear, &mut io::sink());
    Ok(())
}

fn run(address: &str) -> io::Result<()> {
    let door = TcpListener::bind(address)?;
    println!("서버가 시작되었습니다: {}", door.local_addr()?);
    for client in door.incoming() {
        let client = client?;
        let quit = echo(&client).and_then(|quit| if quit { part(&client).map(|()| true) } else { Ok(false) });
        drop(client);
        match quit {
            Ok(true) => {
                println!("손님이 quit을 말했습니다. 서버를 마칩니다.");
                break;
            }
            Ok(false) => println!("손님이 떠났습니다."),
            Err(_) => println!("손님과의 연결이 끊겼습니다."),
        }
    }
    Ok(())
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
