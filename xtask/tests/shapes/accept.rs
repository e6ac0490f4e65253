//! Lesson 04 with std::net: `program SHAPE ADDRESS`. In the shape `crlf` its lines end as
//! those of many programs on Windows do.

use std::io::{self, BufWriter, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let listener = TcpListener::bind(&arguments[2]).unwrap();
    let end = if arguments[1] == "crlf" { "\r\n" } else { "\n" };
    let address = listener.local_addr().unwrap();
    print!("서버가 시작되었습니다: {address}{end}");
    let greet = if arguments[1] == "thread" {
        on_a_thread
    } else {
        byte_by_byte
    };
    while let Ok((client, peer)) = listener.accept() {
        print!("손님이 왔습니다: {peer}{end}");
        if let Err(error) = greet(client) {
            let (host, port) = (peer.ip(), peer.port());
            eprint!("port {port} of {host} is gone: {error}{end}");
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
