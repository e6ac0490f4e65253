//! Right: reads by 5 bytes into a message of fixed size, tells how the reading ended by a sum type, and parts in a Drop; own wording on stderr, status 23.
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::exit;
use std::time::Duration;

enum Heard {
    Line(Vec<u8>),
    UntilTheEnd(Vec<u8>),
    TooMuch,
}

fn hear(mut client: &TcpStream) -> io::Result<Heard> {
    let mut message = Vec::with_capacity(1024);
    let mut five = [0; 5];
    loop {
        let most = (1024 - message.len()).min(five.len());
        let count = match client.read(&mut five[..most]) {
            Ok(0) => return Ok(Heard::UntilTheEnd(message)),
            Ok(count) => count,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let piece = &five[..count];
        if let Some(end) = piece.iter().position(|byte| *byte == b'\n') {
            message.extend_from_slice(&piece[..end]);
            return Ok(Heard::Line(message));
        }
        message.extend_from_slice(piece);
        if message.len() == 1024 {
            return Ok(Heard::TooMuch);
        }
    }
}

fn run(address: &str) -> io::Result<()> {
    let listener = TcpListener::bind(address)?;
    println!("서버가 시작되었습니다: {}", listener.local_addr()?);
    let (mut client, peer) = listener.accept()?;
    drop(listener);
    println!("손님이 왔습니다: {peer}");
    client.set_read_timeout(Some(Duration::from_secs(10)))?;
    let (Heard::Line(bytes) | Heard::UntilTheEnd(bytes)) = hear(&client)? else {
        return Err(io::Error::other("1024바이트가 넘었습니다"));
    };
    let text = String::from_utf8(bytes).map_err(|e| io::Error::new(ErrorKind::InvalidData, e))?;
    println!("받은 메시지: {}", text.trim_end());
    client.write_all("네, 잘 들었습니다.\n".as_bytes())?;
    client.shutdown(Shutdown::Write)?;
    let mut rest = vec![0; 1 << 22];
    loop {
        match client.read(&mut rest) {
            Ok(0) => return Ok(()),
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

fn main() {
    let address = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    run(&address).unwrap_or_else(|error| {
        eprintln!("{address}: 서버가 일을 마치지 못했습니다: {error}");
        exit(23)
    });
}
