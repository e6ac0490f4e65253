//! Right: own byte-wise reading on both sides, and the socket is shut down and closed before the last line is printed; CR LF on stdout.
use std::io::{self, IsTerminal, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::process::ExitCode;

/// A line without its end; None at an end with nothing before it; Err(rest) for a line that broke off.
fn line(from: &mut dyn Read) -> io::Result<Option<Result<Vec<u8>, Vec<u8>>>> {
    let mut line = Vec::new();
    let mut one = [0];
    loop {
        match from.read(&mut one) {
            Ok(0) if line.is_empty() => return Ok(None),
            Ok(0) => return Ok(Some(Err(line))),
            Ok(_) if one == *b"\n" => return Ok(Some(Ok(line))),
            Ok(_) => line.push(one[0]),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
}
fn run() -> io::Result<()> {
    let mut server = TcpStream::connect(std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into()))?;
    let mut keyboard = io::stdin().lock();
    let mut out = io::stdout();
    loop {
        if io::stdin().is_terminal() { out.write_all(b"> ")?; out.flush()?; }
        let Some(typed) = line(&mut keyboard)? else { break };
        let mut typed = typed.unwrap_or_else(|unfinished| unfinished);
        if typed.last() == Some(&b'\r') { typed.pop(); }
        let quit = typed == b"quit";
        typed.push(b'\n');
        server.write_all(&typed)?;
        let Some(Ok(echo)) = line(&mut server)? else { return Err(io::ErrorKind::UnexpectedEof.into()) };
        let echo = String::from_utf8(echo).map_err(|_| io::ErrorKind::InvalidData)?;
        write!(out, "메아리: {echo}\r\n")?;
        out.flush()?;
        if quit { break }
    }
    let _ = server.shutdown(Shutdown::Both);
    drop(server);
    write!(out, "대화를 마칩니다.\r\n")?;
    out.flush()
}
fn main() -> ExitCode {
    match run() { Ok(()) => ExitCode::SUCCESS, Err(error) => { eprintln!("the conversation ended: {error}"); ExitCode::from(13) } }
}
