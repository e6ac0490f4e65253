//! Right: cuts lines with fill_buf and consume out of a BufReader of 9 bytes, keeps one stream for both directions, and main returns Box<dyn Error>.
use std::error::Error;
use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::ops::ControlFlow::{self, Break, Continue};
use std::time::Duration;

const LIMIT: usize = 64 * 1024;

fn line(reader: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<bool> {
    line.clear();
    while line.len() < LIMIT {
        let ready = match reader.fill_buf() {
            Ok(ready) => ready,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if ready.is_empty() {
            break;
        }
        let most = ready.len().min(LIMIT - line.len());
        let newline = ready[..most].iter().position(|byte| *byte == b'\n');
        let count = newline.map_or(most, |at| at + 1);
        line.extend_from_slice(&ready[..count]);
        reader.consume(count);
        if newline.is_some() {
            break;
        }
    }
    Ok(!line.is_empty())
}

fn visit(client: TcpStream) -> io::Result<ControlFlow<()>> {
    let mut both = BufReader::with_capacity(9, client);
    let mut heard = Vec::new();
    while line(&mut both, &mut heard)? {
        both.get_mut().write_all(&heard)?;
        if matches!(heard.as_slice(), b"quit" | b"quit\n" | b"quit\r\n") {
            let mut client = both.into_inner();
            client.shutdown(Shutdown::Write)?;
            client.set_read_timeout(Some(Duration::from_secs(10)))?;
            let _ = io::copy(&mut client, &mut io::sink());
            return Ok(Break(()));
        }
    }
    Ok(Continue(()))
}

fn main() -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind(std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into()))?;
    println!("서버가 시작되었습니다: {}", listener.local_addr()?);
    let mut clients = listener.incoming();
    while let Some(client) = clients.next() {
        let told = match visit(client?) {
            Ok(Break(())) => {
                println!("손님이 quit을 말했습니다. 서버를 마칩니다.");
                break;
            }
            Ok(Continue(())) => "손님이 떠났습니다.",
            Err(_) => "손님과의 연결이 끊겼습니다.",
        };
        println!("{told}");
    }
    Ok(())
}
