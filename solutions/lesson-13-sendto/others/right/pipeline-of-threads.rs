//! Right: three threads in a pipeline (lines, datagrams, report), and the socket is std's, bound to port 0 of any address.
use std::io::{self, BufRead};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::sync::mpsc::sync_channel;
use std::thread;

fn main() -> io::Result<()> {
    let text = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    let address: SocketAddr = text.parse().map_err(|_| io::Error::other(format!("{text} is no address")))?;
    let socket = match address {
        SocketAddr::V4(_) => UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)),
        SocketAddr::V6(_) => UdpSocket::bind((Ipv6Addr::UNSPECIFIED, 0)),
    }?;
    println!("보낼 줄을 치세요. #1000은 1000바이트입니다.");
    let (lines, to_send) = sync_channel::<Vec<u8>>(0);
    let (report, reports) = sync_channel::<(usize, io::Result<usize>)>(0);
    let reading = thread::spawn(move || -> io::Result<()> {
        for line in io::stdin().lock().lines() {
            let line = line?;
            let message = match line.strip_prefix('#').map(str::parse::<usize>) {
                Some(Ok(count)) => "x".repeat(count).into_bytes(),
                _ => line.into_bytes(),
            };
            if lines.send(message).is_err() { break }
        }
        Ok(())
    });
    thread::spawn(move || for message in to_send {
        if report.send((message.len(), socket.send_to(&message, address))).is_err() { return }
    });
    for (length, outcome) in reports {
        match outcome {
            Ok(count) => println!("보냈습니다: {count}바이트"),
            Err(_) if length > 65_507 => println!("보내지 못했습니다: {length}바이트는 데이터그램 하나에 담을 수 없습니다"),
            Err(error) => println!("보내지 못했습니다: {error}"),
        }
    }
    reading.join().expect("the reader does not panic")
}
