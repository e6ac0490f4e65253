//! Right: the message is never made: up to 300 slices of one 251-byte pattern are sent at a time (sendmsg).
use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, ErrorKind, IoSlice};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

fn pattern() -> [u8; 251] {
    std::array::from_fn(|at| at as u8)
}

/// The next slices from `sent` on, `left` bytes at most.
fn slices<'a>(pattern: &'a [u8; 251], sent: usize, mut left: usize) -> Vec<IoSlice<'a>> {
    let mut begin = sent % pattern.len();
    let mut slices = Vec::with_capacity(300);
    while left > 0 && slices.len() < 300 {
        let end = pattern.len().min(begin + left);
        slices.push(IoSlice::new(&pattern[begin..end]));
        left -= end - begin;
        begin = 0;
    }
    slices
}

struct Stopped {
    after: usize,
    why: io::Error,
}

fn hand_over(socket: &Socket, size: usize) -> Result<usize, Stopped> {
    let pattern = pattern();
    let mut sent = 0;
    while sent < size {
        match socket.send_vectored(&slices(&pattern, sent, size - sent)) {
            Ok(count) => sent += count,
            Err(why) => match why.kind() {
                ErrorKind::WouldBlock => std::thread::sleep(Duration::from_millis(2)),
                ErrorKind::Interrupted => {}
                _ => return Err(Stopped { after: sent, why }),
            },
        }
    }
    Ok(sent)
}

fn run() -> Result<String, String> {
    let mut arguments = std::env::args().skip(1);
    let text = arguments.next().unwrap_or_else(|| "127.0.0.1:12345".to_owned());
    let address: SocketAddr = text.parse().map_err(|_| format!("{text}은(는) 주소가 아닙니다"))?;
    let size: usize = match arguments.next().map(|size| size.parse()) {
        None => 8 << 20,
        Some(Ok(size)) => size,
        Some(Err(_)) => return Err("크기는 숫자여야 합니다".to_owned()),
    };
    let connected = || {
        let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
        socket.connect(&address.into())?;
        socket.set_nonblocking(true)?;
        Ok(socket)
    };
    let socket = connected().map_err(|error: io::Error| error.to_string())?;
    let sent = hand_over(&socket, size).map_err(|Stopped { after, why }| {
        format!("{address}이(가) 떠났습니다. 그때까지 {after}바이트를 넘겼습니다: {why}")
    })?;
    Ok(format!("모두 넘겼습니다: {sent}바이트"))
}

fn main() -> ExitCode {
    let (status, stream, text): (_, &mut dyn io::Write, _) = match run() {
        Ok(text) => (ExitCode::SUCCESS, &mut io::stdout(), text),
        Err(text) => (ExitCode::FAILURE, &mut io::stderr(), format!("오류: {text}")),
    };
    let _ = stream.write_all(format!("{text}\r\n").as_bytes());
    let _ = stream.flush();
    status
}
