//! Wrong: step 1 leaves the farewell to a thread, so that it tells of a client that has not left, and serves the next one meanwhile.
//! Steps written: 1

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
    // 1단계: receive로 메시지를 받고, "N번째 손님, 반갑습니다."를 한 줄로 답하고(N은 number), part로
    // 헤어진 다음, 손님의 메시지를 돌려주세요.
    // Step 1: Take the message with receive, answer with the line "N번째 손님, 반갑습니다." (welcome,
    // client number N; N is number), say goodbye with part, and return the client's message.
    let message = receive(&mut client, deadline)?;
    let reply = format!("{number}번째 손님, 반갑습니다.\n");
    client.write_all(reply.as_bytes())?;
    // 떠나지 않는 손님이 다음 손님을 막지 않게 합니다. / Whoever stays shall not hold up the next.
    thread::spawn(move || part(client, deadline));
    Ok(message)
}

/// 손님 한 명의 실패를 알립니다. 여기서 Err를 돌려주면 서버가 끝납니다.
/// Tells of one client's failure. An Err returned from here ends the server.
fn outlive(number: u64, error: io::Error) -> io::Result<()> {
    // 2단계: "N번째 손님을 놓쳤습니다: 이유"를 출력하고, 서버가 계속되게 하세요. 이유는 error.kind()로 압니다.
    // InvalidData는 "읽을 수 없는 메시지", UnexpectedEof는 "아무 말 없이 떠남",
    // WouldBlock과 TimedOut은 "시간이 다 됨", 나머지는 "연결이 끊김"입니다.
    // Step 2: Print "N번째 손님을 놓쳤습니다: WHY" (lost client number N), and let the server go on. error.kind()
    // has the reason. InvalidData: "읽을 수 없는 메시지" (unreadable message); UnexpectedEof: "아무 말
    // 없이 떠남" (left without a word); WouldBlock and TimedOut: "시간이 다 됨" (its time is up);
    // anything else: "연결이 끊김" (the connection broke off).
    // todo! 안의 이름들은 컴파일러의 경고를 막을 뿐입니다. todo!를 모두 지우고 작성하세요.
    // The names in todo! only keep the compiler quiet: replace the whole of it with your code.
    todo!("step 2: {number} {error} {:?}", ErrorKind::InvalidData)
}

/// 조금 읽습니다. `deadline`까지만 기다리고, 그때까지 오지 않으면 오류입니다.
/// Reads a little, waiting until `deadline` at most; nothing until then is an error.
fn read_some(client: &mut TcpStream, buffer: &mut [u8], deadline: Instant) -> io::Result<usize> {
    // 3단계: deadline까지 남은 시간을 읽기 타임아웃으로 걸고 읽으세요. 남은 시간이 없으면 TimedOut 오류입니다.
    // 시간을 read마다 새로 세면, 한 바이트씩 천천히 보내는 손님이 서버를 끝없이 붙듭니다.
    // Step 3: Set the time that is left until deadline as the read time-out, and read. If no time is left,
    // that is a TimedOut error. If each read started a new time, a client that sends a byte now and
    // then would hold the server forever.
    // 아래는 작성하기 전까지 자리를 채우는 줄입니다. 모두 지우고 작성하세요.
    // The lines below only fill the gap until then: replace them all with your code.
    eprintln!("not yet implemented: step 3 {deadline:?}");
    client.read(buffer)
}

/// 서버에게 끝내라고 합니다. 서버는 지금 accept에서 기다리고 있을 수 있습니다.
/// Tells the server to stop. It may be waiting in accept right now.
fn stop(stopping: &AtomicBool, address: SocketAddr) {
    // 4단계: stopping을 true로 하고, accept에서 기다리는 서버를 깨우세요. 자기 주소로 연결하면 깨어납니다.
    // 지금 맞이하는 손님에게는 끝까지 답해야 합니다.
    // Step 4: Set stopping to true, and wake the server, which may be waiting in accept: a connection to
    // its own address does. The client that is being served still has to get its reply.
    // 아래는 작성하기 전까지 자리를 채우는 줄입니다. 모두 지우고 작성하세요.
    // The lines below only fill the gap until then: replace them all with your code.
    eprintln!("not yet implemented: step 4 {stopping:?} {address}");
    std::process::exit(1)
}

/// 줄바꿈이 나오거나 손님이 보내기를 끝낼 때까지 받습니다. / Receives to the newline, or to the end.
fn receive(client: &mut TcpStream, deadline: Instant) -> io::Result<String> {
    let mut message = Vec::new();
    let mut buffer = [0; 256];
    while !message.contains(&b'\n') {
        let count = match read_some(client, &mut buffer, deadline) {
            Ok(0) => break,
            Ok(count) => count,
            // Ctrl+C가 깨웠을 뿐입니다. / Ctrl+C has woken it, that is all.
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        message.extend_from_slice(&buffer[..count]);
        if message.len() > LIMIT && !message[..LIMIT].contains(&b'\n') {
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
