//! Wrong: step 2 doubles its nap each time and never begins with a short one again, so that it sleeps on though there is room.
//! Steps written: 1-2

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
    // 1단계: message를 모두 보내세요. send는 들어가는 만큼만 넘기고 그 수를 돌려줍니다.
    // 넘긴 수는 sent에 더하고, 오류는 not_now에게 맡깁니다.
    // Step 1: Send all of message. send takes as much as there is room for, and says how much.
    // Add what was taken to sent; leave errors to not_now.
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
    // 2단계: 오류가 WouldBlock이면 PAUSE만큼 쉬고 Ok(())를, 아니면 그 오류를 돌려주세요.
    // Step 2: For WouldBlock rest for PAUSE and return Ok(()); return any other error.
    // 자리가 없을 때마다 두 배로 오래 쉽니다. / Rests twice as long each time there is no room.
    static TRIES: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    match error.kind() {
        io::ErrorKind::WouldBlock => {
            let tries = TRIES.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            thread::sleep(PAUSE * 2u32.saturating_pow(tries));
            Ok(())
        }
        _ => Err(error),
    }
}

/// 다 보내지 못한 이유를 한 문장으로. / Why not all of it was sent, in one sentence.
fn broken_off(address: SocketAddr, sent: usize, error: &io::Error) -> String {
    // 3단계: 몇 바이트를 넘긴 뒤 address가 떠났는지, 오류는 무엇인지 한 문장으로 돌려주세요.
    // Step 3: Return one sentence: after how many bytes address left, and the error.
    // todo! 안의 이름들은 컴파일러의 경고를 막을 뿐입니다. todo!를 모두 지우고 작성하세요.
    // The names in todo! only keep the compiler quiet: replace the whole of it with your code.
    todo!("step 3: {address} {sent} {error}")
}

/// 0, 1, …, 250, 0, 1, …: 빠지거나 겹친 곳이 드러나는 바이트. / Bytes that show any gap.
fn message(size: usize) -> Vec<u8> {
    let mut message = (0..=250).collect::<Vec<u8>>().repeat(size / 251 + 1);
    message.truncate(size);
    message
}
