//! Right: a plain blocking connect races a timer thread for one atomic flag; a timer that wins reports and exits the process.

use socket2::{Domain, Protocol, Socket, Type};
use std::fmt::Display;
use std::io;
use std::net::{SocketAddr, ToSocketAddrs};
use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const LIMIT: Duration = Duration::from_millis(500);
static CLAIMED: AtomicBool = AtomicBool::new(false);

#[repr(u8)]
#[derive(Clone, Copy)]
enum Why {
    Else = 1,
    BadAddress = 10,
    UnknownHost = 11,
    Refused = 12,
    TimedOut = 13,
}

fn leave(why: Why, sentence: impl Display) -> ! {
    eprintln!("오류: {sentence}");
    process::exit(i32::from(why as u8))
}

/// 먼저 부른 쪽만 말할 수 있습니다. / Only the first to call may speak.
fn claim() -> bool {
    !CLAIMED.swap(true, Ordering::AcqRel)
}

fn first_address(text: &str) -> SocketAddr {
    match text.to_socket_addrs() {
        Ok(mut all) => match all.next() {
            Some(first) => first,
            None => leave(Why::UnknownHost, format_args!("{text}에는 주소가 없습니다.")),
        },
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => leave(
            Why::BadAddress,
            format_args!("{text}은(는) 호스트:포트 꼴이 아닙니다."),
        ),
        Err(_) => leave(
            Why::UnknownHost,
            format_args!("{text}의 호스트를 찾을 수 없습니다."),
        ),
    }
}

fn dial(to: SocketAddr) -> io::Result<Socket> {
    let socket = Socket::new(Domain::for_address(to), Type::STREAM, Some(Protocol::TCP))?;
    let until = Instant::now() + LIMIT;
    thread::spawn(move || {
        thread::sleep(until.saturating_duration_since(Instant::now()));
        if claim() {
            leave(Why::TimedOut, format_args!("{to}에서 {LIMIT:?} 동안 답이 없습니다."));
        }
    });
    let outcome = socket.connect(&to.into());
    if !claim() {
        // 시계가 이겼습니다. 곧 끝납니다. / The clock has won, and ends it soon.
        loop {
            thread::park();
        }
    }
    outcome.map(|()| socket)
}

fn ends(socket: &Socket) -> io::Result<[SocketAddr; 2]> {
    let pair = [socket.local_addr()?, socket.peer_addr()?];
    match pair.map(|end| end.as_socket()) {
        [Some(own), Some(peer)] => Ok([own, peer]),
        _ => Err(io::Error::other("IP 주소가 아닙니다")),
    }
}

fn main() {
    let text = std::env::args().nth(1);
    let text = text.as_deref().unwrap_or("127.0.0.1:12345");
    let to = first_address(text);
    let told = dial(to).and_then(|socket| {
        println!("연결되었습니다.");
        let [own, peer] = ends(&socket)?;
        println!("내 쪽 {own}, 상대 쪽 {peer}");
        Ok(())
    });
    if let Err(error) = told {
        match error.kind() {
            io::ErrorKind::ConnectionRefused => leave(
                Why::Refused,
                format_args!("{to}에서 아무도 듣고 있지 않습니다. 서버를 켰나요?"),
            ),
            io::ErrorKind::TimedOut => {
                leave(Why::TimedOut, format_args!("{to}에서 답이 없습니다."))
            }
            _ => leave(Why::Else, format_args!("{to}에 연결할 수 없습니다: {error}")),
        }
    }
}
