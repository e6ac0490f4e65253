//! Lesson 06 with std::net: `program SHAPE ADDRESS`.

use std::io::{self, BufReader, ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let shape = arguments[1].clone();
    let listener = TcpListener::bind(&arguments[2]).unwrap();
    println!("서버가 시작되었습니다: {}", listener.local_addr().unwrap());
    for client in listener.incoming() {
        let client = client.unwrap();
        if shape == "thread" {
            let served = std::thread::spawn(move || serve(client, "buffer-100"));
            served.join().unwrap();
        } else {
            serve(client, &shape);
        }
    }
}

fn serve(client: TcpStream, shape: &str) {
    let mut message = Vec::new();
    let received = receive(&client, shape, &mut message);
    let told = match received {
        Ok(()) => match String::from_utf8(message.clone()) {
            Ok(text) => format!("메시지: {text}"),
            Err(error) => {
                let good = error.utf8_error().valid_up_to();
                format!("UTF-8이 아닙니다: {good}바이트까지만 글자입니다")
            }
        },
        Err(error) if error.kind() == ErrorKind::ConnectionReset => {
            "상대가 연결을 끊었습니다 (RST)".to_owned()
        }
        Err(error) => error.to_string(),
    };
    // Both lines in one write.
    let lines = format!("받은 바이트: {}\n{told}\n", message.len());
    io::stdout().write_all(lines.as_bytes()).unwrap();
}

fn receive(mut client: &TcpStream, shape: &str, message: &mut Vec<u8>) -> io::Result<()> {
    match shape {
        "read-to-end" => client.read_to_end(message).map(drop),
        "bytes" => {
            for byte in BufReader::new(client).bytes() {
                message.push(byte?);
            }
            Ok(())
        }
        buffer => {
            let size = buffer.trim_start_matches("buffer-").parse().unwrap();
            let mut buffer = vec![0; size];
            loop {
                match client.read(&mut buffer)? {
                    0 => return Ok(()),
                    count => message.extend_from_slice(&buffer[..count]),
                }
            }
        }
    }
}
