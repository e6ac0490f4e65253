//! Right: a scoped thread sends the request again by the clock until a condition variable tells it that the reply is there; main only listens until the last wait ends.

use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs, UdpSocket};
use std::process::ExitCode;
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

const ATTEMPTS: u32 = 4;
const MOST: usize = 65_535;

#[derive(Default)]
struct Bell {
    over: Mutex<bool>,
    rung: Condvar,
}

impl Bell {
    fn ring(&self) {
        *self.over.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.rung.notify_all();
    }

    /// true: 다 끝났습니다. / It is over.
    fn wait_until(&self, time: Instant) -> bool {
        let left = time.saturating_duration_since(Instant::now());
        let over = self.over.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.rung.wait_timeout_while(over, left, |over| !*over);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

struct Client {
    socket: UdpSocket,
    server: SocketAddr,
    buffer: Vec<u8>,
}

impl Client {
    fn new(address: &str) -> io::Result<Client> {
        let server = address.to_socket_addrs()?.next();
        let server = server.ok_or_else(|| io::Error::other("이름에 주소가 없습니다"))?;
        let socket = match server {
            SocketAddr::V4(_) => UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)),
            SocketAddr::V6(_) => UdpSocket::bind((Ipv6Addr::UNSPECIFIED, 0)),
        }?;
        Ok(Client { socket, server, buffer: vec![0; MOST] })
    }

    fn ask(&mut self, number: u32, line: &str, first: Duration) -> io::Result<Option<String>> {
        let request = format!("{number} {line}").into_bytes();
        let bell = Bell::default();
        let Client { socket, server, buffer } = self;
        socket.send_to(&request, *server)?;
        let start = Instant::now();
        thread::scope(|scope| {
            let again = || -> io::Result<()> {
                for turn in 1..ATTEMPTS {
                    if bell.wait_until(start + first * ((1 << turn) - 1)) {
                        break;
                    }
                    socket.send_to(&request, *server)?;
                }
                Ok(())
            };
            let again = scope.spawn(again);
            let end = start + first * ((1 << ATTEMPTS) - 1);
            let prefix = format!("{number} ");
            let reply = listen(socket, *server, prefix.as_bytes(), end, buffer);
            bell.ring();
            match again.join() {
                Ok(Err(error)) => Err(error),
                _ => reply,
            }
        })
    }
}

fn listen(
    socket: &UdpSocket,
    server: SocketAddr,
    prefix: &[u8],
    end: Instant,
    buffer: &mut [u8],
) -> io::Result<Option<String>> {
    loop {
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(None);
        }
        // 짧은 시간 제한이 더 정확합니다. / Short time-outs are more exact.
        socket.set_read_timeout(Some(left.min(Duration::from_millis(100))))?;
        match socket.recv_from(buffer) {
            Ok((count, from)) if from == server => {
                let text = buffer[..count].strip_prefix(prefix);
                if let Some(Ok(text)) = text.map(std::str::from_utf8) {
                    return Ok(Some(text.to_owned()));
                }
            }
            Ok(_) => {}
            Err(error) => match error.kind() {
                ErrorKind::WouldBlock
                | ErrorKind::TimedOut
                | ErrorKind::Interrupted
                | ErrorKind::ConnectionReset => {}
                _ => return Err(error),
            },
        }
    }
}

fn run(address: &str, first: Duration) -> io::Result<()> {
    let mut client = Client::new(address)?;
    for (line, number) in io::stdin().lines().zip(1..) {
        match client.ask(number, &line?, first)? {
            Some(reply) => println!("메아리: {reply}"),
            None => println!("{number}번 요청을 포기했습니다"),
        }
    }
    Ok(())
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or("127.0.0.1:12345".into());
    let first = arguments.next().and_then(|text| text.parse().ok());
    match run(&address, Duration::from_millis(first.unwrap_or(500))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("오류: {address}: {error}");
            ExitCode::FAILURE
        }
    }
}
