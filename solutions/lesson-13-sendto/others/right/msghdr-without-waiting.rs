//! Right: a non-blocking socket whose sendmsg gets its address and bytes in a MsgHdr; a Post trait hides it; starts slowly, works on a thread with a small stack.
use socket2::{Domain, MsgHdr, Protocol, SockAddr, Socket, Type};
use std::io::{self, ErrorKind, IoSlice};
use std::net::SocketAddr;
use std::process::exit;
use std::thread;
use std::time::Duration;

trait Post {
    fn post(&self, letter: &[u8]) -> io::Result<usize>;
}

struct Box_ {
    socket: Socket,
    to: SockAddr,
}

impl Post for Box_ {
    fn post(&self, letter: &[u8]) -> io::Result<usize> {
        let contents = [IoSlice::new(letter)];
        let header = MsgHdr::new().with_addr(&self.to).with_buffers(&contents);
        loop {
            match self.socket.sendmsg(&header, 0) {
                Err(error) if error.kind() == ErrorKind::WouldBlock => thread::sleep(Duration::from_millis(1)),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                outcome => return outcome,
            }
        }
    }
}

fn letter(line: &str) -> Vec<u8> {
    line.strip_prefix('#')
        .and_then(|digits| digits.parse().ok())
        .map_or_else(|| line.as_bytes().into(), |count| vec![b'x'; count])
}

fn work() -> io::Result<()> {
    let text = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    let to: SocketAddr = text.parse().map_err(|_| io::Error::other(format!("{text}은(는) 보낼 곳이 아닙니다")))?;
    let socket = Socket::new(Domain::for_address(to), Type::DGRAM, Some(Protocol::UDP))?;
    socket.set_nonblocking(true)?;
    let post: Box<dyn Post> = Box::new(Box_ { socket, to: to.into() });
    thread::sleep(Duration::from_millis(300));
    println!("보낼 줄을 치세요. #1000은 1000바이트입니다.");
    io::stdin().lines().try_for_each(|line| {
        let letter = letter(&line?);
        match post.post(&letter) {
            Ok(count) => println!("보냈습니다: {count}바이트"),
            Err(_) if letter.len() > 65_507 => {
                println!("보내지 못했습니다: {}바이트는 데이터그램 하나에 담을 수 없습니다", letter.len())
            }
            Err(error) => println!("보내지 못했습니다: {error}"),
        }
        Ok(())
    })
}

fn main() {
    let worker = thread::Builder::new().stack_size(256 * 1024).spawn(work);
    let outcome = worker.and_then(|worker| worker.join().unwrap_or_else(|_| Err(io::Error::other("panic"))));
    if let Err(error) = outcome {
        eprintln!("{error}");
        exit(73);
    }
}
