//! Right: a non-blocking client socket read with naps of 2 ms into one buffer of 16 MiB that is used for all clients; each visit is turned into its lines by a Report type.
use std::fmt;
use std::io::{self, ErrorKind, Read};
use std::net::TcpListener;
use std::process::ExitCode;
use std::thread::sleep;
use std::time::Duration;

struct Report {
    message: Vec<u8>,
    end: io::Result<()>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "받은 바이트: {}", self.message.len())?;
        match (&self.end, std::str::from_utf8(&self.message)) {
            (Err(e), _) if e.kind() == ErrorKind::ConnectionReset => f.write_str("상대가 연결을 끊었습니다 (RST)"),
            (Err(e), _) => write!(f, "뜻밖의 오류: {e}"),
            (Ok(()), Ok(text)) => write!(f, "메시지: {text}"),
            (Ok(()), Err(e)) => write!(f, "UTF-8이 아닙니다: {}바이트까지만 글자입니다", e.valid_up_to()),
        }
    }
}

fn listen_to(mut client: impl Read, buffer: &mut [u8]) -> Report {
    let mut message = Vec::new();
    let end = loop {
        match client.read(buffer) {
            Ok(0) => break Ok(()),
            Ok(count) => message.extend(&buffer[..count]),
            Err(error) => match error.kind() {
                ErrorKind::WouldBlock => sleep(Duration::from_millis(2)),
                ErrorKind::Interrupted => {}
                _ => break Err(error),
            },
        }
    };
    Report { message, end }
}

fn run() -> io::Result<()> {
    let address = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    let listener = TcpListener::bind(&address)?;
    let mut buffer = vec![0; 16 << 20];
    println!("서버가 시작되었습니다: {}", listener.local_addr()?);
    for client in listener.incoming() {
        let client = client?;
        client.set_nonblocking(true)?;
        println!("{}", listen_to(client, &mut buffer));
    }
    Ok(())
}

fn main() -> ExitCode {
    run().map_or_else(
        |error| {
            eprintln!("끝: {error}");
            ExitCode::from(99)
        },
        |()| ExitCode::SUCCESS,
    )
}
