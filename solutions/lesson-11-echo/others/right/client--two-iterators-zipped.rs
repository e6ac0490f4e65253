//! Right: typed lines are sent by the map of one iterator, echoes come out of another, and the two are zipped; an early end of the server shows as a missing newline; status 18.
use std::io::{self, BufRead, BufReader, ErrorKind, IsTerminal, Write};
use std::iter::from_fn;
use std::net::TcpStream;
use std::process::exit;

fn run(address: &str) -> io::Result<()> {
    let server = TcpStream::connect(address)?;
    let mut ear = BufReader::with_capacity(4, server.try_clone()?);
    let mut mouth = server;
    let at_keyboard = io::stdin().is_terminal();
    let mut typed = io::stdin().lock().lines();
    let mut over = false;
    let sent = from_fn(|| {
        if over {
            return None;
        }
        if at_keyboard {
            print!("> ");
            let _ = io::stdout().flush();
        }
        let line = typed.next()?;
        Some(line.and_then(|line| {
            let mut packet = line.into_bytes();
            over = packet == b"quit";
            packet.push(b'\n');
            mouth.write_all(&packet)
        }))
    });
    let echoes = from_fn(|| {
        let mut line = Vec::new();
        Some(ear.read_until(b'\n', &mut line).and_then(|_| match line.pop() {
            Some(b'\n') => String::from_utf8(line).map_err(|e| io::Error::new(ErrorKind::InvalidData, e)),
            _ => Err(ErrorKind::UnexpectedEof.into()),
        }))
    });
    // zip asks the left one first: a line is sent, and then its echo is awaited.
    for (sending, echo) in sent.zip(echoes) {
        sending?;
        println!("메아리: {}", echo?);
    }
    println!("대화를 마칩니다.");
    Ok(())
}

fn main() {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:12345".into());
    match run(&address) {
        Ok(()) => {}
        Err(error) => {
            eprintln!("{address}와(과)의 대화가 깨졌습니다: {error}");
            exit(18);
        }
    }
}
