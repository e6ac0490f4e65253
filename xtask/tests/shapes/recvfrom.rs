//! Lesson 14 with std::net: `program SHAPE ADDRESS`.

use std::io::ErrorKind;
use std::net::{SocketAddr, UdpSocket};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

/// More than any datagram.
const ROOM: usize = 70_000;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let Ok(socket) = UdpSocket::bind(&arguments[2]) else {
        eprintln!("{} is taken", arguments[2]);
        std::process::exit(1);
    };
    println!("서버가 시작되었습니다: {}", socket.local_addr().unwrap());
    match arguments[1].as_str() {
        "non-blocking" => {
            socket.set_nonblocking(true).unwrap();
            let mut buffer = vec![1; ROOM];
            loop {
                match socket.recv_from(&mut buffer) {
                    Ok((count, from)) => serve(&socket, &buffer[..count], from),
                    Err(error) if error.kind() == ErrorKind::WouldBlock => {
                        thread::sleep(Duration::from_millis(1));
                    }
                    Err(error) => panic!("{error}"),
                }
            }
        }
        // One thread receives, another answers.
        "threads" => {
            let receiver = socket.try_clone().unwrap();
            let (teller, told) = channel();
            thread::spawn(move || {
                let mut buffer = vec![2; ROOM];
                loop {
                    let (count, from) = receiver.recv_from(&mut buffer).unwrap();
                    teller.send((buffer[..count].to_vec(), from)).unwrap();
                }
            });
            for (message, from) in told {
                serve(&socket, &message, from);
            }
        }
        // It looks for the sender first, and takes the datagram then.
        _ => loop {
            let mut buffer = vec![3; ROOM];
            let (_, from) = socket.peek_from(&mut buffer).unwrap();
            let count = socket.recv(&mut buffer).unwrap();
            serve(&socket, &buffer[..count], from);
        },
    }
}

fn serve(socket: &UdpSocket, message: &[u8], from: SocketAddr) {
    let text = match String::from_utf8(message.to_vec()) {
        Ok(text) if text.chars().count() > 30 => {
            text.chars().take(30).collect::<String>() + "…"
        }
        Ok(text) => text,
        Err(_) => "글이 아닙니다".to_owned(),
    };
    println!("{from}: {text}");
    let reply = format!("{}바이트를 받았습니다", message.len());
    socket.send_to(reply.as_bytes(), from).unwrap();
}
