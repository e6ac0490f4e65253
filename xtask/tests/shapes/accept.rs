//! Lesson 04 with std::net: `program SHAPE ADDRESS`.

use std::io::{self, BufWriter, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let listener = TcpListener::bind(&arguments[2]).unwrap();
    println!("서버가 시작되었습니다: {}", listener.local_addr().unwrap());
    let greet = if arguments[1] == "bytes" {
        byte_by_byte
    } else {
        on_a_thread
    };
    while let Ok((client, peer)) = listener.accept() {
        println!("손님이 왔습니다: {peer}");
        if let Err(error) = greet(client) {
            eprintln!("port {} of {} is gone: {error}", peer.port(), peer.ip());
        }
    }
}

fn byte_by_byte(mut client: TcpStream) -> io::Result<()> {
    for byte in "반갑습니다".bytes() {
        client.write_all(&[byte])?;
    }
    client.read_to_end(&mut Vec::new()).map(drop)
}

/// The next client waits until the thread says that this one has left.
fn on_a_thread(client: TcpStream) -> io::Result<()> {
    let (left, has_left) = mpsc::channel();
    std::thread::spawn(move || {
        let mut writer = BufWriter::new(&client);
        let greeted = write!(writer, "반갑습니다").and_then(|()| writer.flush());
        let stayed = greeted.and_then(|()| io::copy(&mut &client, &mut io::sink()));
        left.send(stayed.map(drop))
    });
    has_left.recv().unwrap_or(Ok(()))
}
