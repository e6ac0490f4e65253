//! Right: a generic retry with closures for judging, telling and resting; single bytes are read non-blocking with naps; main returns Box<dyn Error>.
use std::error::Error;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::thread::sleep;
use std::time::{Duration, Instant};

fn retry<T, E>(
    attempts: u32,
    mut attempt: impl FnMut() -> Result<T, E>,
    hopeless: impl Fn(&E) -> bool,
    mut after: impl FnMut(u32, &E),
) -> Result<T, E> {
    let mut number = 1;
    loop {
        match attempt() {
            Err(error) if number < attempts && !hopeless(&error) => after(number, &error),
            decided => return decided,
        }
        number += 1;
    }
}

fn first_of(all: &[SocketAddr], patience: Duration) -> io::Result<TcpStream> {
    match all {
        [] => Err(io::Error::other("이름에 주소가 없음")),
        [only] => TcpStream::connect_timeout(only, patience),
        [first, rest @ ..] => TcpStream::connect_timeout(first, patience).or_else(|_| first_of(rest, patience)),
    }
}

fn one_byte(server: &mut TcpStream, deadline: Instant) -> io::Result<u8> {
    let mut byte = [0];
    loop {
        match server.read(&mut byte) {
            Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
            Ok(_) => return Ok(byte[0]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                if Instant::now() >= deadline {
                    return Err(ErrorKind::TimedOut.into());
                }
                sleep(Duration::from_millis(1));
            }
            Err(error) => return Err(error),
        }
    }
}

fn ask(address: &str, patience: Duration) -> io::Result<String> {
    let all: Vec<_> = address.to_socket_addrs()?.collect();
    let mut server = first_of(&all, patience)?;
    println!("연결되었습니다: {}", server.peer_addr()?);
    server.set_write_timeout(Some(patience))?;
    server.write_all("지금 몇 시예요?\n".as_bytes())?;
    server.set_nonblocking(true)?;
    let deadline = Instant::now() + patience;
    let mut reply = Vec::with_capacity(1024);
    while reply.len() < 1024 {
        match one_byte(&mut server, deadline)? {
            b'\n' => return String::from_utf8(reply).map_err(|e| io::Error::new(ErrorKind::InvalidData, e)),
            byte if Instant::now() < deadline => reply.push(byte),
            _ => return Err(ErrorKind::TimedOut.into()),
        }
    }
    Err(ErrorKind::InvalidData.into())
}

fn reason(error: &io::Error) -> String {
    let known = match error.kind() {
        ErrorKind::ConnectionRefused => "연결이 거절됨",
        ErrorKind::WouldBlock | ErrorKind::TimedOut => "시간이 다 됨",
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted => "연결이 끊어짐",
        ErrorKind::UnexpectedEof => "답이 도중에 끝남",
        ErrorKind::InvalidData => "답을 읽을 수 없음",
        _ => return error.to_string(),
    };
    known.to_owned()
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut given = std::env::args().skip(1);
    let address = given.next().unwrap_or("localhost:12345".into());
    let patience = Duration::from_millis(given.next().and_then(|t| t.parse().ok()).unwrap_or(3000));
    let mut pause = Duration::from_millis(given.next().and_then(|t| t.parse().ok()).unwrap_or(300));
    let mut seed = u64::from(std::process::id()) | 1;
    let reply = retry(
        4,
        || ask(&address, patience),
        |error| matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::InvalidData),
        |number, error| {
            println!("{number}번째 시도 실패: {}", reason(error));
            seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            sleep(pause + pause / 2 * (seed >> 56) as u32 / 256);
            pause *= 2;
        },
    )
    .map_err(|error| format!("{address}: {}", reason(&error)))?;
    println!("서버의 답: {reply}");
    Ok(())
}
