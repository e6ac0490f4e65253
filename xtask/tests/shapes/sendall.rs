//! Lesson 07 with std::net: `program SHAPE ADDRESS [SIZE]`.

use std::io::{self, BufWriter, ErrorKind, Write};
use std::net::TcpStream;
use std::time::Duration;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let address = &arguments[2];
    let size = arguments
        .get(3)
        .map_or(Ok(8 * 1024 * 1024), |size| size.parse());
    let Ok(size) = size else {
        eprintln!("not a number");
        std::process::exit(2);
    };
    let mut message = (0..=250).collect::<Vec<u8>>().repeat(size / 251 + 1);
    message.truncate(size);
    let Ok(stream) = TcpStream::connect(address) else {
        eprintln!("{address} is not there");
        std::process::exit(2);
    };
    let mut sent = 0;
    let outcome = match arguments[1].as_str() {
        "write-all" => in_pieces(&stream, &message, &mut sent),
        "buf-writer" => buffered(&stream, &message, &mut sent),
        _ => with_a_time_limit(&stream, &message, &mut sent),
    };
    if let Err(error) = outcome {
        eprintln!("{address} left after {sent} bytes: {error}");
        std::process::exit(2);
    }
    println!("모두 넘겼습니다: {size}바이트");
}

/// Counts whole pieces only.
fn in_pieces(mut stream: &TcpStream, message: &[u8], sent: &mut usize) -> io::Result<()> {
    for piece in message.chunks(50_000) {
        stream.write_all(piece)?;
        *sent += piece.len();
    }
    Ok(())
}

/// What is still in the buffer counts.
fn buffered(stream: &TcpStream, message: &[u8], sent: &mut usize) -> io::Result<()> {
    let mut writer = BufWriter::with_capacity(10_000, stream);
    for piece in message.chunks(777) {
        writer.write_all(piece)?;
        *sent += piece.len();
    }
    writer.flush()
}

/// Writes that give up after a while, in the middle of a piece too.
fn with_a_time_limit(mut stream: &TcpStream, message: &[u8], sent: &mut usize) -> io::Result<()> {
    stream.set_write_timeout(Some(Duration::from_millis(5)))?;
    while *sent < message.len() {
        match stream.write(&message[*sent..]) {
            Ok(count) => *sent += count,
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
