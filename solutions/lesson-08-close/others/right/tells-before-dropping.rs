//! Right: non-blocking throughout with rests of 1 ms and a silence counter of 10 s; the last line is printed before the two handles are dropped; CR LF.
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::time::{Duration, Instant};

macro_rules! say { ($($what:tt)*) => {{ print!("{}\r\n", format_args!($($what)*)); io::stdout().flush().unwrap(); }} }

fn patiently<T>(mut what: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    let since = Instant::now();
    loop {
        match what() {
            Err(e) if e.kind() == ErrorKind::WouldBlock && since.elapsed() < Duration::from_secs(10) => std::thread::sleep(Duration::from_millis(1)),
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            outcome => return outcome,
        }
    }
}
fn serve(client: &mut TcpStream) -> io::Result<()> {
    client.set_nonblocking(true)?;
    let (mut buffer, mut count) = ([0; 1025], 0);
    while count < buffer.len() {
        match patiently(|| client.read(&mut buffer[count..]))? { 0 => break, more => count += more }
    }
    let reply = if count > 1024 { "너무 깁니다\n".to_owned() } else { format!("{count}바이트를 받았습니다\n") };
    let mut rest = reply.as_bytes();
    while !rest.is_empty() {
        let taken = patiently(|| client.write(rest))?;
        rest = &rest[taken..];
    }
    client.shutdown(Shutdown::Write)?;
    say!("할 말을 다 했습니다.");
    while patiently(|| client.read(&mut buffer[..9]))? > 0 {}
    Ok(())
}
fn main() -> io::Result<()> {
    let listener = TcpListener::bind(std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into()))?;
    say!("서버가 시작되었습니다: {} (Enter로 끝냅니다)", listener.local_addr()?);
    std::thread::spawn(|| if io::stdin().read(&mut [0; 8]).is_ok_and(|n| n > 0) { std::process::exit(0) });
    for client in listener.incoming() {
        let mut client = client?;
        let spare = client.try_clone()?;
        match serve(&mut client) {
            Ok(()) => say!("손님이 닫았습니다 (FIN)"),
            Err(e) if e.kind() == ErrorKind::ConnectionReset => say!("손님이 끊었습니다 (RST)"),
            Err(e) => say!("오류가 났습니다: {e}"),
        }
        drop(spare);
        drop(client);
    }
    Ok(())
}
