//! Right: non-blocking with 1 ms naps on a schedule fixed at the first send: sends at 0, 1, 3 and 7 waits, and gives up at 15.
use std::io::{self, BufRead, ErrorKind};
use std::net::{ToSocketAddrs, UdpSocket};
use std::process::ExitCode;
use std::time::{Duration, Instant};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let address = arguments.first().cloned().unwrap_or("127.0.0.1:12345".into());
    let first = Duration::from_millis(arguments.get(1).and_then(|n| n.parse().ok()).unwrap_or(500));
    let run = || -> io::Result<()> {
        let server = address.to_socket_addrs()?.next().ok_or_else(|| io::Error::other("no address"))?;
        let socket = UdpSocket::bind(match server.is_ipv4() { true => "0.0.0.0:0", false => "[::]:0" })?;
        socket.set_nonblocking(true)?;
        let mut buffer = vec![0u8; 100_000];
        for (number, line) in (1u64..).zip(io::stdin().lock().lines()) {
            let request = format!("{number} {}", line?);
            let start = Instant::now();
            let mut schedule = [0, 1, 3, 7].iter().map(|waits| start + first * *waits).peekable();
            let end = start + first * 15;
            let told = loop {
                let now = Instant::now();
                if now >= end { break format!("{number}번 요청을 포기했습니다") }
                if schedule.next_if(|due| *due <= now).is_some() { socket.send_to(request.as_bytes(), server)?; }
                match socket.recv_from(&mut buffer) {
                    Ok((count, from)) if from == server => {
                        if let Ok(reply) = std::str::from_utf8(&buffer[..count])
                            && let Some((own, text)) = reply.split_once(' ')
                            && own == number.to_string() { break format!("메아리: {text}") }
                    }
                    Ok(_) => {}
                    Err(e) if e.kind() == ErrorKind::WouldBlock => std::thread::sleep(Duration::from_millis(1)),
                    Err(e) if matches!(e.kind(), ErrorKind::Interrupted | ErrorKind::ConnectionReset) => {}
                    Err(e) => return Err(e),
                }
            };
            println!("{told}");
        }
        Ok(())
    };
    match run() { Ok(()) => ExitCode::SUCCESS, Err(e) => { eprintln!("{address}: {e}"); ExitCode::from(2) } }
}
