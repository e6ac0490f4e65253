//! Wrong: step 3 says how many bytes went only for ConnectionReset; a peer that had finished before leaves BrokenPipe.
//! Steps written: 1-3

use socket2::{Domain, Protocol, Socket, Type};
use std::io;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

const DEFAULT_ADDRESS: &str = "127.0.0.1:12345";
const DEFAULT_SIZE: usize = 8 * 1024 * 1024;
/// 송신 버퍼에 자리가 없을 때 쉬는 시간. / How long to rest while the socket takes nothing.
const PAUSE: Duration = Duration::from_millis(1);

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
    let address: SocketAddr = address
        .parse()
        .map_err(|_| io::Error::other(format!("{address}은(는) 주소가 아닙니다")))?;
    let size = arguments
        .next()
        .map_or(Ok(DEFAULT_SIZE), |size| size.parse());
    let size = size.map_err(|_| io::Error::other("크기는 숫자여야 합니다"))?;

    let socket = Socket::new(
        Domain::for_address(address),
        Type::STREAM,
        Some(Protocol::TCP),
    )?;
    socket.connect(&address.into())?;
    // 이제 send는 기다리지 않습니다. 들어가는 만큼만 넘기고 돌아옵니다.
    // From here on send does not wait: it takes as much as there is room for.
    socket.set_nonblocking(true)?;

    let message = message(size);
    let mut sent = 0;
    match send_all(&socket, &message, &mut sent) {
        Ok(()) => println!("모두 넘겼습니다: {sent}바이트"),
        Err(error) => return Err(io::Error::other(broken_off(address, sent, &error))),
    }
    Ok(())
}

/// `message`를 모두 보냅니다. 넘긴 바이트 수는 오류가 나도 `sent`에 남습니다.
/// Sends all of `message`; `sent` counts what was handed over, on an error too.
fn send_all(socket: &Socket, message: &[u8], sent: &mut usize) -> io::Result<()> {
    while *sent < message.len() {
        match socket.send(&message[*sent..]) {
            Ok(count) => *sent += count,
            Err(error) => not_now(error)?,
        }
    }
    Ok(())
}

/// send가 아무것도 넘기지 못했습니다. 기다리면 될 일이면 기다리고, 아니면 오류를 돌려줍니다.
/// send took nothing. Waits if that will help; else returns the error.
fn not_now(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::WouldBlock {
        thread::sleep(PAUSE);
        return Ok(());
    }
    Err(error)
}

/// 다 보내지 못한 이유를 한 문장으로. / Why not all of it was sent, in one sentence.
fn broken_off(address: SocketAddr, sent: usize, error: &io::Error) -> String {
    if error.kind() == io::ErrorKind::ConnectionReset {
        format!("{sent}바이트를 넘긴 뒤 {address}이(가) 끊었습니다")
    } else {
        format!("{address}: {error}")
    }
}

/// 0, 1, …, 250, 0, 1, …: 빠지거나 겹친 곳이 드러나는 바이트. / Bytes that show any gap.
fn message(size: usize) -> Vec<u8> {
    let mut message = (0..=250).collect::<Vec<u8>>().repeat(size / 251 + 1);
    message.truncate(size);
    message
}
