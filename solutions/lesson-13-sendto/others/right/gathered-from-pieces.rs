//! Right: cuts each message into up to sixteen pieces and lets the kernel gather them into one datagram (send_to_vectored); the keyboard is read as raw bytes; CR LF on stdout.
use socket2::{Domain, Protocol, SockAddr, Socket, Type};
use std::io::{self, BufRead, IoSlice, Write};
use std::net::SocketAddr;
use std::process::ExitCode;

fn message(mut line: Vec<u8>) -> Vec<u8> {
    if line.last() == Some(&b'\n') {
        line.pop();
        if line.last() == Some(&b'\r') {
            line.pop();
        }
    }
    let count = std::str::from_utf8(&line).ok().and_then(|text| text.strip_prefix('#')?.parse::<usize>().ok());
    match count {
        Some(count) => b"x".repeat(count),
        None => line,
    }
}

fn send(socket: &Socket, message: &[u8], to: &SockAddr) -> Result<usize, String> {
    let width = message.len().div_ceil(16).max(1);
    let mut pieces: Vec<IoSlice<'_>> = message.chunks(width).map(IoSlice::new).collect();
    if pieces.is_empty() {
        pieces.push(IoSlice::new(&[]));
    }
    socket.send_to_vectored(&pieces, to).map_err(|error| match message.len() {
        ..=65_507 => error.to_string(),
        long => format!("{long}바이트는 데이터그램 하나에 담을 수 없습니다"),
    })
}

fn run() -> Result<(), String> {
    let text = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    let to: SocketAddr = text.parse().map_err(|_| format!("no address: {text}"))?;
    let socket = Socket::new(Domain::for_address(to), Type::DGRAM, Some(Protocol::UDP)).map_err(|e| e.to_string())?;
    let to = SockAddr::from(to);
    let mut out = io::stdout();
    let mut say = |line: String| out.write_all((line + "\r\n").as_bytes()).and_then(|()| out.flush()).map_err(|e| e.to_string());
    say("보낼 줄을 치세요. #1000은 1000바이트입니다.".into())?;
    let mut keyboard = io::stdin().lock();
    loop {
        let mut line = Vec::new();
        if keyboard.read_until(b'\n', &mut line).map_err(|e| e.to_string())? == 0 {
            return Ok(());
        }
        say(match send(&socket, &message(line), &to) {
            Ok(count) => format!("보냈습니다: {count}바이트"),
            Err(why) => format!("보내지 못했습니다: {why}"),
        })?;
    }
}

fn main() -> ExitCode {
    run().map_or_else(
        |why| {
            eprintln!("{why}");
            ExitCode::from(21)
        },
        |()| ExitCode::SUCCESS,
    )
}
