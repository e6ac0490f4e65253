//! Wrong: blanks around a line from the server are lost
//! Steps written: 1-5
//! At fault: given code
//!
//! 레슨 17 threads: 치는 동안에도 듣는 채팅 클라이언트.
//! Lesson 17 threads: a chat client that hears while you type.

use std::io::{self, BufReader, prelude::*};
use std::net::{Shutdown, TcpStream};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

const DEFAULT_ADDRESS: &str = "127.0.0.1:12345";

/// 더 보낼 것이 없다고 서버에게 알렸나? / Has the server been told that nothing more will come?
static FINISHED: AtomicBool = AtomicBool::new(false);

fn main() -> ExitCode {
    let address = std::env::args()
        .nth(1)
        .unwrap_or_else(|| DEFAULT_ADDRESS.to_owned());
    match TcpStream::connect(&address).and_then(converse) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("오류: {address}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// 친 줄을 보내면서, 서버가 끝낼 때까지 오는 줄을 출력합니다.
/// Sends what is typed, and meanwhile prints what comes, until the server ends.
fn converse(server: TcpStream) -> io::Result<()> {
    let ear = server.try_clone()?;
    let hearing = thread::spawn(move || hear(ear));
    if speak(&server).is_ok() {
        FINISHED.store(true, Ordering::SeqCst);
        let _ = server.shutdown(Shutdown::Write);
    }
    let _ = hearing.join();
    Ok(())
}

/// 오는 줄을 출력합니다. 서버가 먼저 끝내면 키보드를 기다리지 않고 끝냅니다.
/// Prints the lines that come. Where the server ends first, it ends without waiting for the keyboard.
fn hear(server: TcpStream) {
    let lines = BufReader::new(server).split(b'\n');
    for line in lines.map_while(Result::ok) {
        println!("{}", String::from_utf8_lossy(&line).trim());
    }
    if !FINISHED.load(Ordering::SeqCst) {
        println!("서버가 끝냈습니다");
        std::process::exit(0);
    }
}

/// 친 줄을 하나씩 보냅니다. 입력이 끝나면 Ok, 더 보낼 수 없으면 Err.
/// Sends the typed lines one by one; Ok where the input ends, Err where nothing more can be sent.
fn speak(mut server: &TcpStream) -> io::Result<()> {
    for line in io::stdin().lines().map_while(Result::ok) {
        server.write_all(format!("{line}\n").as_bytes())?;
    }
    Ok(())
}
