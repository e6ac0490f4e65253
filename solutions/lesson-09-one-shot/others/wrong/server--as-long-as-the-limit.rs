//! Wrong: text takes every message of 1,024 bytes for too long, also one whose newline is the last of them.
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
    // 1단계: 손님을 받아 "손님이 왔습니다: 주소"를 출력하고, 손님의 소켓을 돌려주세요.
    // listener는 이 함수의 것이므로, 함수가 끝나면 닫힙니다.
    // Step 1: Accept a client, print "손님이 왔습니다: ADDRESS" (a client has come), and return its
    // socket. The listener belongs to this function: it is closed when the function ends.
    let (client, from) = listener.accept()?;
    println!("손님이 왔습니다: {from}");
    Ok(client)
}

/// 메시지 하나를 받습니다. 줄의 끝, 또는 손님이 보내기를 끝낸 데까지가 메시지입니다.
/// Receives one message: up to the end of the line, or to where the client stops talking.
fn receive(client: impl Read) -> io::Result<String> {
    // 2단계: 줄바꿈(\n)까지, 줄바꿈이 없으면 손님이 보내기를 끝낼 때까지 받으세요. LIMIT바이트보다 많이 읽지 않습니다.
    // 받은 바이트는 text에 넘기면 문자열이 됩니다.
    // Step 2: Receive up to the newline (\n), or where there is none to where the client stops
    // talking; no more than LIMIT bytes. text turns the bytes into the message.
    let mut line = Vec::new();
    let mut reader = io::BufReader::new(client.take(LIMIT));
    reader.read_until(b'\n', &mut line)?;
    text(line)
}

/// 답하고, 손님이 답을 잃지 않게 헤어집니다.
/// Replies, and closes so that the client does not lose the reply.
fn reply_and_part(mut client: TcpStream) -> io::Result<()> {
    // 3단계: REPLY를 모두 보내고, 보내는 방향을 끝낸 다음, 손님이 떠날 때까지 읽어서 버리세요(레슨 08).
    // Step 3: Send all of REPLY, end the sending direction, then read and throw away until the client leaves (lesson 08).
    client.write_all(REPLY.as_bytes())?;
    client.shutdown(Shutdown::Write)?;
    io::copy(&mut client, &mut io::sink())?;
    Ok(())
}

/// 다 받은 바이트를 문자열로. / The whole message as text.
fn text(line: Vec<u8>) -> io::Result<String> {
    if line.len() as u64 >= LIMIT {
        return Err(io::Error::other("메시지가 너무 깁니다"));
    }
    match String::from_utf8(line) {
        Ok(text) => Ok(text.trim_end().to_owned()),
        Err(_) => Err(io::Error::other("메시지가 UTF-8이 아닙니다")),
    }
}
