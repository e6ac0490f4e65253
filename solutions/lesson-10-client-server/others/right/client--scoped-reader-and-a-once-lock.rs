//! Right: a scoped thread reads into a OnceLock while main writes; a clone of the handle is closed by whoever is last.
use std::io::{self, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::process::ExitCode;
use std::sync::OnceLock;
use std::thread;
use std::time::Duration;

fn line(mut server: &TcpStream) -> io::Result<Vec<u8>> {
    let mut kept = Vec::new();
    let mut piece = [0; 64];
    loop {
        let count = match server.read(&mut piece) {
            Ok(0) => return Err(io::Error::new(ErrorKind::UnexpectedEof, "답이 도중에 끊겼습니다")),
            Ok(count) => count,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if let Some(at) = piece[..count].iter().position(|byte| *byte == b'\n') {
            kept.extend_from_slice(&piece[..at]);
            return Ok(kept);
        }
        kept.extend_from_slice(&piece[..count]);
    }
}

fn ask(address: &str, message: &str) -> io::Result<String> {
    let mouth = TcpStream::connect(address)?;
    mouth.set_read_timeout(Some(Duration::from_secs(10)))?;
    let ear = mouth.try_clone()?;
    let slot = OnceLock::new();
    thread::scope(|scope| {
        scope.spawn(|| slot.set(line(&ear)));
        let said = (&mouth).write_all(format!("{message}\n").as_bytes());
        if said.is_err() {
            // Nothing will come: let the reader go at once.
            let _ = mouth.shutdown(std::net::Shutdown::Both);
        }
        said
    })?;
    let heard = slot.into_inner().unwrap_or(Err(ErrorKind::UnexpectedEof.into()))?;
    String::from_utf8(heard).map_err(|_| io::Error::new(ErrorKind::InvalidData, "글이 아닌 답입니다"))
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or_else(|| "127.0.0.1:12345".to_owned());
    let message = arguments.next().unwrap_or_else(|| "저 왔어요.".to_owned());
    match ask(&address, &message) {
        Ok(reply) => {
            let mut out = io::stdout().lock();
            let written = out.write_all(format!("서버의 답: {reply}\r\n").as_bytes());
            if written.and_then(|()| out.flush()).is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("오류: {address}: {error}");
            ExitCode::FAILURE
        }
    }
}
