//! Wrong: in given code, end_on_enter ends the server when its input ends as well.
//! Steps written: 1-4
//! At fault: given code

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
    let length = u32::try_from(body.len()).map_err(io::Error::other)?;
    let mut frame = Vec::from(length.to_be_bytes());
    frame.extend_from_slice(body);
    client.write_all(&frame)
}

/// 다음 메시지의 길이를 읽습니다. 손님이 메시지 사이에서 끝냈으면 None입니다.
/// Reads the next message's length; None if the client has ended between two messages.
fn read_length(client: &mut TcpStream) -> io::Result<Option<u32>> {
    let mut header = [0; 4];
    let count = client.read(&mut header)?;
    if count == 0 {
        return Ok(None);
    }
    client.read_exact(&mut header[count..])?;
    Ok(Some(u32::from_be_bytes(header)))
}

/// 손님이 적은 길이를 믿어도 되는지 봅니다. 너무 길면 오류입니다.
/// Sees whether a length that a client has sent may be believed; too long is an error.
fn believed(length: u32) -> io::Result<usize> {
    if length > LIMIT {
        let why = format!("너무 깁니다: {length}바이트");
        return Err(io::Error::new(ErrorKind::InvalidData, why));
    }
    Ok(length as usize)
}

/// 본문을 꼭 `length`바이트 읽습니다. 그 전에 끝나면 오류입니다.
/// Reads a body of exactly `length` bytes; an end before that is an error.
fn read_body(client: &mut TcpStream, length: usize) -> io::Result<Vec<u8>> {
    let mut body = vec![0; length];
    client.read_exact(&mut body)?;
    Ok(body)
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
    if io::stdin().read_line(&mut line).is_ok() {
        std::process::exit(0);
    }
}
