//! Wrong: in given code of the server there is room for 8,192 bytes, and what is longer comes back cut
//! Steps written: 1-4
//! At fault: given code
//!
//! 레슨 15 udp-echo: 데이터그램을 보낸 쪽에 되돌려 주는 서버.
//! Lesson 15 udp-echo: a server that sends each datagram back to its sender.

use std::io::{self, ErrorKind};
use std::net::UdpSocket;
use std::process::ExitCode;

const DEFAULT_ADDRESS: &str = "127.0.0.1:12345";
/// 어떤 데이터그램도 이보다 길지 않습니다(바이트). / No datagram is longer, in bytes (RFC 768).
const MOST: usize = 8 * 1024;

fn main() -> ExitCode {
    let address = std::env::args()
        .nth(1)
        .unwrap_or_else(|| DEFAULT_ADDRESS.to_owned());
    match run(&address) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("오류: {address}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(address: &str) -> io::Result<()> {
    let socket = UdpSocket::bind(address)?;
    println!("서버가 시작되었습니다: {}", socket.local_addr()?);
    let mut buffer = vec![0; MOST];
    loop {
        match echo(&socket, &mut buffer) {
            // Windows는 앞서 보낸 것이 거부되었다고 여기서 알립니다.
            // Windows reports here that an earlier datagram was refused.
            Err(error) if error.kind() == ErrorKind::ConnectionReset => {}
            outcome => outcome?,
        }
    }
}

/// 데이터그램 하나를 받아 보낸 쪽에 되돌려 줍니다.
/// Receives one datagram, and sends it back to its sender.
fn echo(socket: &UdpSocket, buffer: &mut [u8]) -> io::Result<()> {
    let (count, from) = socket.recv_from(buffer)?;
    socket.send_to(&buffer[..count], from)?;
    Ok(())
}
