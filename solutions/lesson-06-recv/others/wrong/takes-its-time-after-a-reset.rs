//! Wrong: step 1 waits for half a second, in case the client comes back, before it gives up after a reset.
//! Steps written: 1-3

use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, Read};
use std::net::SocketAddr;
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
    let address = address
        .parse()
        .map_err(|_| io::Error::other(format!("{address}은(는) 주소가 아닙니다")))?;
    let listener = listener(address)?;
    let bound = listener.local_addr()?.as_socket();
    println!("서버가 시작되었습니다: {}", bound.unwrap_or(address));
    loop {
        let (client, _) = listener.accept()?;
        serve(client);
    }
}

fn serve(mut client: Socket) {
    let mut message = Vec::new();
    let received = receive_all(&mut client, &mut message);
    println!("받은 바이트: {}", message.len());
    match received {
        Ok(()) => println!("{}", text(&message)),
        Err(error) => println!("{}", broken_off(&error)),
    }
}

/// 상대가 보내기를 끝낼 때까지 받아 `message`에 모읍니다. 오류가 나도 그때까지 받은 것은 남습니다.
/// Receives into `message` until the peer has finished; on an error, what came so far stays.
fn receive_all(client: &mut Socket, message: &mut Vec<u8>) -> io::Result<()> {
    let mut buffer = [0; 1024];
    loop {
        let count = client.read(&mut buffer).inspect_err(|_| {
            std::thread::sleep(std::time::Duration::from_millis(500));
        })?;
        if count == 0 {
            return Ok(());
        }
        message.extend_from_slice(&buffer[..count]);
    }
}

/// 다 받은 바이트를 문자열로 바꿉니다. / Turns the whole message into text.
fn text(message: &[u8]) -> String {
    match std::str::from_utf8(message) {
        Ok(text) => format!("메시지: {text}"),
        Err(error) => format!(
            "UTF-8이 아닙니다: {}바이트까지만 글자입니다",
            error.valid_up_to()
        ),
    }
}

/// 끝나기 전에 끊긴 연결을 한 문장으로. / A connection that broke off, in one sentence.
fn broken_off(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::ConnectionReset => "상대가 연결을 끊었습니다 (RST)".to_owned(),
        _ => format!("받다가 오류가 났습니다: {error}"),
    }
}

fn listener(address: SocketAddr) -> io::Result<Socket> {
    let socket = Socket::new(
        Domain::for_address(address),
        Type::STREAM,
        Some(Protocol::TCP),
    )?;
    if cfg!(unix) {
        socket.set_reuse_address(true)?;
    }
    socket.bind(&address.into())?;
    socket.listen(128)?;
    Ok(socket)
}
