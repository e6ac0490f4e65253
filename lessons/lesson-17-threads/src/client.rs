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
    // 5단계: 복제한 소켓(try_clone)으로 hear를 부르는 스레드를 시작하고, 그동안 speak로 친 줄을 보내세요.
    // speak가 Ok이면 FINISHED를 true로 한 다음 보내기를 끝냅니다(shutdown(Shutdown::Write)).
    // 그다음 스레드를 기다립니다(join): 서버가 닫을 때까지 오는 줄이 있습니다.
    // Step 5: Start a thread that calls hear with a clone of the socket (try_clone), and meanwhile speak,
    // which sends what is typed. Where speak is Ok, set FINISHED to true, then end the sending
    // (shutdown(Shutdown::Write)). Then wait for the thread (join): lines come until the server closes.
    // 다음 줄은 컴파일러의 경고를 막을 뿐입니다. 작성할 때 지우세요.
    // The next line only keeps the compiler quiet: take it out when you write the step.
    let _ = (hear, speak, Shutdown::Write, thread::current);
    // todo! 안의 이름들은 컴파일러의 경고를 막을 뿐입니다. todo!를 모두 지우고 작성하세요.
    // The names in todo! only keep the compiler quiet: replace the whole of it with your code.
    todo!("step 5: {server:?}")
}

/// 오는 줄을 출력합니다. 서버가 먼저 끝내면 키보드를 기다리지 않고 끝냅니다.
/// Prints the lines that come. Where the server ends first, it ends without waiting for the keyboard.
fn hear(server: TcpStream) {
    let lines = BufReader::new(server).split(b'\n');
    for line in lines.map_while(Result::ok) {
        println!("{}", String::from_utf8_lossy(&line));
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
