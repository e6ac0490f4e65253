//! Right: a thread receives everything for ever into a channel; main waits with recv_timeout and throws away what is not its own; CR LF on stdout.
use std::io::{self, ErrorKind, Write};
use std::net::{SocketAddr, ToSocketAddrs, UdpSocket};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

fn own(letter: &[u8], number: usize) -> Option<&str> {
    let space = letter.iter().position(|b| *b == b' ')?;
    let text = std::str::from_utf8(letter).ok()?;
    (text[..space] == *number.to_string()).then(|| &text[space + 1..])
}
fn wait(inbox: &Receiver<(Vec<u8>, SocketAddr)>, server: SocketAddr, number: usize, until: Instant) -> io::Result<Option<String>> {
    loop {
        match inbox.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok((letter, from)) if from == server => if let Some(text) = own(&letter, number) { return Ok(Some(text.into())) },
            Ok((_, stranger)) => eprintln!("(a stranger: {stranger})"),
            Err(RecvTimeoutError::Timeout) => return Ok(None),
            Err(RecvTimeoutError::Disconnected) => return Err(io::Error::other("the reader is gone")),
        }
        if Instant::now() >= until { return Ok(None) }
    }
}
fn run() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let server = arguments.next().unwrap_or("127.0.0.1:12345".into()).to_socket_addrs()?.next().ok_or(ErrorKind::AddrNotAvailable)?;
    let first = Duration::from_millis(arguments.next().and_then(|n| n.parse().ok()).unwrap_or(500));
    let socket = UdpSocket::bind(if server.is_ipv6() { "[::]:0" } else { "0.0.0.0:0" })?;
    let ears = socket.try_clone()?;
    let (mail, inbox) = channel();
    std::thread::spawn(move || {
        let mut buffer = vec![0; 65_535];
        loop {
            match ears.recv_from(&mut buffer) {
                Ok((count, from)) => if mail.send((buffer[..count].to_vec(), from)).is_err() { return },
                Err(e) if matches!(e.kind(), ErrorKind::Interrupted | ErrorKind::ConnectionReset) => {}
                Err(e) => { eprintln!("{e}"); return }
            }
        }
    });
    for (number, line) in (1..).zip(io::stdin().lines()) {
        let request = format!("{number} {}", line?);
        let told = 'asking: {
            for doubled in 0..4 {
                socket.send_to(request.as_bytes(), server)?;
                if let Some(text) = wait(&inbox, server, number, Instant::now() + first * (1 << doubled))? { break 'asking format!("메아리: {text}") }
            }
            format!("{number}번 요청을 포기했습니다")
        };
        print!("{told}\r\n");
        io::stdout().flush()?;
    }
    Ok(())
}
fn main() { if let Err(e) = run() { eprintln!("{e}"); std::process::exit(1) } }
