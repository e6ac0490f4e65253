//! Wrong: a pause that has grown stays as long, also once connected
//! Steps written: 1-6
//!
//! 레슨 22 remote-control: 유니티를 맡는 클라이언트. 명령을 한 번씩만 합니다.
//! Lesson 22 remote-control: the client that plays Unity, and carries each command out once.

mod frames;

use frames::{invalid, number, number_after, read_frame, send_frame};
use std::io;
use std::net::TcpStream;
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

const DEFAULT_ADDRESS: &str = "127.0.0.1:9090";
/// 끊긴 다음 처음 쉬는 시간. / The first pause after a loss.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
/// 그다음부터 두 배씩, 이만큼까지. / From then on twice as long, up to this.
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

fn main() -> ExitCode {
    let address = std::env::args()
        .nth(1)
        .unwrap_or_else(|| DEFAULT_ADDRESS.to_owned());
    thread::spawn(end_on_enter);
    keep_coming_back(&address)
}

/// 여기서 유니티인 것. / What is Unity here.
#[derive(Debug, Default)]
struct Unity {
    /// 마지막으로 한 명령의 번호. / The ID of the last command carried out.
    last: u64,
    /// 서버가 답한 연결이 있나? / Is there a connection on which the server has answered?
    is_connected: bool,
}

/// 연결이 끝날 때마다 쉬었다가 다시 갑니다. 못 가면 더 오래 쉽니다.
/// Whenever the connection has ended, pauses and comes back; pauses longer where it finds nobody.
fn keep_coming_back(address: &str) -> ! {
    let mut unity = Unity::default();
    let mut pause = FIRST_PAUSE;
    let mut is_told = false;
    loop {
        let ended = TcpStream::connect(address).and_then(|server| obey(&server, &mut unity));
        if std::mem::take(&mut unity.is_connected) {
            is_told = false;
        }
        if !is_told {
            println!("끊겼습니다");
            is_told = true;
        }
        if let Err(error) = ended {
            eprintln!("{address}: {error}");
        }
        thread::sleep(pause);
        pause = LONGEST_PAUSE.min(pause * 2);
    }
}

/// 어디까지 했는지 말하고, 서버의 답을 그 번호로 삼고, 연결이 끝날 때까지 명령을 한 번씩 합니다.
/// Says how far it has come, takes the server's answer for that, and carries each command out once
/// until the connection ends.
fn obey(server: &TcpStream, unity: &mut Unity) -> io::Result<()> {
    send_frame(server, &format!("last {}", unity.last))?;
    let Some(answer) = read_frame(server)? else {
        return Ok(());
    };
    unity.last = number_after("after ", &answer)?;
    unity.is_connected = true;
    println!("연결되었습니다: {}", server.peer_addr()?);
    while let Some(frame) = read_frame(server)? {
        let (id, command) = command(&frame)?;
        if id > unity.last {
            println!("명령: {command}");
            unity.last = id;
        }
        send_frame(server, &format!("done {id}"))?;
    }
    Ok(())
}

/// `7 왼쪽`의 번호와 명령. / ID and command of `7 왼쪽`.
fn command(frame: &str) -> io::Result<(u64, &str)> {
    let parts = frame.split_once(' ');
    let found = parts.and_then(|(id, command)| Some((number(id)?, command)));
    found.ok_or_else(|| invalid("알 수 없는 프레임입니다"))
}

fn end_on_enter() {
    let mut line = String::new();
    if io::stdin()
        .read_line(&mut line)
        .is_ok_and(|count| count > 0)
    {
        std::process::exit(0);
    }
}
