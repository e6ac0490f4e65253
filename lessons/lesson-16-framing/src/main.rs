//! 레슨 16 framing: 바이트 스트림 위의 메시지.
//! Lesson 16 framing: messages on a stream of bytes.

use std::io::{self, ErrorKind, prelude::*};
use std::net::{TcpListener, TcpStream};
use std::process::ExitCode;
use std::thread;

const DEFAULT_ADDRESS: &str = "127.0.0.1:12345";
/// 본문은 이보다 길 수 없습니다(바이트). / A body may not be longer, in bytes.
const LIMIT: u32 = 65_536;

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
    let listener = TcpListener::bind(address)?;
    println!(
        "서버가 시작되었습니다: {} (Enter로 끝냅니다)",
        listener.local_addr()?
    );
    thread::spawn(end_on_enter);
    loop {
        let (client, _) = listener.accept()?;
        let ended = serve(client);
        println!("{}", how_it_ended(ended));
    }
}

/// 인사하고, 손님이 끝낼 때까지 메시지를 하나씩 받아 그대로 돌려보냅니다.
/// Greets, and sends each message back as it is, until the client has finished.
fn serve(mut client: TcpStream) -> io::Result<()> {
    send_frame(&mut client, "반갑습니다".as_bytes())?;
    while let Some(length) = read_length(&mut client)? {
        println!("{length}바이트짜리 메시지가 옵니다");
        let length = believed(length)?;
        let body = read_body(&mut client, length)?;
        send_frame(&mut client, &body)?;
    }
    Ok(())
}

/// 메시지 하나를 프레임으로 보냅니다: 본문의 길이를 담은 네 바이트, 그리고 본문.
/// Sends one message as a frame: four bytes with the body's length, then the body.
fn send_frame(client: &mut TcpStream, body: &[u8]) -> io::Result<()> {
    // 1단계: 본문의 길이(바이트 수)를 u32로, 높은 자리부터(빅 엔디언) 네 바이트로 만들고,
    // 그 뒤에 본문을 붙여 write_all 한 번으로 보내세요.
    // Step 1: Make four bytes of the body's length in bytes, a u32 with its highest byte
    // first (big-endian), put the body behind them, and send all with one write_all.
    // todo! 안의 이름들은 컴파일러의 경고를 막을 뿐입니다. todo!를 모두 지우고 작성하세요.
    // The names in todo! only keep the compiler quiet: replace the whole of it with your code.
    todo!("step 1: {client:?} {body:?}")
}

/// 다음 메시지의 길이를 읽습니다. 손님이 메시지 사이에서 끝냈으면 None입니다.
/// Reads the next message's length; None if the client has ended between two messages.
fn read_length(client: &mut TcpStream) -> io::Result<Option<u32>> {
    // 2단계: 네 바이트는 몇 조각으로든 옵니다. 다 읽어 u32로 돌려주세요. 첫 바이트 전에 끝나면
    // None, 그 뒤에 끝나면 UnexpectedEof 오류입니다.
    // Step 2: The four bytes come in any pieces. Read them all and return the u32. An end before
    // the first byte is None; an end after it is an error, UnexpectedEof.
    // todo! 안의 이름들은 컴파일러의 경고를 막을 뿐입니다. todo!를 모두 지우고 작성하세요.
    // The names in todo! only keep the compiler quiet: replace the whole of it with your code.
    // 아직은 한 바이트만 기다립니다. / For now this waits for one byte only.
    todo!("step 2: {:?}", client.read_exact(&mut [0]))
}

/// 손님이 적은 길이를 믿어도 되는지 봅니다. 너무 길면 오류입니다.
/// Sees whether a length that a client has sent may be believed; too long is an error.
fn believed(length: u32) -> io::Result<usize> {
    // 3단계: 길이가 LIMIT까지면 usize로 돌려주세요. 더 길면 종류가 InvalidData이고 내용이
    // "너무 깁니다: …바이트"인 오류를 돌려주세요(출력은 how_it_ended가 합니다).
    // 그만큼 메모리를 잡지 마세요.
    // Step 3: Return a length up to LIMIT as a usize, and for a longer one an error of the kind
    // InvalidData that says "너무 깁니다: …바이트" (too long: … bytes); how_it_ended prints it.
    // Allocate no memory for it.
    // 아래는 작성하기 전까지 자리를 채우는 줄입니다. 모두 지우고 작성하세요.
    // The lines below only fill the gap until then: replace them all with your code.
    eprintln!("not yet implemented: step 3 {LIMIT}");
    Ok(length as usize)
}

/// 본문을 꼭 `length`바이트 읽습니다. 그 전에 끝나면 오류입니다.
/// Reads a body of exactly `length` bytes; an end before that is an error.
fn read_body(client: &mut TcpStream, length: usize) -> io::Result<Vec<u8>> {
    // 4단계: 정확히 length바이트를 읽어 그대로 돌려주세요. 그 전에 끝나면 UnexpectedEof 오류입니다.
    // 다음 메시지의 바이트는 읽지 마세요.
    // Step 4: Read exactly length bytes, and return them as they are. An end before that is an
    // error, UnexpectedEof. Leave the bytes of the next message alone.
    // todo! 안의 이름들은 컴파일러의 경고를 막을 뿐입니다. todo!를 모두 지우고 작성하세요.
    // The names in todo! only keep the compiler quiet: replace the whole of it with your code.
    // 아직은 한 바이트만 기다립니다. / For now this waits for one byte only.
    todo!("step 4: {length} {:?}", client.read_exact(&mut [0]))
}

/// 손님과의 대화가 어떻게 끝났는지 한 줄로. / How the conversation ended, in one line.
fn how_it_ended(ended: io::Result<()>) -> String {
    match ended {
        Ok(()) => "손님이 끝냈습니다".to_owned(),
        Err(error) => match error.kind() {
            ErrorKind::UnexpectedEof => "메시지가 중간에 끝났습니다".to_owned(),
            ErrorKind::ConnectionReset => "손님이 끊었습니다 (RST)".to_owned(),
            ErrorKind::InvalidData => error.to_string(),
            _ => format!("오류: {error}"),
        },
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
