//! Right: std::net and the iterator bytes(), one system call a byte; both lines are printed at once.
use std::io::{self, ErrorKind, Read};
use std::net::TcpListener;

fn main() -> io::Result<()> {
    let listener = TcpListener::bind(std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into()))?;
    println!("서버가 시작되었습니다: {}", listener.local_addr()?);
    for client in listener.incoming() {
        let client = client?;
        let mut message = Vec::new();
        let broke = client.bytes().find_map(|byte| match byte {
            Ok(byte) => { message.push(byte); None }
            Err(error) => Some(error),
        });
        let count = message.len();
        let told = match broke {
            None => String::from_utf8(message).map_or_else(
                |error| format!("UTF-8이 아닙니다: {}바이트까지만 글자입니다", error.utf8_error().valid_up_to()),
                |text| format!("메시지: {text}"),
            ),
            Some(error) if error.kind() == ErrorKind::ConnectionReset => "상대가 연결을 끊었습니다 (RST)".into(),
            Some(error) => format!("받는 중에 오류: {error}"),
        };
        println!("받은 바이트: {count}\n{told}");
    }
    Ok(())
}
