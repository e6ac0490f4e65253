//! Right: writes through a LineWriter on one handle (letters, then the newline apart), reads on another with a BufReader of 5 bytes.
use std::io::{BufReader, LineWriter, Read, Write};
use std::net::TcpStream;
use std::process::ExitCode;
use std::time::Duration;

fn ask(address: &str) -> std::io::Result<String> {
    let reader = TcpStream::connect(address)?;
    reader.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut writer = LineWriter::new(reader.try_clone()?);
    for letter in "안녕하세요? 반갑습니다!".chars() { write!(writer, "{letter}")?; }
    writer.flush()?;
    writer.write_all(b"\n")?;
    writer.flush()?;
    let mut reply = Vec::new();
    BufReader::with_capacity(5, reader).read_to_end(&mut reply)?;
    if reply.is_empty() { return Err(std::io::ErrorKind::UnexpectedEof.into()) }
    let reply = String::from_utf8(reply).map_err(std::io::Error::other)?;
    Ok(reply.trim_end_matches(['\r', '\n']).into())
}
fn main() -> ExitCode {
    let address = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    match ask(&address) {
        Ok(reply) => { print!("서버의 답: {reply}\r\n"); ExitCode::SUCCESS }
        Err(error) => { eprintln!("{address} gave no whole reply: {error}"); ExitCode::from(42) }
    }
}
