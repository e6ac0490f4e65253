//! Wrong: in given code, text looks at the beginning of the message only, so one whose end is no text is printed.
//! Steps written: 1-3
//! At fault: given code

use socket2::{Domain, Protocol, Socket, Type};
use std::io;
use std::net::{SocketAddr, UdpSocket};
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
    let address: SocketAddr = address
        .parse()
        .map_err(|_| io::Error::other(format!("{address}은(는) 주소가 아닙니다")))?;
    let socket = bound(address)?;
    println!("서버가 시작되었습니다: {}", socket.local_addr()?);
    loop {
        let (message, from) = receive(&socket)?;
        println!("{from}: {}", text(&message));
        answer(&socket, &message, from)?;
    }
}

/// `address`에 바인드된 UDP 소켓. 연결도, listen도, accept도 없습니다.
/// A UDP socket bound to `address`: no connection, no listen, no accept.
fn bound(address: SocketAddr) -> io::Result<UdpSocket> {
    let socket = Socket::new(
        Domain::for_address(address),
        Type::DGRAM,
        Some(Protocol::UDP),
    )?;
    socket.bind(&address.into())?;
    Ok(socket.into())
}

/// 데이터그램 하나를 통째로 받습니다. 메시지와 보낸 쪽의 주소를 돌려줍니다.
/// Receives one whole datagram: the message, and the sender's address.
fn receive(socket: &UdpSocket) -> io::Result<(Vec<u8>, SocketAddr)> {
    let mut buffer = vec![0; MOST];
    let (count, from) = socket.recv_from(&mut buffer)?;
    buffer.truncate(count);
    Ok((buffer, from))
}

/// 보낸 쪽에 답합니다. / Answers the sender.
fn answer(socket: &UdpSocket, message: &[u8], from: SocketAddr) -> io::Result<()> {
    let reply = format!("{}바이트를 받았습니다", message.len());
    socket.send_to(reply.as_bytes(), from)?;
    Ok(())
}

/// 어떤 데이터그램도 이보다 길지 않습니다(바이트). / No datagram is longer, in bytes (RFC 768).
const MOST: usize = 65_535;

/// 메시지를 문자열로. / The message as text.
fn text(message: &[u8]) -> String {
    let valid = match std::str::from_utf8(message) {
        Err(error) if error.valid_up_to() > 0 => &message[..error.valid_up_to()],
        _ => message,
    };
    match std::str::from_utf8(valid) {
        Ok(text) if text.chars().count() <= 30 => text.to_owned(),
        Ok(text) => text.chars().take(30).chain(['…']).collect(),
        Err(_) => "글이 아닙니다".to_owned(),
    }
}
