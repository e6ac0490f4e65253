//! 레슨 03 listen: 연결을 받을 준비를 합니다. accept는 아직 부르지 않습니다.
//! Lesson 03 listen: get ready for connections. No accept yet.

use socket2::{Domain, Protocol, Socket, Type};
use std::io;
use std::net::SocketAddr;
use std::process::ExitCode;

const DEFAULT_ADDRESS: &str = "127.0.0.1:12345";
const DEFAULT_BACKLOG: i32 = 128;

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
    let mut arguments = std::env::args().skip(1);
    let address = arguments
        .next()
        .unwrap_or_else(|| DEFAULT_ADDRESS.to_owned());
    let address = address
        .parse()
        .map_err(|_| io::Error::other(format!("{address}은(는) 주소가 아닙니다")))?;
    let backlog = backlog(arguments.next())?;

    let socket = bound_socket(address)?;
    let bound = socket.local_addr()?.as_socket();
    println!("묶었습니다: {} (Enter)", bound.unwrap_or(address));
    wait_for_enter()?;

    start_listening(&socket, backlog)?;
    println!("듣고 있습니다. (Enter)");
    wait_for_enter()?;

    stop_listening(socket);
    println!("닫았습니다. (Enter)");
    wait_for_enter()
}

fn start_listening(socket: &Socket, backlog: i32) -> io::Result<()> {
    // 1단계: 바인드된 소켓을 대기 소켓으로 만드세요. 대기열의 길이는 backlog입니다.
    // Step 1: Make the bound socket a listener, with a queue of length backlog.
    // todo! 안의 이름들은 컴파일러의 경고를 막을 뿐입니다. todo!를 모두 지우고 작성하세요.
    // The names in todo! only keep the compiler quiet: replace the whole of it with your code.
    todo!("step 1: {socket:?} {backlog}")
}

/// 두 번째 인자로 받은 대기열의 길이. / The backlog, from the second argument.
fn backlog(argument: Option<String>) -> io::Result<i32> {
    // 2단계: argument가 있으면 숫자로 읽어 돌려주고, 없으면 DEFAULT_BACKLOG를 돌려주세요.
    // 숫자가 아니면 받은 문자열을 넣은 한 문장의 오류를 돌려줍니다.
    // Step 2: Return argument as a number, or DEFAULT_BACKLOG if there is none.
    // If it is not a number, return an error of one sentence that quotes it.
    // 아래는 작성하기 전까지 자리를 채우는 줄입니다. 모두 지우고 작성하세요.
    // The lines below only fill the gap until then: replace them all with your code.
    eprintln!("not yet implemented: step 2 {argument:?}");
    Ok(DEFAULT_BACKLOG)
}

fn stop_listening(socket: Socket) {
    // 3단계: 대기 소켓을 닫으세요. 기다리던 연결은 어떻게 될까요?
    // Step 3: Close the listener. What becomes of those who wait?
    // todo! 안의 이름들은 컴파일러의 경고를 막을 뿐입니다. todo!를 모두 지우고 작성하세요.
    // The names in todo! only keep the compiler quiet: replace the whole of it with your code.
    todo!("step 3: {socket:?}")
}

fn bound_socket(address: SocketAddr) -> io::Result<Socket> {
    let socket = Socket::new(
        Domain::for_address(address),
        Type::STREAM,
        Some(Protocol::TCP),
    )?;
    if cfg!(unix) {
        socket.set_reuse_address(true)?;
    }
    socket.bind(&address.into())?;
    Ok(socket)
}

fn wait_for_enter() -> io::Result<()> {
    io::stdin().read_line(&mut String::new())?;
    Ok(())
}
