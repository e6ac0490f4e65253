//! Wrong: step 2 parses the number of the reply, so that 01 and +1 are taken for 1.
//! Steps written: 1-2
//! Not seen: no server of this lesson writes a number in another way, and a right program of another hand may parse it.
//!
//! 레슨 15 udp-echo: 잃어버리고, 겹치고, 늦어도 답을 알아보는 클라이언트.
//! Lesson 15 udp-echo: a client that knows its replies, though they get lost, doubled or late.

use std::io::{self, ErrorKind};
use std::net::{SocketAddr, ToSocketAddrs, UdpSocket};
use std::process::ExitCode;
use std::time::{Duration, Instant};

const DEFAULT_ADDRESS: &str = "127.0.0.1:12345";
/// 첫 답을 기다리는 시간(밀리초). 두 번째 인자로 바꿉니다.
/// How long to wait for the first reply, in milliseconds; the second argument changes it.
const DEFAULT_FIRST_WAIT: u64 = 500;
/// 요청 하나를 최대 이만큼 보냅니다. / A request is sent this often at most.
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
    // 2단계: 답은 "번호 문자열"입니다. 번호가 number와 같으면 문자열을, 아니면 None을 돌려주세요.
    // UTF-8이 아닌 바이트나 번호가 없는 답도 None입니다. 문자열에는 빈칸이 있을 수 있습니다.
    // Step 2: A reply is "NUMBER TEXT". If the number is number, return the text, else None. Bytes that are not
    // text, and a reply without a number, are None as well. There may be spaces in the text.
    let text = std::str::from_utf8(datagram).ok()?;
    let (own, text) = text.split_once(' ')?;
    let own: u32 = own.parse().ok()?;
    (own == number).then(|| text.to_owned())
}

/// 서버가 보낸 `number`번의 답을 `deadline`까지 기다립니다. 오지 않으면 None.
/// Waits until `deadline` for the server's reply to request `number`; None if it does not come.
fn wait_for_reply(
    socket: &UdpSocket,
    server: SocketAddr,
    number: u32,
    deadline: Instant,
) -> io::Result<Option<String>> {
    // 3단계: receive_until로 데이터그램을 받아, server가 보냈고 number번의 답이면 돌려주세요.
    // 아니면 버리고 계속 기다립니다. receive_until이 None이면 시간이 다 된 것입니다.
    // Step 3: Receive datagrams with receive_until. Return the one that server sent and that is the reply to
    // number; throw any other away and go on waiting. If receive_until gives None, the time is over.
    // 아래는 작성하기 전까지 자리를 채우는 줄입니다. 모두 지우고 작성하세요.
    // The lines below only fill the gap until then: write yours in place of all of them.
    eprintln!("not yet implemented: step 3 {server}");
    // 아직은 처음 온 것을 그대로 받아들입니다. / For now the first one that comes is taken.
    let mut buffer = vec![0; MOST];
    let received = receive_until(deadline, socket, &mut buffer)?;
    Ok(received.and_then(|(count, _)| reply_to(number, &buffer[..count])))
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
    // 4단계: "번호 문자열"을 server에 보내고 wait_for_reply로 기다리기를 최대 ATTEMPTS번 하세요. 기다리는 시간은
    // first_wait에서 시작해 두 배씩 늘어납니다. 다시 보낼 때도 같은 번호입니다. 끝내 답이 없으면 None입니다.
    // Step 4: Send "NUMBER TEXT" to server and wait with wait_for_reply, ATTEMPTS times at most. The wait begins
    // with first_wait and doubles. A request that is sent again has the same number. No reply: None.
    // 아래는 작성하기 전까지 자리를 채우는 줄입니다. 모두 지우고 작성하세요.
    // The lines below only fill the gap until then: write yours in place of all of them.
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
