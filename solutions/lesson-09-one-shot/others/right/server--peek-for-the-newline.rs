//! Right: MSG_PEEK looks for the newline with a huge buffer, and just the line is taken; the reply is one vectored write.
use std::io::{self, IoSlice, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::time::Duration;

fn receive(client: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut look = vec![0; 1 << 20];
    let mut line = Vec::new();
    while line.len() < 1024 && line.last() != Some(&b'\n') {
        let there = client.peek(&mut look)?;
        if there == 0 { break }
        let want = look[..there].iter().position(|b| *b == b'\n').map_or(there, |at| at + 1).min(1024 - line.len());
        client.read_exact(&mut look[..want])?;
        line.extend_from_slice(&look[..want]);
    }
    Ok(line)
}
fn run() -> io::Result<()> {
    let listener = TcpListener::bind(std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into()))?;
    println!("서버가 시작되었습니다: {}", listener.local_addr()?);
    let (mut client, from) = listener.accept()?;
    drop(listener);
    println!("손님이 왔습니다: {from}");
    client.set_read_timeout(Some(Duration::from_secs(10)))?;
    let line = receive(&mut client)?;
    if line.len() == 1024 && line[1023] != b'\n' { return Err(io::Error::other("longer than 1024 bytes")) }
    let message = String::from_utf8(line).map_err(io::Error::other)?;
    println!("받은 메시지: {}", message.trim_end());
    let whole = "네, 잘 들었습니다.\n".as_bytes();
    let (left, right) = whole.split_at(7);
    let count = client.write_vectored(&[IoSlice::new(left), IoSlice::new(right)])?;
    client.write_all(&whole[count..])?;
    client.shutdown(Shutdown::Write)?;
    let mut waste = [0; 100];
    while client.read(&mut waste)? != 0 {}
    Ok(())
}
fn main() { if let Err(error) = run() { eprintln!("{error}"); std::process::exit(17) } }
