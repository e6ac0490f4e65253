//! Lesson 17's client in other shapes: `threads SHAPE ADDR`.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let shape = arguments.next().unwrap_or_default();
    let server = TcpStream::connect(arguments.next().unwrap_or_default())?;
    let (ends, ended) = channel();
    let typing = server.try_clone()?;
    thread::spawn(move || speak(typing, &ends));
    match shape.as_str() {
        "client-hearing-in-main" => hear_lines(&server),
        "client-hearing-bytes" => hear_bytes(&server),
        other => panic!("no shape {other}"),
    }
    tell(&ended);
    Ok(())
}

/// Main hears, and a thread speaks: what ends the program is the server's end.
fn speak(mut server: TcpStream, ends: &Sender<()>) {
    let mut line = String::new();
    let mut input = io::stdin().lock();
    while input.read_line(&mut line).is_ok_and(|count| count > 0) {
        if !line.ends_with('\n') {
            line.push('\n');
        }
        if server.write_all(line.as_bytes()).is_err() {
            return;
        }
        line.clear();
    }
    let _ = ends.send(());
    let _ = server.shutdown(Shutdown::Write);
}

fn tell(ended: &Receiver<()>) {
    if ended.try_recv().is_err() {
        println!("서버가 끝냈습니다");
    }
}

fn hear_lines(server: &TcpStream) {
    let mut reader = BufReader::with_capacity(5, server);
    let mut line = Vec::new();
    while reader
        .read_until(b'\n', &mut line)
        .is_ok_and(|count| count > 0)
        || !line.is_empty()
    {
        let text = String::from_utf8_lossy(&line);
        println!("{}", text.strip_suffix('\n').unwrap_or(&text));
        line.clear();
    }
}

/// Each byte is printed when it has come.
fn hear_bytes(server: &TcpStream) {
    let mut last = b'\n';
    let mut stdout = io::stdout();
    for byte in server.bytes().map_while(Result::ok) {
        let _ = stdout.write_all(&[byte]).and_then(|()| stdout.flush());
        last = byte;
    }
    if last != b'\n' {
        println!();
    }
}
