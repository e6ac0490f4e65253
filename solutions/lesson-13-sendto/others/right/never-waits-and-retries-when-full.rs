//! Right: a socket that never waits; a full queue is napped out; lines come from a reader thread over a bounded channel.
use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, ErrorKind};
use std::net::{SocketAddr, UdpSocket};
use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::Duration;

fn post(socket: &UdpSocket, message: &[u8], to: SocketAddr) -> io::Result<usize> {
    let mut nap = Duration::from_micros(200);
    loop {
        match socket.send_to(message, to) {
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                thread::sleep(nap);
                nap = (nap * 2).min(Duration::from_millis(20));
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            outcome => return outcome,
        }
    }
}

fn message(line: String) -> Vec<u8> {
    let count = line.strip_prefix('#').map(str::parse::<usize>);
    if let Some(Ok(count)) = count { "x".repeat(count).into_bytes() } else { line.into_bytes() }
}

fn run(to: SocketAddr) -> io::Result<()> {
    let socket = Socket::new(Domain::for_address(to), Type::DGRAM, Some(Protocol::UDP))?;
    socket.set_nonblocking(true)?;
    // A socket of std that is not bound: the kernel gives it its port with the first letter.
    let socket = UdpSocket::from(socket);
    let (sender, lines) = sync_channel::<io::Result<String>>(0);
    println!("보낼 줄을 치세요. #1000은 1000바이트입니다.");
    thread::spawn(move || io::stdin().lines().try_for_each(|line| sender.send(line)));
    for line in lines {
        let message = message(line?);
        match (post(&socket, &message, to), message.len()) {
            (Ok(count), _) => println!("보냈습니다: {count}바이트"),
            (Err(_), length @ 65_508..) => {
                println!("보내지 못했습니다: {length}바이트는 데이터그램 하나에 담을 수 없습니다");
            }
            (Err(error), _) => println!("보내지 못했습니다: {error}"),
        }
    }
    Ok(())
}

fn main() {
    let text = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".to_owned());
    let outcome = match text.parse() {
        Ok(to) => run(to).map_err(|error| error.to_string()),
        Err(_) => Err(format!("{text}은(는) 주소가 아닙니다")),
    };
    if let Err(sentence) = outcome {
        eprintln!("오류: {sentence}");
        std::process::exit(1);
    }
}
