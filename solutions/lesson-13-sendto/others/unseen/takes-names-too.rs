//! Wrong: in given code run looks a name up, where an address is asked for.
//! Steps written: 1-3
//! Not seen: the specification lets a program take names as well, as those in Python do.
//!
//! 레슨 13 sendto: 한 줄을 데이터그램 하나로 보냅니다.
//! Lesson 13 sendto: send each line as one datagram.

use socket2::{Domain, Protocol, Socket, Type};
use std::io;
use std::net::{SocketAddr, ToSocketAddrs};
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
        .to_socket_addrs()
        .ok()
        .and_then(|mut addresses| addresses.next())
        .ok_or_else(|| io::Error::other(format!("{address}은(는) 주소가 아닙니다")))?;
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
    // 1단계: address의 주소 체계에 맞는 UDP 소켓을 만드세요. 주소는 IPv4일 수도, IPv6일 수도 있습니다.
    // Step 1: Make a UDP socket of the address family of address, which may be IPv4 or IPv6.
    Socket::new(
        Domain::for_address(address),
        Type::DGRAM,
        Some(Protocol::UDP),
    )
}

/// 메시지를 데이터그램 하나로 보냅니다. 보낸 바이트 수를 돌려줍니다.
/// Sends the message as one datagram; returns the number of bytes sent.
fn send(socket: &Socket, message: &[u8], address: SocketAddr) -> io::Result<usize> {
    // 2단계: message를 통째로 address에 보내고, 보낸 바이트 수를 돌려주세요. 빈 메시지도 데이터그램입니다.
    // Step 2: Send the whole message to address, and return the number of bytes sent. An empty message is a datagram, too.
    socket.send_to(message, &address.into())
}

/// 보내지 못한 이유를 한 줄로. / Why it was not sent, in one line.
fn not_sent(message: &[u8], error: &io::Error) -> String {
    // 3단계: 메시지가 MOST바이트보다 길면 "보내지 못했습니다: N바이트는 데이터그램 하나에 담을 수 없습니다",
    // 아니면 "보내지 못했습니다: 오류"를 돌려주세요.
    // Step 3: If the message is longer than MOST bytes, return "보내지 못했습니다: N바이트는 데이터그램 하나에
    // 담을 수 없습니다" (not sent: N bytes do not fit into one datagram), in one line; otherwise
    // "보내지 못했습니다: ERROR" (not sent).
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
        .and_then(|number| number.parse().ok());
    match count {
        Some(count) => vec![b'x'; count],
        None => line.as_bytes().to_vec(),
    }
}
