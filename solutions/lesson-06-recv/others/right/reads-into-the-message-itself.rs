//! Right: no buffer at all: the message is made longer by a doubling step, read into at its end, and cut back.
use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, ErrorKind, Read, Write};
use std::net::SocketAddr;
use std::process::ExitCode;

/// Lengthens the message for one read; whatever happens, only what came stays.
fn piece(client: &Socket, message: &mut Vec<u8>, room: usize) -> io::Result<usize> {
    let before = message.len();
    message.resize(before + room, 0xAA);
    let mut client = client;
    let outcome = client.read(&mut message[before..]);
    message.truncate(before + *outcome.as_ref().unwrap_or(&0));
    outcome
}

fn whole(client: &Socket, message: &mut Vec<u8>) -> io::Result<()> {
    let mut room = 1;
    loop {
        match piece(client, message, room) {
            Ok(0) => return Ok(()),
            Ok(count) if count == room => room = (room * 2).min(1 << 16),
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

fn verdict(message: Vec<u8>, outcome: io::Result<()>) -> String {
    if let Err(error) = outcome {
        return if error.kind() == ErrorKind::ConnectionReset {
            "상대가 연결을 끊었습니다 (RST)".to_owned()
        } else {
            format!("받는 동안 오류: {error}")
        };
    }
    String::from_utf8(message).map_or_else(
        |wrong| format!("UTF-8이 아닙니다: {}바이트까지만 글자입니다", wrong.utf8_error().valid_up_to()),
        |text| format!("메시지: {text}"),
    )
}

fn run() -> io::Result<()> {
    let text = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:12345".to_owned());
    let address: SocketAddr =
        text.parse().map_err(|_| io::Error::other(format!("{text}은(는) 주소가 아닙니다")))?;
    let door = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    if cfg!(unix) {
        door.set_reuse_address(true)?;
    }
    door.bind(&address.into())?;
    door.listen(128)?;
    let mut out = io::stdout().lock();
    write!(out, "서버가 시작되었습니다: {}\r\n", door.local_addr()?.as_socket().unwrap_or(address))?;
    out.flush()?;
    loop {
        let (client, _) = door.accept()?;
        let mut message = Vec::new();
        let outcome = whole(&client, &mut message);
        drop(client);
        write!(out, "받은 바이트: {}\r\n", message.len())?;
        write!(out, "{}\r\n", verdict(message, outcome))?;
        out.flush()?;
    }
}

fn main() -> ExitCode {
    if let Err(error) = run() {
        eprintln!("오류: {error}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
