//! Lesson 13 in other shapes: `program SHAPE ADDRESS`.

use std::io::{self, BufRead, Write};
use std::net::{SocketAddr, UdpSocket};
use std::sync::mpsc::channel;
use std::thread;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let address: SocketAddr = arguments[2].parse().unwrap();
    let any = if address.is_ipv4() {
        "0.0.0.0:0"
    } else {
        "[::]:0"
    };
    let socket = UdpSocket::bind(any).unwrap();
    let mut out = io::stdout().lock();
    writeln!(out, "보낼 줄을 치세요. #1000은 1000바이트입니다.").unwrap();
    match arguments[1].as_str() {
        "thread" => {
            let (typist, typed) = channel();
            thread::spawn(move || io::stdin().lines().try_for_each(|line| typist.send(line)));
            for line in typed {
                writeln!(out, "{}", told(&socket, &line.unwrap(), address)).unwrap();
            }
        }
        _ => {
            // Bytes, one buffer for all lines, and two writes for a line.
            let (mut input, mut line) = (io::stdin().lock(), Vec::new());
            while input.read_until(b'\n', &mut line).unwrap() > 0 {
                let text = String::from_utf8(line.clone()).unwrap();
                let text = text.strip_suffix('\n').unwrap_or(&text);
                write!(out, "{}", told(&socket, text, address)).unwrap();
                writeln!(out).unwrap();
                out.flush().unwrap();
                line.clear();
            }
        }
    }
}

/// It does not ask the system whether a message fits.
fn told(socket: &UdpSocket, line: &str, address: SocketAddr) -> String {
    let count = line.strip_prefix('#').and_then(|count| count.parse().ok());
    let message = match count {
        Some(count) => "x".repeat(count),
        None => line.to_owned(),
    };
    if message.len() > 65_507 {
        let length = message.len();
        return format!("보내지 못했습니다: {length}바이트는 데이터그램 하나에 담을 수 없습니다");
    }
    match socket.send_to(message.as_bytes(), address) {
        Ok(count) => format!("보냈습니다: {count}바이트"),
        Err(error) => format!("보내지 못했습니다: {error}"),
    }
}
