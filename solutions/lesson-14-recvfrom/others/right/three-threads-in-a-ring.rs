//! Right: three threads in a row, joined by channels: one receives (with a read time-out that means nothing), one prints, one answers on a clone of the same socket; the receiving one lends out its buffer and gets it back.
use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, ErrorKind};
use std::net::{SocketAddr, UdpSocket};
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

type Item = (Vec<u8>, usize, SocketAddr);

fn receive(socket: UdpSocket, out: SyncSender<Item>, back: Receiver<Vec<u8>>) -> io::Result<()> {
    socket.set_read_timeout(Some(Duration::from_millis(70)))?;
    while let Ok(mut buffer) = back.recv() {
        let (count, from) = loop {
            match socket.recv_from(&mut buffer) {
                Err(e) if matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted) => {}
                other => break other?,
            }
        };
        out.send((buffer, count, from)).map_err(io::Error::other)?;
    }
    Ok(())
}

fn print(items: Receiver<Item>, out: SyncSender<Item>) -> io::Result<()> {
    for (buffer, count, from) in items {
        let text = match std::str::from_utf8(&buffer[..count]) {
            Ok(text) if text.chars().nth(30).is_none() => text.to_owned(),
            Ok(text) => text.chars().take(30).chain(Some('…')).collect(),
            Err(_) => "글이 아닙니다".to_owned(),
        };
        println!("{from}: {text}");
        out.send((buffer, count, from)).map_err(io::Error::other)?;
    }
    Ok(())
}

fn answer(socket: UdpSocket, items: Receiver<Item>, back: SyncSender<Vec<u8>>) -> io::Result<()> {
    for (buffer, count, from) in items {
        socket.send_to(format!("{count}바이트를 받았습니다").as_bytes(), from)?;
        back.send(buffer).map_err(io::Error::other)?;
    }
    Ok(())
}

fn run() -> io::Result<()> {
    let text = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    let address: SocketAddr = text.parse().map_err(|_| io::Error::other(text))?;
    let socket = Socket::new(Domain::for_address(address), Type::DGRAM, Some(Protocol::UDP))?;
    socket.bind(&address.into())?;
    let socket = UdpSocket::from(socket);
    println!("서버가 시작되었습니다: {}", socket.local_addr()?);
    let (received, to_print) = sync_channel(4);
    let (printed, to_answer) = sync_channel(4);
    let (answered, free) = sync_channel(4);
    for _ in 0..2 {
        answered.send(vec![0; 65_535]).map_err(io::Error::other)?;
    }
    let mouth = socket.try_clone()?;
    let (ended, end) = std::sync::mpsc::channel();
    let jobs: [Box<dyn FnOnce() -> io::Result<()> + Send>; 3] = [
        Box::new(move || receive(socket, received, free)),
        Box::new(move || print(to_print, printed)),
        Box::new(move || answer(mouth, to_answer, answered)),
    ];
    for job in jobs {
        let ended = ended.clone();
        thread::spawn(move || ended.send(job()));
    }
    end.recv().unwrap_or(Ok(()))
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(90)
        }
    }
}
