//! Lesson 07 with std::net: `program SHAPE ADDRESS SIZE`.

use std::io::{self, BufWriter, ErrorKind, Write};
use std::net::TcpStream;
use std::time::Duration;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let (address, size) = (&arguments[2], arguments[3].parse::<usize>().unwrap());
    let mut message = (0..=250).collect::<Vec<u8>>().repeat(size / 251 + 1);
    message.truncate(size);
    let stream = TcpStream::connect(address).unwrap();
    let sent = match arguments[1].as_str() {
        "write-all" => (&stream).write_all(&message),
        "buf-writer" => buffered(&stream, &message),
        _ => with_a_time_limit(&stream, &message),
    };
    if let Err(error) = sent {
        eprintln!("{address} left: {error}");
        std::process::exit(1);
    }
    println!("모두 넘겼습니다: {size}바이트");
}

fn buffered(stream: &TcpStream, message: &[u8]) -> io::Result<()> {
    let mut writer = BufWriter::with_capacity(10_000, stream);
    for piece in message.chunks(777) {
        writer.write_all(piece)?;
    }
    writer.flush()
}

/// Writes that give up after a while, in the middle of a piece too.
fn with_a_time_limit(mut stream: &TcpStream, mut message: &[u8]) -> io::Result<()> {
    stream.set_write_timeout(Some(Duration::from_millis(5)))?;
    while !message.is_empty() {
        match stream.write(message) {
            Ok(count) => message = &message[count..],
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
