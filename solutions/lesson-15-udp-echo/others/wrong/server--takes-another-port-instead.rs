//! Wrong: in given code, run takes any free port where the one that it was given is in use, and starts.
//! Steps written: 1
//! At fault: given code

use std::io::{self, ErrorKind};
use std::net::UdpSocket;
use std::process::ExitCode;

const DEFAULT_ADDRESS: &str = "127.0.0.1:12345";
/// 어떤 데이터그램도 이보다 길지 않습니다(바이트). / No datagram is longer, in bytes (RFC 768).
const MOST: usize = 65_535;

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
    let socket = UdpSocket::bind(address).or_else(|_| UdpSocket::bind("127.0.0.1:0"))?;
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
