//! Right: a non-blocking socket that is looked at every millisecond, a VecDeque of bytes that were not used yet, vectored writes.
use std::collections::VecDeque;
use std::io::{self, ErrorKind, IoSlice, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

fn patiently<T>(mut call: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    loop {
        match call() {
            Err(e) if e.kind() == ErrorKind::WouldBlock => std::thread::sleep(Duration::from_millis(1)),
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            done => return done,
        }
    }
}

fn reply(mut client: &TcpStream, body: &[u8]) -> io::Result<()> {
    let header = [(body.len() >> 24) as u8, (body.len() >> 16) as u8, (body.len() >> 8) as u8, body.len() as u8];
    let (mut header, mut body) = (&header[..], body);
    while !(header.is_empty() && body.is_empty()) {
        let count = patiently(|| client.write_vectored(&[IoSlice::new(header), IoSlice::new(body)]))?;
        let first = count.min(header.len());
        header = &header[first..];
        body = &body[count - first..];
    }
    Ok(())
}

/// More bytes; false at the end.
fn more(mut client: &TcpStream, inbox: &mut VecDeque<u8>) -> io::Result<bool> {
    let mut some = [0; 1460];
    let count = patiently(|| client.read(&mut some))?;
    inbox.extend(&some[..count]);
    Ok(count > 0)
}

fn serve(client: &TcpStream) -> io::Result<String> {
    client.set_nonblocking(true)?;
    let mut inbox = VecDeque::new();
    reply(client, "반갑습니다".as_bytes())?;
    loop {
        while inbox.len() < 4 {
            if !more(client, &mut inbox)? {
                let rest = inbox.is_empty();
                return Ok(if rest { "손님이 끝냈습니다" } else { "메시지가 중간에 끝났습니다" }.into());
            }
        }
        let length = inbox.drain(..4).fold(0_u64, |length, byte| length * 256 + u64::from(byte));
        println!("{length}바이트짜리 메시지가 옵니다");
        if length > 65_536 {
            return Ok(format!("너무 깁니다: {length}바이트"));
        }
        while (inbox.len() as u64) < length {
            if !more(client, &mut inbox)? {
                return Ok("메시지가 중간에 끝났습니다".into());
            }
        }
        let body: Vec<u8> = inbox.drain(..length as usize).collect();
        reply(client, &body)?;
    }
}

fn main() -> io::Result<()> {
    let address = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    let listener = TcpListener::bind(address)?;
    println!("서버가 시작되었습니다: {} (Enter로 끝냅니다)", listener.local_addr()?);
    std::thread::spawn(|| {
        if io::stdin().read_line(&mut String::new()).is_ok_and(|count| count > 0) {
            std::process::exit(0);
        }
    });
    loop {
        let (client, _) = listener.accept()?;
        let ended = serve(&client);
        drop(client);
        match ended {
            Ok(line) => println!("{line}"),
            Err(e) if e.kind() == ErrorKind::ConnectionReset => println!("손님이 끊었습니다 (RST)"),
            Err(e) => println!("오류: {e}"),
        }
    }
}
