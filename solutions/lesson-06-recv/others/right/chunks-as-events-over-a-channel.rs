//! Right: three threads in a row: one accepts and receives, one gathers events into messages, main prints them.

use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, ErrorKind, Read};
use std::net::SocketAddr;
use std::process::exit;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

enum Event {
    Chunk(Box<[u8]>),
    Finished,
    Broken(io::Error),
    Over(io::Error),
}

fn receive(listener: &Socket, events: &SyncSender<Event>) -> io::Error {
    loop {
        let mut client = match listener.accept() {
            Ok((client, _)) => client,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return error,
        };
        let mut room = [0; 300];
        let last = loop {
            match client.read(&mut room) {
                Ok(0) => break Event::Finished,
                Ok(count) => {
                    if events.send(Event::Chunk(room[..count].into())).is_err() {
                        return ErrorKind::BrokenPipe.into();
                    }
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => break Event::Broken(error),
            }
        };
        drop(client);
        if events.send(last).is_err() {
            return ErrorKind::BrokenPipe.into();
        }
    }
}

fn gather(events: Receiver<Event>, told: SyncSender<Result<[String; 2], io::Error>>) {
    let mut message: Vec<Box<[u8]>> = Vec::new();
    for event in events {
        let end = match event {
            Event::Chunk(chunk) => {
                message.push(chunk);
                continue;
            }
            Event::Over(error) => {
                let _ = told.send(Err(error));
                return;
            }
            Event::Finished => match String::from_utf8(message.concat()) {
                Ok(text) => format!("메시지: {text}"),
                Err(error) => {
                    format!("UTF-8이 아닙니다: {}바이트까지만 글자입니다", error.utf8_error().valid_up_to())
                }
            },
            Event::Broken(error) if error.kind() == ErrorKind::ConnectionReset => {
                String::from("상대가 연결을 끊었습니다 (RST)")
            }
            Event::Broken(error) => format!("받다가 오류가 났습니다: {error}"),
        };
        let count: usize = message.drain(..).map(|chunk| chunk.len()).sum();
        if told.send(Ok([format!("받은 바이트: {count}"), end])).is_err() {
            return;
        }
    }
}

fn open(place: &str) -> io::Result<(Socket, SocketAddr)> {
    let address: SocketAddr = place.parse().map_err(|_| io::Error::other(format!("{place}은(는) 주소가 아닙니다")))?;
    let listener = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    #[cfg(unix)]
    listener.set_reuse_address(true)?;
    listener.bind(&address.into())?;
    listener.listen(128)?;
    let bound = listener.local_addr()?.as_socket().ok_or(ErrorKind::AddrNotAvailable)?;
    Ok((listener, bound))
}

fn main() {
    let place = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:12345".to_owned());
    let failed = match open(&place) {
        Err(error) => error,
        Ok((listener, bound)) => {
            println!("서버가 시작되었습니다: {bound}");
            let (events, gathered) = sync_channel(4);
            let (told, tell) = sync_channel(1);
            thread::spawn(move || gather(gathered, told));
            thread::spawn(move || {
                let error = receive(&listener, &events);
                let _ = events.send(Event::Over(error));
            });
            tell.into_iter()
                .find_map(|told| told.map(|lines| lines.iter().for_each(|line| println!("{line}"))).err())
                .unwrap_or_else(|| io::Error::other("a thread has gone"))
        }
    };
    eprintln!("오류: {failed}");
    exit(1);
}
