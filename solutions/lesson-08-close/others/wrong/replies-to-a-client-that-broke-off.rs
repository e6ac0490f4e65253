//! Wrong: serve takes a reset within the request for its end, replies into nothing, and tells of a broken pipe.
//! Steps written: 1-4

use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, prelude::*};
use std::net::*;
use std::process::ExitCode;
use std::time::Duration;

const DEFAULT_ADDRESS: &str = "127.0.0.1:12345";
/// 요청은 이보다 길 수 없습니다. / A request may not be longer.
const LIMIT: usize = 1024;
/// 떠나지 않는 손님을 기다려 주는 시간. / How long a client may take to leave.
const PATIENCE: Duration = Duration::from_secs(10);

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
    let address: SocketAddr = address
        .parse()
        .map_err(|_| io::Error::other(format!("{address}은(는) 주소가 아닙니다")))?;
    let listener = Socket::new(
        Domain::for_address(address),
        Type::STREAM,
        Some(Protocol::TCP),
    )?;
    allow_restart(&listener)?;
    listener.bind(&address.into())?;
    listener.listen(128)?;
    let bound = listener.local_addr()?.as_socket();
    println!(
        "서버가 시작되었습니다: {} (Enter로 끝냅니다)",
        bound.unwrap_or(address)
    );
    std::thread::spawn(end_on_enter);
    loop {
        let (client, _) = listener.accept()?;
        let ended = serve(client);
        println!("{}", how_it_ended(ended));
    }
}

/// 요청을 끝까지 읽고, 답하고, 예의 바르게 헤어집니다.
/// Reads a request to its end, replies, and closes gracefully.
fn serve(mut client: Socket) -> io::Result<()> {
    client.set_read_timeout(Some(PATIENCE))?;
    // 같은 소켓의 두 번째 핸들. serve가 끝날 때까지 살아 있습니다.
    // A second handle to the same socket; it lives until serve returns.
    let _spare = client.try_clone()?;

    let mut request = Vec::new();
    (&mut client)
        .take(LIMIT as u64 + 1)
        .read_to_end(&mut request)
        .or_else(|error| match error.kind() {
            io::ErrorKind::ConnectionReset => Ok(0),
            _ => Err(error),
        })?;
    let reply = match request.len() {
        ..=LIMIT => format!("{}바이트를 받았습니다\n", request.len()),
        _ => "너무 깁니다\n".to_owned(),
    };
    client.write_all(reply.as_bytes())?;

    finish_sending(&client)?;
    println!("할 말을 다 했습니다.");
    wait_until_it_leaves(&mut client)
}

/// 더 보낼 것이 없다고 알립니다. 받는 쪽은 열어 둡니다.
/// Says that nothing more will be sent; goes on receiving.
fn finish_sending(client: &Socket) -> io::Result<()> {
    client.shutdown(Shutdown::Write)
}

/// 손님이 떠날 때까지 남은 바이트를 읽어서 버립니다.
/// Reads and throws away what is left, until the client leaves.
fn wait_until_it_leaves(client: &mut Socket) -> io::Result<()> {
    let mut ignored = [0; 16 * 1024];
    while client.read(&mut ignored)? > 0 {}
    Ok(())
}

/// 연결이 어떻게 끝났는지 한 줄로. / How the connection ended, in one line.
fn how_it_ended(ended: io::Result<()>) -> String {
    match ended {
        Ok(()) => "손님이 닫았습니다 (FIN)".to_owned(),
        Err(error) if error.kind() == io::ErrorKind::ConnectionReset => {
            "손님이 끊었습니다 (RST)".to_owned()
        }
        Err(error) => format!("오류: {error}"),
    }
}

/// 먼저 닫은 서버의 연결이 TIME_WAIT에 있어도 다시 시작하게 합니다.
/// Lets the server start again while its own connections are in TIME_WAIT.
fn allow_restart(listener: &Socket) -> io::Result<()> {
    if cfg!(unix) {
        listener.set_reuse_address(true)
    } else {
        Ok(())
    }
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
