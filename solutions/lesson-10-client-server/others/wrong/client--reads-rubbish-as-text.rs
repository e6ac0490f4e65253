//! Wrong: step 5 makes text of whatever came (lossy), so a reply that is no UTF-8 is printed as a good one.
//! Steps written: 1-5

use std::io::{self, ErrorKind, prelude::*};
use std::net::TcpStream;
use std::process::ExitCode;
use std::time::Duration;

const DEFAULT_ADDRESS: &str = "127.0.0.1:12345";
const DEFAULT_MESSAGE: &str = "저 왔어요.";
/// 답을 기다려 주는 시간. / How long to wait for the reply.
const PATIENCE: Duration = Duration::from_secs(10);

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or(DEFAULT_ADDRESS.to_owned());
    let message = arguments.next().unwrap_or(DEFAULT_MESSAGE.to_owned());
    match run(&address, &message) {
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

fn run(address: &str, message: &str) -> io::Result<String> {
    let mut server = TcpStream::connect(address)?;
    server.set_read_timeout(Some(PATIENCE))?;
    server.write_all(format!("{message}\n").as_bytes())?;
    receive_reply(server)
}

/// 답 한 줄을 받습니다. 줄바꿈까지 오지 않은 답은 온전하지 않습니다.
/// Receives a line. A reply without its newline is not whole.
fn receive_reply(server: TcpStream) -> io::Result<String> {
    let mut reply = Vec::new();
    io::BufReader::new(server).read_until(b'\n', &mut reply)?;
    match reply.strip_suffix(b"\n") {
        Some(reply) => Ok(String::from_utf8_lossy(reply).into_owned()),
        None => Err(ErrorKind::UnexpectedEof.into()),
    }
}
