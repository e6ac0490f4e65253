//! Right: one thread receives into a channel, another tells, a third answers on a clone of the socket.
use std::io;
use std::net::{SocketAddr, UdpSocket};
use std::sync::mpsc::channel;
use std::thread;

fn text(message: Vec<u8>) -> String {
    let Ok(text) = String::from_utf8(message) else { return String::from("글이 아닙니다") };
    let mut letters = text.chars();
    let mut short: String = letters.by_ref().take(30).collect();
    if letters.next().is_some() { short.push('…') }
    short
}
fn run() -> io::Result<()> {
    let socket = UdpSocket::bind(std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into()))?;
    println!("서버가 시작되었습니다: {}", socket.local_addr()?);
    let (mail, inbox) = channel::<(Vec<u8>, SocketAddr)>();
    let (answers, outbox) = channel::<(usize, SocketAddr)>();
    let mouth = socket.try_clone()?;
    thread::spawn(move || for (message, from) in inbox {
        let count = message.len();
        println!("{from}: {}", text(message));
        if answers.send((count, from)).is_err() { return }
    });
    thread::spawn(move || for (count, from) in outbox {
        if let Err(error) = mouth.send_to(format!("{count}바이트를 받았습니다").as_bytes(), from) { eprintln!("no answer to {from}: {error}") }
    });
    loop {
        let mut buffer = Box::new([0u8; 65_535]);
        let (count, from) = socket.recv_from(&mut buffer[..])?;
        mail.send((buffer[..count].to_vec(), from)).map_err(io::Error::other)?;
    }
}
fn main() { if let Err(e) = run() { eprintln!("{e}"); std::process::exit(6) } }
