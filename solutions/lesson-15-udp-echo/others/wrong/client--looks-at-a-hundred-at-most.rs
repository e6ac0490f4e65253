//! Wrong: the wait for a reply ends after a hundred other datagrams; the last step is not written yet
//! Steps written: 1-3
//! At fault: 3
//!
//! 레슨 15 udp-echo: 잃어버리고, 겹치고, 늦어도 답을 알아보는 클라이언트.
//! Lesson 15 udp-echo: a client that knows its replies, though they get lost, duplicated or late.

use std::io::{self, ErrorKind};
use std::net::{SocketAddr, ToSocketAddrs, UdpSocket};
use std::process::ExitCode;
use std::time::{Duration, Instant};

const DEFAULT_ADDRESS: &str = "127.0.0.1:12345";
/// 첫 답을 기다리는 시간(밀리초). 두 번째 인자로 바꿉니다.
/// How long to wait for the first reply, in milliseconds; the second argument changes it.
const DEFAULT_FIRST_WAIT: u64 = 500;
/// 요청 하나를 최대 이만큼 보냅니다. / A request is sent at most this many times.
const ATTEMPTS: u32 = 4;
/// 어떤 데이터그램도 이보다 길지 않습니다(바이트). / No datagram is longer, in bytes (RFC 768).
const MOST: usize = 65_535;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or(DEFAULT_ADDRESS.to_owned());
    let first_wait = arguments.next().and_then(|number| number.parse().ok());
    let first_wait = Duration::from_millis(first_wait.unwrap_or(DEFAULT_FIRST_WAIT));
    match run(&address, first_wait) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("오류: {address}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(address: &str, first_wait: Duration) -> io::Result<()> {
    let server = address.to_socket_addrs()?.next();
    let server = server.ok_or_else(|| io::Error::other("이름에 주소가 없습니다"))?;
    let any = if server.is_ipv4() {
        "0.0.0.0:0"
    } else {
        "[::]:0"
    };
    let socket = UdpSocket::bind(any)?;
    for (number, line) in (1..).zip(io::stdin().lines()) {
        match ask(&socket, server, number, &line?, first_wait)? {
            Some(reply) => println!("메아리: {reply}"),
            None => println!("{number}번 요청을 포기했습니다"),
        }
    }
    Ok(())
}

/// `number`번 요청의 답이면 그 문자열을, 아니면 None을 돌려줍니다.
/// The text, if the datagram is the reply to request `number`; else None.
fn reply_to(number: u32, datagram: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(datagram).ok()?;
    let (own, text) = text.split_once(' ')?;
    (own == number.to_string()).then(|| text.to_owned())
}

/// 서버가 보낸 `number`번의 답을 `deadline`까지 기다립니다. 오지 않으면 None.
/// Waits until `deadline` for the server's reply to request `number`; None if it does not come.
fn wait_for_reply(
    socket: &UdpSocket,
    server: SocketAddr,
    number: u32,
    deadline: Instant,
) -> io::Result<Option<String>> {
    let mut buffer = vec![0; MOST];
    // 끝없이 받지는 않습니다. / Not without end.
    for _ in 0..100 {
        let Some((count, from)) = receive_until(deadline, socket, &mut buffer)? else {
            break;
        };
        let reply = reply_to(number, &buffer[..count]);
        if from == server && reply.is_some() {
            return Ok(reply);
        }
    }
    Ok(None)
}

/// 답이 올 때까지 다시 보냅니다. 기다리는 시간은 두 배씩 늘립니다. 끝내 오지 않으면 None.
/// Sends again until the reply comes, waiting twice as long each time; None if it never comes.
fn ask(
    socket: &UdpSocket,
    server: SocketAddr,
    number: u32,
    line: &str,
    first_wait: Duration,
) -> io::Result<Option<String>> {
    eprintln!("not yet implemented: step 4 {ATTEMPTS}");
    socket.send_to(format!("{number} {line}").as_bytes(), server)?;
    wait_for_reply(socket, server, number, Instant::now() + first_wait)
}

/// `deadline`까지 데이터그램 하나를 기다립니다. 오지 않으면 None.
/// Waits for a datagram until `deadline`; None if none comes.
fn receive_until(
    deadline: Instant,
    socket: &UdpSocket,
    buffer: &mut [u8],
) -> io::Result<Option<(usize, SocketAddr)>> {
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(None);
        }
        socket.set_read_timeout(Some(left))?;
        match socket.recv_from(buffer) {
            Ok(received) => return Ok(Some(received)),
            Err(error) if is_worth_waiting_on(&error) => {}
            Err(error) => return Err(error),
        }
    }
}

/// 시간이 다 됨, 깨어남, 그리고 Windows가 전하는 거부. 남은 시간을 보고 다시 기다립니다.
/// The time is over, an interruption, or a refusal as Windows reports it: look at the time left.
fn is_worth_waiting_on(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::WouldBlock
            | ErrorKind::TimedOut
            | ErrorKind::Interrupted
            | ErrorKind::ConnectionReset
    )
}
