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

/// 인사를 한 줄로 보냅니다. / Sends the greeting as one line.
fn greet(server: &mut TcpStream) -> io::Result<()> {
    // 4단계: GREETING 뒤에 줄바꿈(\n)을 붙여 모두 보내세요. 서버는 줄바꿈을 보고 메시지가 끝난 것을 압니다.
    // Step 4: Send GREETING and a newline (\n), all of it. By the newline the server knows that the message has ended.
    // todo! 안의 이름들은 컴파일러의 경고를 막을 뿐입니다. todo!를 모두 지우고 작성하세요.
    // The names in todo! only keep the compiler quiet: replace the whole of it with your code.
    todo!("step 4: {server:?} {GREETING}")
}

/// 서버가 끝낼 때까지가 답입니다. 답이 없으면 오류입니다.
/// The reply goes to where the server finishes; none is an error.
fn receive_reply(mut server: TcpStream) -> io::Result<String> {
    // 5단계: 서버가 끝낼 때까지 받아서, 끝의 줄바꿈을 뗀 문자열을 돌려주세요.
    // 아무것도 오지 않았으면 io::Error::other로 오류를 만들어 돌려주세요.
    // Step 5: Receive until the server finishes, and return the text without its final newline.
    // If nothing came, return an error made with io::Error::other.
    // todo! 안의 이름들은 컴파일러의 경고를 막을 뿐입니다. todo!를 모두 지우고 작성하세요.
    // The names in todo! only keep the compiler quiet: replace the whole of it with your code.
    todo!("step 5: {:?}", Read::by_ref(&mut server))
}
