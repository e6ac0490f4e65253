//! Wrong: in given code the limit counts what came behind the newline as well
//! Steps written: 1-5
//! At fault: given code
//!
//! 레슨 10 client-server: 나쁜 손님이 와도 다음 손님을 맞이하는 서버.
//! Lesson 10 client-server: a server that serves the next client after a bad one.

use std::io::{self, ErrorKind, prelude::*};
use std::net::*;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const DEFAULT_ADDRESS: &str = "127.0.0.1:12345";
/// 한 손님에게 쓰는 시간(밀리초). 두 번째 인자로 바꿉니다.
/// The time for one client, in milliseconds; the second argument changes it.
const DEFAULT_PATIENCE: u64 = 5_000;
/// 메시지는 이보다 길 수 없습니다. / A message may not be longer, in bytes.
const LIMIT: usize = 1024;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or(DEFAULT_ADDRESS.to_owned());
    let patience = arguments.next().and_then(|number| number.parse().ok());
    let patience = Duration::from_millis(patience.unwrap_or(DEFAULT_PATIENCE));
    match run(&address, patience) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("오류: {address}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(address: &str, patience: Duration) -> io::Result<()> {
    let listener = TcpListener::bind(address)?;
    let address = listener.local_addr()?;
    println!("서버가 시작되었습니다: {address} (stop이나 Ctrl-C로 끝냅니다)");
    let stopping = stop_when_told(address)?;
    let mut number = 0;
    loop {
        let (client, _) = match listener.accept() {
            Ok(accepted) => accepted,
            Err(error) => {
                eprintln!("손님을 받지 못했습니다: {error}");
                thread::sleep(Duration::from_millis(100));
                continue;
            }
        };
        if stopping.load(Ordering::SeqCst) {
            println!("서버를 마칩니다. 손님 {number}명");
            return Ok(());
        }
        number += 1;
        match serve(client, number, Instant::now() + patience) {
            Ok(message) => println!("{number}번째 손님: {message}"),
            Err(error) => outlive(number, error)?,
        }
    }
}

/// 손님 한 명과의 대화: 받고, 답하고, 헤어집니다. 손님의 메시지를 돌려줍니다.
/// The conversation with one client: receive, reply, close. Returns the client's message.
fn serve(mut client: TcpStream, number: u64, deadline: Instant) -> io::Result<String> {
    let message = receive(&mut client, deadline)?;
    client.write_all(format!("{number}번째 손님, 반갑습니다.\n").as_bytes())?;
    part(client, deadline);
    Ok(message)
}

/// 손님 한 명의 실패를 알립니다. 여기서 Err를 돌려주면 서버가 끝납니다.
/// Tells of one client's failure. An Err returned from here ends the server.
fn outlive(number: u64, error: io::Error) -> io::Result<()> {
    let why = match error.kind() {
        ErrorKind::InvalidData => "읽을 수 없는 메시지",
        ErrorKind::UnexpectedEof => "아무 말 없이 떠남",
        ErrorKind::WouldBlock | ErrorKind::TimedOut => "시간이 다 됨",
        _ => "연결이 끊김",
    };
    println!("{number}번째 손님을 놓쳤습니다: {why}");
    Ok(())
}

/// 조금 읽습니다. `deadline`까지만 기다리고, 그때까지 오지 않으면 오류입니다.
/// Reads a little, waiting until `deadline` at most; nothing until then is an error.
fn read_some(client: &mut TcpStream, buffer: &mut [u8], deadline: Instant) -> io::Result<usize> {
    let left = deadline.saturating_duration_since(Instant::now());
    if left.is_zero() {
        return Err(ErrorKind::TimedOut.into());
    }
    client.set_read_timeout(Some(left))?;
    client.read(buffer)
}

/// 서버에게 끝내라고 합니다. 서버는 지금 accept에서 기다리고 있을 수 있습니다.
/// Tells the server to stop. It may be waiting in accept right now.
fn stop(stopping: &AtomicBool, address: SocketAddr) {
    stopping.store(true, Ordering::SeqCst);
    // 실패하면 서버는 이미 깨어 있습니다. / If it fails, the server is awake already.
    let _ = TcpStream::connect(address);
}

/// 줄바꿈이 나오거나 손님이 보내기를 끝낼 때까지 받습니다. / Receives to the newline, or to the end.
fn receive(client: &mut TcpStream, deadline: Instant) -> io::Result<String> {
    let mut message = Vec::new();
    let mut buffer = [0; 4096];
    while !message.contains(&b'\n') {
        let count = match read_some(client, &mut buffer, deadline) {
            Ok(0) => break,
            Ok(count) => count,
            // Ctrl+C가 깨웠을 뿐입니다. / Ctrl+C has woken it, that is all.
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        message.extend_from_slice(&buffer[..count]);
        if message.len() > LIMIT {
            return Err(ErrorKind::InvalidData.into());
        }
    }
    if message.is_empty() {
        return Err(ErrorKind::UnexpectedEof.into());
    }
    let end = message.iter().position(|byte| *byte == b'\n');
    message.truncate(end.unwrap_or(message.len()));
    let message =
        String::from_utf8(message).map_err(|_| io::Error::from(ErrorKind::InvalidData))?;
    Ok(message.trim_end().to_owned())
}

/// 더 보낼 것이 없다고 알리고, 남은 것을 읽어서 버립니다(레슨 08).
/// Says that nothing more will be sent, and throws away what is left (lesson 08).
fn part(mut client: TcpStream, deadline: Instant) {
    let mut ignored = [0; 4096];
    // 답은 보냈습니다. 손님이 어떻게 떠나든 상관없습니다.
    // The reply is sent; how the client leaves does not matter.
    let _ = client.shutdown(Shutdown::Write);
    loop {
        match read_some(&mut client, &mut ignored, deadline) {
            Ok(0) => break,
            Ok(_) => {}
            // Ctrl+C가 깨웠을 뿐입니다. / Ctrl+C has woken it, that is all.
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => break,
        }
    }
}

/// stop이라는 줄이나 Ctrl+C가 오면 `stop`을 부릅니다.
/// Calls `stop` on a line that says stop, or on Ctrl+C.
fn stop_when_told(mut address: SocketAddr) -> io::Result<Arc<AtomicBool>> {
    // 0.0.0.0으로는 연결할 수 없는 시스템이 있습니다. / Some systems cannot connect to 0.0.0.0.
    if address.ip().is_unspecified() {
        address.set_ip(match address {
            SocketAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
            SocketAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
        });
    }
    let stopping = Arc::new(AtomicBool::new(false));
    let on_ctrl_c = Arc::clone(&stopping);
    ctrlc::set_handler(move || stop(&on_ctrl_c, address)).map_err(io::Error::other)?;
    let on_a_line = Arc::clone(&stopping);
    thread::spawn(move || {
        let mut lines = io::stdin().lock().split(b'\n').map_while(Result::ok);
        if lines.any(|line| line.trim_ascii() == b"stop") {
            stop(&on_a_line, address);
        }
    });
    Ok(stopping)
}
