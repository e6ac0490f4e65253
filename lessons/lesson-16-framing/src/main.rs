//! 레슨 16 framing: TODO.
//! Lesson 16 framing: TODO.

use std::io;
use std::net::TcpListener;
use std::process::ExitCode;

const DEFAULT_ADDRESS: &str = "127.0.0.1:12345";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("오류: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> io::Result<()> {
    let address = std::env::args()
        .nth(1)
        .unwrap_or_else(|| DEFAULT_ADDRESS.to_owned());
    let listener = listen(&address)?;
    println!("서버가 시작되었습니다: {}", listener.local_addr()?);
    let (_client, _) = listener.accept()?;
    Ok(())
}

fn listen(address: &str) -> io::Result<TcpListener> {
    // 1단계: TODO
    // Step 1: TODO
    // todo! 안의 이름들은 컴파일러의 경고를 막을 뿐입니다. todo!를 모두 지우고 작성하세요.
    // The names in todo! only keep the compiler quiet: write yours in place of all of it.
    todo!("step 1: {address}")
}
