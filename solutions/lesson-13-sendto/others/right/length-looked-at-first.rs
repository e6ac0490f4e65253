//! Right: over IPv4 a message that is too long is not even tried; stdin byte by byte, CR LF on stdout, a clone of the socket for each send.
use std::io::{self, Read, Write};
use std::net::{SocketAddr, UdpSocket};

fn line(input: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut line = vec![];
    for byte in input.bytes() {
        match byte? { b'\n' => { if line.last() == Some(&b'\r') { line.pop(); } return Ok(Some(line)) } byte => line.push(byte) }
    }
    Ok(Some(line).filter(|line| !line.is_empty()))
}
fn say(line: &str) -> io::Result<()> { print!("{line}\r\n"); io::stdout().flush() }
fn run() -> io::Result<()> {
    let text = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    let address: SocketAddr = text.parse().map_err(io::Error::other)?;
    let socket = UdpSocket::bind(if address.is_ipv6() { "[::]:0" } else { "0.0.0.0:0" })?;
    say("보낼 줄을 치세요. #1000은 1000바이트입니다.")?;
    let mut input = io::stdin();
    while let Some(line) = line(&mut input)? {
        let number = std::str::from_utf8(&line).ok().and_then(|line| line.strip_prefix('#')?.parse().ok());
        let message = number.map_or(line, |number| std::iter::repeat_n(b'x', number).collect());
        if address.is_ipv4() && message.len() > 65_507 {
            say(&format!("보내지 못했습니다: {}바이트는 데이터그램 하나에 담을 수 없습니다", message.len()))?;
            continue;
        }
        match socket.try_clone()?.send_to(&message, address) {
            Ok(count) => say(&format!("보냈습니다: {count}바이트"))?,
            Err(_) if message.len() > 65_507 => say(&format!("보내지 못했습니다: {}바이트는 데이터그램 하나에 담을 수 없습니다", message.len()))?,
            Err(error) => say(&format!("보내지 못했습니다: {error}"))?,
        }
    }
    Ok(())
}
fn main() { if let Err(e) = run() { eprintln!("{e}"); std::process::exit(1) } }
