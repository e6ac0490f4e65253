//! Right: binds with socket2, hands the descriptor to std's TcpListener as soon as it listens, and closes it by moving it into a closure on a scoped thread; the backlog is read digit by digit.
use socket2::{Domain, Socket, Type};
use std::io::{self, Write};
use std::net::{SocketAddr, TcpListener};
use std::os::fd::OwnedFd;
use std::process::ExitCode;
use std::thread;

fn number(text: &str) -> Option<i32> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1i64, rest),
        None => (1, text),
    };
    if digits.is_empty() {
        return None;
    }
    let value = digits.chars().try_fold(0i64, |sum, c| {
        let sum = sum * 10 + i64::from(c.to_digit(10)?);
        (sum <= i64::from(i32::MAX)).then_some(sum)
    })?;
    i32::try_from(sign * value).ok()
}

fn tell(text: std::fmt::Arguments<'_>) -> io::Result<()> {
    let mut out = io::stdout();
    out.write_fmt(format_args!("{text} (Enter)\n"))?;
    out.flush()?;
    io::stdin().read_line(&mut String::new())?;
    Ok(())
}

fn run() -> Result<(), String> {
    let say = |error: io::Error| error.to_string();
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or_else(|| "127.0.0.1:12345".into());
    let backlog = match arguments.next() {
        Some(text) => number(&text).ok_or_else(|| format!("대기열 길이 “{text}”은(는) 수가 아닙니다."))?,
        None => 128,
    };
    let address: SocketAddr = address.parse().map_err(|_| format!("{address}: 주소?"))?;
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, None).map_err(say)?;
    if cfg!(unix) {
        socket.set_reuse_address(true).map_err(say)?;
    }
    socket.bind(&address.into()).map_err(say)?;
    let bound = socket.local_addr().map_err(say)?.as_socket().unwrap_or(address);
    tell(format_args!("묶었습니다: {bound}")).map_err(say)?;
    socket.listen(backlog).map_err(say)?;
    let listener = TcpListener::from(OwnedFd::from(socket));
    tell(format_args!("듣고 있습니다.")).map_err(say)?;
    thread::scope(|scope| {
        scope.spawn(move || {
            let _last_owner = listener;
        });
    });
    tell(format_args!("닫았습니다.")).map_err(say)
}

fn main() -> ExitCode {
    if let Err(sentence) = run() {
        eprintln!("{sentence}");
        return ExitCode::from(64);
    }
    ExitCode::SUCCESS
}
