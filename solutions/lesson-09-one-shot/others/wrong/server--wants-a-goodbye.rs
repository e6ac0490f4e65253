//! Wrong: step 3 takes a client that closes without another word for a failure.
//! Steps written: 1-5

use std::io::{self, prelude::*};
use std::net::*;
use std::process::ExitCode;
use std::time::Duration;

const DEFAULT_ADDRESS: &str = "127.0.0.1:12345";
const REPLY: &str = "네, 잘 들었습니다.\n";
/// 메시지는 이보다 길 수 없습니다. / A message may not be longer, in bytes.
const LIMIT: u64 = 1024;
/// 말이 없는 손님을 기다려 주는 시간. / How long to wait for a silent client.
const PATIENCE: Duration = Duration::from_secs(10);

fn main() -> ExitCode {
    let address = std::env::args()
        .nth(1)
        .unwrap_or_else(|| DEFAULT_ADDRESS.to_owned());
    match run(&address) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("오류: {address}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(address: &str) -> io::Result<()> {
    let listener = TcpListener::bind(address)?;
    println!("서버가 시작되었습니다: {}", listener.local_addr()?);
    let client = accept_one(listener)?;
    client.set_read_timeout(Some(PATIENCE))?;
    let message = receive(&client)?;
    println!("받은 메시지: {message}");
    reply_and_part(client)
}

/// 손님을 한 명만 받고 리스너를 닫습니다. / Accepts one client, and closes the listener.
fn accept_one(listener: TcpListener) -> io::Result<TcpStream> {
    let (client, from) = listener.accept()?;
    println!("손님이 왔습니다: {from}");
    Ok(client)
}

/// 메시지 하나를 받습니다. 줄의 끝, 또는 손님이 보내기를 끝낸 데까지가 메시지입니다.
/// Receives one message: up to the end of the line, or to where the client stops talking.
fn receive(client: impl Read) -> io::Result<String> {
    let mut line = Vec::new();
    let mut reader = io::BufReader::new(client.take(LIMIT));
    reader.read_until(b'\n', &mut line)?;
    text(line)
}

/// 답하고, 손님이 답을 잃지 않게 헤어집니다.
/// Replies, and closes so that the client does not lose the reply.
fn reply_and_part(mut client: TcpStream) -> io::Result<()> {
    client.write_all(REPLY.as_bytes())?;
    client.shutdown(Shutdown::Write)?;
    match io::copy(&mut client, &mut io::sink())? {
        0 => Err(io::Error::other("손님이 작별 인사를 하지 않았습니다")),
        _ => Ok(()),
    }
}

/// 다 받은 바이트를 문자열로. / The whole message as text.
fn text(line: Vec<u8>) -> io::Result<String> {
    if line.len() as u64 == LIMIT && !line.ends_with(b"\n") {
        return Err(io::Error::other("메시지가 너무 깁니다"));
    }
    match String::from_utf8(line) {
        Ok(text) => Ok(text.trim_end().to_owned()),
        Err(_) => Err(io::Error::other("메시지가 UTF-8이 아닙니다")),
    }
}
