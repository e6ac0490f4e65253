//! Lesson 16 in other ways: `program SHAPE ADDRESS`. `buffered` reads whatever is there, into
//! one buffer for the whole connection; `machine` takes a frame byte by byte, and sends each
//! one in two parts; `thread` gives each client a thread, and reads through a `BufReader`.

use std::io::{self, BufReader, ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::exit;
use std::thread;

const LIMIT: usize = 1 << 16;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let listener = TcpListener::bind(&arguments[2]).unwrap();
    println!(
        "서버가 시작되었습니다: {} (Enter로 끝냅니다)",
        listener.local_addr().unwrap()
    );
    thread::spawn(|| {
        if io::stdin().read_line(&mut String::new()).unwrap() > 0 {
            exit(0);
        }
    });
    loop {
        let (client, _) = listener.accept().unwrap();
        match arguments[1].as_str() {
            "buffered" => tell(buffered(client)),
            "machine" => tell(machine(client)),
            "thread" => drop(thread::spawn(move || tell(reader(client)))),
            other => panic!("{other}"),
        }
    }
}

fn tell(ended: io::Result<()>) {
    match ended.map_err(|error| (error.kind(), error)) {
        Ok(()) => println!("손님이 끝냈습니다"),
        Err((ErrorKind::UnexpectedEof, _)) => println!("메시지가 중간에 끝났습니다"),
        Err((ErrorKind::ConnectionReset, _)) => println!("손님이 끊었습니다 (RST)"),
        Err((ErrorKind::InvalidInput, length)) => println!("너무 깁니다: {length}바이트"),
        Err((_, error)) => println!("오류: {error}"),
    }
}

fn checked(length: usize) -> io::Result<usize> {
    println!("{length}바이트짜리 메시지가 옵니다");
    match length {
        ..=LIMIT => Ok(length),
        _ => Err(io::Error::new(ErrorKind::InvalidInput, length.to_string())),
    }
}

/// Nothing is thrown away: what was read too much is the next frame's beginning.
fn buffered(mut client: TcpStream) -> io::Result<()> {
    client.write_all(b"\0\0\0\x0f")?;
    client.write_all("반갑습니다".as_bytes())?;
    let mut unread = Vec::new();
    let mut due = None;
    let mut buffer = vec![0; 100_000];
    loop {
        if due.is_none() && unread.len() >= 4 {
            let length: u32 = unread[..4]
                .iter()
                .fold(0, |sum, byte| (sum << 8) + u32::from(*byte));
            due = Some(checked(length as usize)? + 4);
        }
        match due.take_if(|due| unread.len() >= *due) {
            // The header goes back as it came.
            Some(due) => client.write_all(&unread.drain(..due).collect::<Vec<_>>())?,
            None => match client.read(&mut buffer)? {
                0 if unread.is_empty() => return Ok(()),
                0 => return Err(ErrorKind::UnexpectedEof.into()),
                count => unread.extend_from_slice(&buffer[..count]),
            },
        }
    }
}

enum State {
    Header(usize, u32),
    Body(usize, Vec<u8>),
}

fn machine(mut client: TcpStream) -> io::Result<()> {
    let send = |mut client: &TcpStream, body: &[u8]| {
        client.write_all(&(body.len() as u32).to_be_bytes())?;
        client.write_all(body)
    };
    send(&client, "반갑습니다".as_bytes())?;
    let mut state = State::Header(0, 0);
    let mut byte = [0];
    while client.read(&mut byte)? == 1 {
        state = match state {
            State::Header(3, high) => {
                let length = (high << 8) + u32::from(byte[0]);
                State::Body(checked(length as usize)?, Vec::new())
            }
            State::Header(count, high) => {
                State::Header(count + 1, (high << 8) + u32::from(byte[0]))
            }
            State::Body(left, mut body) => {
                body.push(byte[0]);
                State::Body(left - 1, body)
            }
        };
        if let State::Body(0, body) = &state {
            send(&client, body)?;
            state = State::Header(0, 0);
        }
    }
    match state {
        State::Header(0, _) => Ok(()),
        _ => Err(ErrorKind::UnexpectedEof.into()),
    }
}

fn reader(client: TcpStream) -> io::Result<()> {
    let mut reader = BufReader::with_capacity(7, &client);
    let mut frame = [15_u32.to_be_bytes().as_slice(), "반갑습니다".as_bytes()].concat();
    loop {
        (&client).write_all(&frame)?;
        frame.clear();
        if (&mut reader).take(4).read_to_end(&mut frame)? == 0 {
            return Ok(());
        }
        let header = frame.as_slice().try_into();
        let header = header.map_err(|_| io::Error::from(ErrorKind::UnexpectedEof))?;
        let length = checked(u32::from_be_bytes(header) as usize)?;
        frame.resize(4 + length, 0);
        reader.read_exact(&mut frame[4..])?;
    }
}
