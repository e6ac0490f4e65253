//! Right: a tiny BufReader whose fill_buf is consumed by halves, text found with utf8_chunks, each line written in one call.

use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::net::SocketAddr;
use std::process::ExitCode;

fn collect(from: &mut impl BufRead, into: &mut Vec<u8>) -> io::Result<()> {
    loop {
        let taken = match from.fill_buf() {
            Ok([]) => return Ok(()),
            Ok(there) => {
                let half = &there[..there.len().div_ceil(2)];
                into.extend(half.iter().copied());
                half.len()
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => 0,
            Err(error) => return Err(error),
        };
        from.consume(taken);
    }
}

fn told(message: &[u8]) -> String {
    let mut chunks = message.utf8_chunks();
    let first = chunks.next();
    let (valid, broken) = first.map_or(("", false), |chunk| (chunk.valid(), !chunk.invalid().is_empty()));
    match broken {
        true => format!("UTF-8이 아닙니다: {}바이트까지만 글자입니다", valid.len()),
        false => format!("메시지: {valid}"),
    }
}

fn run(place: &str) -> io::Result<()> {
    let address: SocketAddr = place.parse().map_err(io::Error::other)?;
    let listener = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    if cfg!(unix) {
        listener.set_reuse_address(true)?;
    }
    listener.bind(&address.into())?;
    listener.listen(128)?;
    let mut out = io::stdout();
    let bound = listener.local_addr()?.as_socket().unwrap_or(address);
    out.write_all(format!("서버가 시작되었습니다: {bound}\r\n").as_bytes())?;
    out.flush()?;
    loop {
        let mut message = Vec::new();
        let client = match listener.accept() {
            Ok((client, _)) => client,
            Err(error) if matches!(error.kind(), ErrorKind::Interrupted | ErrorKind::ConnectionAborted) => continue,
            Err(error) => return Err(error),
        };
        let end = match collect(&mut BufReader::with_capacity(5, client), &mut message) {
            Ok(()) => told(&message),
            Err(error) if error.kind() == ErrorKind::ConnectionReset => "상대가 연결을 끊었습니다 (RST)".into(),
            Err(error) => format!("받다가 오류가 났습니다: {error}"),
        };
        out.write_all(format!("받은 바이트: {}\r\n{end}\r\n", message.len()).as_bytes())?;
        out.flush()?;
    }
}

fn main() -> ExitCode {
    match run(&std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:12345".to_owned())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("오류: {error}");
            ExitCode::FAILURE
        }
    }
}
