//! Right: a scoped thread sends the greeting in three writes while main already reads the reply, byte by byte, into a fixed array of 1 MiB; CR LF on stdout.
use std::io::{self, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

fn converse(address: &str) -> io::Result<String> {
    let server = TcpStream::connect(address)?;
    server.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut space = vec![0u8; 1 << 20].into_boxed_slice();
    let count = thread::scope(|scope| {
        let greeting = scope.spawn(|| -> io::Result<()> {
            for part in ["안녕하세요? ", "반갑습니다!", "\n"] {
                (&server).write_all(part.as_bytes())?;
            }
            Ok(())
        });
        let mut count = 0;
        let heard = loop {
            let Some(place) = space.get_mut(count..=count) else {
                break Err(io::Error::other("an endless reply"));
            };
            match (&server).read(place) {
                Ok(0) => break Ok(count),
                Ok(more) => count += more,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => break Err(error),
            }
        };
        greeting.join().map_err(|_| io::Error::other("writer"))??;
        heard
    })?;
    if count == 0 {
        return Err(io::Error::new(ErrorKind::UnexpectedEof, "the server had nothing to say"));
    }
    let reply = std::str::from_utf8(&space[..count]).map_err(io::Error::other)?;
    Ok(reply.strip_suffix('\n').unwrap_or(reply).to_owned())
}

fn main() -> ExitCode {
    let address = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".to_string());
    let outcome = converse(&address);
    let (text, code) = match outcome.as_deref() {
        Ok(reply) => (format!("서버의 답: {reply}\r\n"), 0),
        Err(error) => (format!("{address}: 대화 실패, {error}"), 77),
    };
    if code == 0 {
        print!("{text}");
    } else {
        eprintln!("{text}");
    }
    ExitCode::from(code)
}
