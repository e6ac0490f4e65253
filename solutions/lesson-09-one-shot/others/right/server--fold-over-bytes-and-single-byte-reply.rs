//! Right: the message is a try_fold over bytes() that breaks at the newline, the reply goes out in single bytes without delay (TCP_NODELAY).

use std::io::{self, BufReader, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::ops::ControlFlow::{Break, Continue};
use std::process::ExitCode;
use std::time::Duration;

const LIMIT: usize = 1024;

struct Guest {
    stream: TcpStream,
}

impl Guest {
    fn first_and_only(address: &str) -> io::Result<(Guest, SocketAddr)> {
        let listener = TcpListener::bind(address)?;
        println!("서버가 시작되었습니다: {}", listener.local_addr()?);
        let (stream, from) = loop {
            match listener.accept() {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                other => break other?,
            }
        };
        drop(listener);
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        stream.set_nodelay(true)?;
        Ok((Guest { stream }, from))
    }

    fn message(&self) -> io::Result<String> {
        let mut bytes = BufReader::new(&self.stream).bytes().take(LIMIT);
        let folded = bytes.try_fold(Vec::new(), |mut line, byte| match byte {
            Ok(byte) => {
                line.push(byte);
                if byte == b'\n' { Break(Ok(line)) } else { Continue(line) }
            }
            Err(error) => Break(Err(error)),
        });
        let line = match folded {
            Break(ended) => ended?,
            Continue(line) => line,
        };
        if line.len() == LIMIT && line.last() != Some(&b'\n') {
            return Err(io::Error::other("메시지가 너무 깁니다"));
        }
        let text = std::str::from_utf8(&line).map_err(|_| io::Error::other("메시지가 UTF-8이 아닙니다"))?;
        Ok(text.trim_end().to_owned())
    }

    fn reply(&mut self) -> io::Result<()> {
        "네, 잘 들었습니다.\n".bytes().try_for_each(|byte| self.stream.write_all(&[byte]))?;
        self.stream.shutdown(Shutdown::Write)?;
        let mut skipped = [0; 4096];
        while match self.stream.read(&mut skipped) {
            Err(error) if error.kind() == ErrorKind::Interrupted => true,
            other => other? > 0,
        } {}
        Ok(())
    }
}

fn run(address: &str) -> io::Result<()> {
    let (mut guest, from) = Guest::first_and_only(address)?;
    println!("손님이 왔습니다: {from}");
    let message = guest.message()?;
    println!("받은 메시지: {message}");
    guest.reply()
}

fn main() -> ExitCode {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:12345".to_owned());
    match run(&address) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("오류: {address}: {error}");
            ExitCode::FAILURE
        }
    }
}
