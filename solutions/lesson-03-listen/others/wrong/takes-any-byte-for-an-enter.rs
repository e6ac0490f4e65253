//! Wrong: in given code one byte of the input counts as an Enter, so a word and one Enter are several
//! Steps written: 1-3
//! At fault: given code
//!
//! 레슨 03 listen: 연결을 받을 준비를 합니다. accept는 아직 부르지 않습니다.
//! Lesson 03 listen: get ready for connections. No accept yet.

use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, Read};
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
    socket.listen(backlog)
}

/// 두 번째 인자로 받은 대기열의 길이. / The backlog, from the second argument.
fn backlog(argument: Option<String>) -> io::Result<i32> {
    let Some(argument) = argument else {
        return Ok(DEFAULT_BACKLOG);
    };
    argument
        .parse()
        .map_err(|_| io::Error::other(format!("백로그는 숫자여야 합니다: {argument}")))
}

fn stop_listening(socket: Socket) {
    drop(socket);
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
    // One key is enough.
    io::stdin().read(&mut [0; 1])?;
    Ok(())
}
