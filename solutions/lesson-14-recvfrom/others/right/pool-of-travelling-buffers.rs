//! Right: a receiving thread takes buffers from a small pool and sends them filled to main, which tells, answers and returns each buffer to the pool.

use socket2::{Domain, Protocol, Socket, Type};
use std::io;
use std::net::{SocketAddr, UdpSocket};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread;

const MOST: usize = 65_535;
type Buffer = Box<[u8; MOST]>;

struct Letter {
    buffer: Buffer,
    length: usize,
    from: SocketAddr,
}

fn collect(socket: &UdpSocket, pool: Receiver<Buffer>, letters: SyncSender<io::Result<Letter>>) {
    for mut buffer in pool {
        let received = socket.recv_from(&mut buffer[..]);
        let letter = received.map(|(length, from)| Letter { buffer, length, from });
        let failed = letter.is_err();
        if letters.send(letter).is_err() || failed {
            return;
        }
    }
}

fn shown(message: &[u8]) -> String {
    let Ok(text) = std::str::from_utf8(message) else {
        return "글이 아닙니다".into();
    };
    match text.char_indices().nth(30) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.into(),
    }
}

fn open(address: SocketAddr) -> io::Result<UdpSocket> {
    let socket = Socket::new(Domain::for_address(address), Type::DGRAM, Some(Protocol::UDP))?;
    socket.bind(&address.into())?;
    Ok(UdpSocket::from(socket))
}

fn run(text: &str) -> io::Result<()> {
    let address = text.parse::<SocketAddr>();
    let address =
        address.map_err(|_| io::Error::other(format!("{text}은(는) 주소가 아닙니다")))?;
    let socket = Arc::new(open(address)?);
    println!("서버가 시작되었습니다: {}", socket.local_addr()?);

    let (give_back, pool) = mpsc::channel();
    for _ in 0..3 {
        let buffer: Result<Buffer, _> = vec![0; MOST].into_boxed_slice().try_into();
        let _ = buffer.map(|buffer| give_back.send(buffer));
    }
    let (hand_over, letters) = mpsc::sync_channel(3);
    let ear = Arc::clone(&socket);
    thread::spawn(move || collect(&ear, pool, hand_over));

    letters.into_iter().try_for_each(|letter| {
        let letter = letter?;
        let message = &letter.buffer[..letter.length];
        println!("{}: {}", letter.from, shown(message));
        let reply = format!("{}바이트를 받았습니다", message.len());
        socket.send_to(reply.as_bytes(), letter.from)?;
        give_back.send(letter.buffer).map_err(io::Error::other)
    })
}

fn main() -> ExitCode {
    let text = std::env::args().nth(1);
    match run(text.as_deref().unwrap_or("127.0.0.1:12345")) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("오류: {error}");
            ExitCode::FAILURE
        }
    }
}
