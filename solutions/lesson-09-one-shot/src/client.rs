//! 레슨 09 one-shot: 인사를 보내고 답을 출력하는 클라이언트.
//! Lesson 09 one-shot: a client that sends a greeting and prints the reply.

use std::io::{self, prelude::*};
use std::net::TcpStream;
use std::process::ExitCode;
use std::time::Duration;

const DEFAULT_ADDRESS: &str = "127.0.0.1:12345";
const GREETING: &str = "안녕하세요? 반갑습니다!";
/// 읽기 한 번이 기다리는 시간. / How long one read waits.
const PATIENCE: Duration = Duration::from_secs(10);

fn main() -> ExitCode {
    let address = std::env::args()
        .nth(1)
        .unwrap_or_else(|| DEFAULT_ADDRESS.to_owned());
    match run(&address) {
        Ok(reply) => {
            println!("서버의 답: {reply}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("오류: {address}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(address: &str) -> io::Result<String> {
    let mut server = TcpStream::connect(address)?;
    server.set_read_timeout(Some(PATIENCE))?;
    greet(&mut server)?;
    receive_reply(server)
}

// ANCHOR: answer
/// 인사를 한 줄로 보냅니다. / Sends the greeting as one line.
fn greet(server: &mut TcpStream) -> io::Result<()> {
    // ANCHOR: step-4
    server.write_all(format!("{GREETING}\n").as_bytes())
    // ANCHOR_END: step-4
}

/// 서버가 끝낼 때까지가 답입니다. 답이 없으면 오류입니다.
/// The reply goes to where the server finishes; none is an error.
fn receive_reply(mut server: TcpStream) -> io::Result<String> {
    // ANCHOR: step-5
    let mut reply = String::new();
    server.read_to_string(&mut reply)?;
    if reply.is_empty() {
        return Err(io::Error::other("서버가 답하지 않고 끝냈습니다"));
    }
    Ok(reply.trim_end().to_owned())
    // ANCHOR_END: step-5
}
// ANCHOR_END: answer
