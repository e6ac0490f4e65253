//! Right: one socket behind two handles, one of socket2 and one of std (never bound by hand), which send in turns; main returns Box<dyn Error>.
use socket2::{Domain, Protocol, Socket, Type};
use std::error::Error;
use std::io::{self, BufRead, BufReader};
use std::net::{SocketAddr, UdpSocket};

const MOST: usize = 65_507;

fn datagram(line: String) -> Vec<u8> {
    match line.strip_prefix('#').map(str::parse::<usize>) {
        Some(Ok(count)) => std::iter::repeat_n(b'x', count).collect(),
        _ => line.into_bytes(),
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let to: SocketAddr = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into()).parse()?;
    let socket = Socket::new(Domain::for_address(to), Type::DGRAM, Some(Protocol::UDP))?;
    let twin: UdpSocket = socket.try_clone()?.into();
    println!("보낼 줄을 치세요. #1000은 1000바이트입니다.");
    let lines = BufReader::with_capacity(10, io::stdin()).lines();
    for (turn, line) in lines.enumerate() {
        let message = datagram(line?);
        let sent = if turn % 2 == 0 {
            twin.send_to(&message, to)
        } else {
            socket.send_to(&message, &to.into())
        };
        println!(
            "{}",
            sent.map(|count| format!("보냈습니다: {count}바이트")).unwrap_or_else(|error| {
                let length = message.len();
                if length <= MOST {
                    format!("보내지 못했습니다: {error}")
                } else {
                    format!("보내지 못했습니다: {length}바이트는 데이터그램 하나에 담을 수 없습니다")
                }
            })
        );
    }
    Ok(())
}
