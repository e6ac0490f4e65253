//! Wrong: step 5 has room for 64 KiB of the reply and leaves out the rest.
//! Steps written: 1-5

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

/// 인사를 한 줄로 보냅니다. / Sends the greeting as one line.
fn greet(server: &mut TcpStream) -> io::Result<()> {
    server.write_all(format!("{GREETING}\n").as_bytes())
}

/// 서버가 끝낼 때까지가 답입니다. 답이 없으면 오류입니다.
/// The reply goes to where the server finishes; none is an error.
fn receive_reply(mut server: TcpStream) -> io::Result<String> {
    let mut reply = [0; 64 * 1024];
    let mut count = 0;
    while count < reply.len() {
        match server.read(&mut reply[count..])? {
            0 => break,
            more => count += more,
        }
    }
    let reply = String::from_utf8(reply[..count].to_vec()).map_err(io::Error::other)?;
    if reply.is_empty() {
        return Err(io::Error::other("서버가 답하지 않고 끝냈습니다"));
    }
    Ok(reply.trim_end().to_owned())
}
