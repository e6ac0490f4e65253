//! Wrong: in given code the number behind # is a u16, so #70000 is sent as it was typed
//! Steps written: 1-3
//! At fault: given code
//!
//! 레슨 13 sendto: 한 줄을 데이터그램 하나로 보냅니다.
//! Lesson 13 sendto: send each line as one datagram.

use socket2::{Domain, Protocol, Socket, Type};
use std::io;
use std::net::SocketAddr;
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
    let socket = udp_socket(address)?;
    println!("보낼 줄을 치세요. #1000은 1000바이트입니다.");
    for line in io::stdin().lines() {
        let message = message(&line?);
        match send(&socket, &message, address) {
            Ok(count) => println!("보냈습니다: {count}바이트"),
            Err(error) => println!("{}", not_sent(&message, &error)),
        }
    }
    Ok(())
}

/// `address`로 데이터그램을 보낼 소켓. / A socket to send datagrams to `address` with.
fn udp_socket(address: SocketAddr) -> io::Result<Socket> {
    Socket::new(
        Domain::for_address(address),
        Type::DGRAM,
        Some(Protocol::UDP),
    )
}

/// 메시지를 데이터그램 하나로 보냅니다. 보낸 바이트 수를 돌려줍니다.
/// Sends the message as one datagram; returns the number of bytes sent.
fn send(socket: &Socket, message: &[u8], address: SocketAddr) -> io::Result<usize> {
    socket.send_to(message, &address.into())
}

/// 보내지 못한 이유를 한 줄로. / Why it was not sent, in one line.
fn not_sent(message: &[u8], error: &io::Error) -> String {
    let length = message.len();
    if length > MOST {
        format!("보내지 못했습니다: {length}바이트는 데이터그램 하나에 담을 수 없습니다")
    } else {
        format!("보내지 못했습니다: {error}")
    }
}

/// IPv4의 데이터그램에 담을 수 있는 가장 긴 메시지(바이트): 65535에서 IP 헤더 20과 UDP 헤더 8을 뺍니다.
/// The longest message of a datagram over IPv4, in bytes: 65535 less 20 of IP's header and 8 of UDP's.
const MOST: usize = 65_507;

/// 친 줄이 메시지입니다. #1000처럼 치면 x가 1000개입니다.
/// The typed line is the message; #1000 stands for 1000 times x.
fn message(line: &str) -> Vec<u8> {
    let count = line
        .strip_prefix('#')
        .and_then(|number| number.parse::<u16>().ok());
    match count {
        Some(count) => vec![b'x'; usize::from(count)],
        None => line.as_bytes().to_vec(),
    }
}
