//! Right: the socket is connected, so the kernel keeps strangers out; a refusal is passed over, and a send that reports one is done again.
use std::io::{self, ErrorKind};
use std::net::{ToSocketAddrs, UdpSocket};
use std::time::{Duration, Instant};

fn send(socket: &UdpSocket, request: &[u8]) -> io::Result<()> {
    for _ in 0..3 {
        match socket.send(request) {
            Err(e) if matches!(e.kind(), ErrorKind::ConnectionRefused | ErrorKind::ConnectionReset | ErrorKind::Interrupted) => {}
            outcome => return outcome.map(drop),
        }
    }
    Ok(())
}
fn reply(socket: &UdpSocket, prefix: &str, wait: Duration, buffer: &mut [u8]) -> io::Result<Option<String>> {
    let deadline = Instant::now() + wait;
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() { return Ok(None) }
        socket.set_read_timeout(Some(left))?;
        match socket.recv(buffer) {
            Ok(count) => {
                let text = std::str::from_utf8(&buffer[..count]).ok().and_then(|text| text.strip_prefix(prefix));
                if let Some(text) = text { return Ok(Some(text.to_owned())) }
            }
            Err(e) if matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted | ErrorKind::ConnectionRefused | ErrorKind::ConnectionReset) => {}
            Err(e) => return Err(e),
        }
    }
}
fn run(address: &str, first_wait: Duration) -> io::Result<()> {
    let server = address.to_socket_addrs()?.next().ok_or_else(|| io::Error::other("no address"))?;
    let socket = UdpSocket::bind(if server.is_ipv4() { "0.0.0.0:0" } else { "[::]:0" })?;
    socket.connect(server)?;
    let mut buffer = vec![0; 65_535];
    for (at, line) in io::stdin().lines().enumerate() {
        let prefix = format!("{} ", at + 1);
        let request = prefix.clone() + &line?;
        let mut answer = None;
        for factor in [1, 2, 4, 8] {
            send(&socket, request.as_bytes())?;
            answer = reply(&socket, &prefix, first_wait * factor, &mut buffer)?;
            if answer.is_some() { break }
        }
        match answer { Some(text) => println!("메아리: {text}"), None => println!("{}번 요청을 포기했습니다", at + 1) }
    }
    Ok(())
}
fn main() {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or("127.0.0.1:12345".into());
    let wait = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(500);
    if let Err(e) = run(&address, Duration::from_millis(wait)) { eprintln!("{address}: {e}"); std::process::exit(8) }
}
