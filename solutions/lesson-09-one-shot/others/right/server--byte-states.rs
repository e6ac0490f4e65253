//! Right: a non-blocking socket, one byte at a time, and a silence clock of 10 s; CR LF on stdout.
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::time::{Duration, Instant};

fn byte(client: &mut TcpStream) -> io::Result<Option<u8>> {
    let until = Instant::now() + Duration::from_secs(10);
    let mut one = [0];
    loop {
        match client.read(&mut one) {
            Ok(count) => return Ok((count == 1).then_some(one[0])),
            Err(e) if e.kind() == ErrorKind::WouldBlock && Instant::now() < until => std::thread::sleep(Duration::from_micros(500)),
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
}
fn say(line: &str) { print!("{line}\r\n"); io::stdout().flush().expect("stdout"); }
fn run() -> io::Result<()> {
    let listener = TcpListener::bind(std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into()))?;
    say(&format!("서버가 시작되었습니다: {}", listener.local_addr()?));
    let (mut client, from) = { let door = listener; door.accept()? };
    say(&format!("손님이 왔습니다: {from}"));
    client.set_nonblocking(true)?;
    let mut line = Vec::new();
    while line.len() < 1024 {
        match byte(&mut client)? {
            None => break,
            Some(b'\n') => { line.push(b'\n'); break }
            Some(other) => line.push(other),
        }
    }
    if line.len() == 1024 && line.last() != Some(&b'\n') { return Err(ErrorKind::FileTooLarge.into()) }
    say(&format!("받은 메시지: {}", String::from_utf8(line).map_err(|_| ErrorKind::InvalidData)?.trim_end()));
    client.set_nonblocking(false)?;
    client.write_all("네, 잘 들었습니다.\n".as_bytes())?;
    client.shutdown(Shutdown::Write)?;
    client.set_nonblocking(true)?;
    while byte(&mut client)?.is_some() {}
    Ok(())
}
fn main() { if let Err(e) = run() { eprintln!("the conversation failed: {e}"); std::process::exit(255) } }
