//! Right: no read has a time-out; a scoped watchdog thread per client shuts its socket down when the deadline comes, and is told when it is no longer needed.
use std::io::{self, ErrorKind, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::process::exit;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

static STOPPING: AtomicBool = AtomicBool::new(false);

enum Lost {
    Unreadable,
    Wordless,
    Late,
    Broken,
}
impl Lost {
    fn why(&self) -> &'static str {
        match self {
            Lost::Unreadable => "읽을 수 없는 메시지",
            Lost::Wordless => "아무 말 없이 떠남",
            Lost::Late => "시간이 다 됨",
            Lost::Broken => "연결이 끊김",
        }
    }
}

fn some(mut client: &TcpStream, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match client.read(buffer) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

fn talk(mut client: &TcpStream, guest: u64, late: &AtomicBool) -> Result<String, Lost> {
    let or_late = |lost| if late.load(SeqCst) { Lost::Late } else { lost };
    let mut message = Vec::new();
    let mut buffer = [0; 100];
    let end = loop {
        let count = some(client, &mut buffer).map_err(|_| or_late(Lost::Broken))?;
        if late.load(SeqCst) {
            return Err(Lost::Late);
        }
        if count == 0 {
            break message.len();
        }
        let from = message.len();
        message.extend_from_slice(&buffer[..count]);
        if message.len() > 1024 {
            return Err(Lost::Unreadable);
        }
        if let Some(at) = buffer[..count].iter().position(|byte| *byte == b'\n') {
            break from + at;
        }
    };
    if message.is_empty() {
        return Err(Lost::Wordless);
    }
    message.truncate(end);
    let message = String::from_utf8(message).map_err(|_| Lost::Unreadable)?;
    client
        .write_all(format!("{guest}번째 손님, 반갑습니다.\n").as_bytes())
        .map_err(|_| or_late(Lost::Broken))?;
    let _ = client.shutdown(Shutdown::Write);
    while !late.load(SeqCst) && some(client, &mut buffer).is_ok_and(|count| count > 0) {}
    Ok(message.trim_end().to_owned())
}

fn guarded(client: TcpStream, guest: u64, patience: Duration) -> Result<String, Lost> {
    let late = AtomicBool::new(false);
    thread::scope(|scope| {
        let (done, watched) = channel::<()>();
        let (socket, flag) = (&client, &late);
        scope.spawn(move || {
            if watched.recv_timeout(patience) == Err(RecvTimeoutError::Timeout) {
                flag.store(true, SeqCst);
                let _ = socket.shutdown(Shutdown::Both);
            }
        });
        let outcome = talk(&client, guest, &late);
        drop(done);
        outcome
    })
}

fn stop(mut address: SocketAddr) {
    STOPPING.store(true, SeqCst);
    if address.ip().is_unspecified() {
        address.set_ip(if address.is_ipv4() { IpAddr::V4(Ipv4Addr::LOCALHOST) } else { IpAddr::V6(Ipv6Addr::LOCALHOST) });
    }
    let _ = TcpStream::connect(address);
}

fn run() -> io::Result<()> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let patience = given.get(1).and_then(|text| text.parse().ok()).unwrap_or(5000);
    let listener = TcpListener::bind(given.first().map_or("127.0.0.1:12345", |text| text))?;
    let address = listener.local_addr()?;
    ctrlc::set_handler(move || stop(address)).map_err(io::Error::other)?;
    println!("서버가 시작되었습니다: {address} (stop이나 Ctrl-C로 끝냅니다)");
    thread::spawn(move || {
        for line in io::stdin().lines().filter_map(Result::ok) {
            if line.trim() == "stop" {
                return stop(address);
            }
        }
    });
    let mut guests = 0;
    loop {
        let client = match listener.accept() {
            _ if STOPPING.load(SeqCst) => break,
            Ok((client, _)) => client,
            Err(error) => {
                eprintln!("accept: {error}");
                thread::sleep(Duration::from_millis(150));
                continue;
            }
        };
        guests += 1;
        match guarded(client, guests, Duration::from_millis(patience)) {
            Ok(message) => println!("{guests}번째 손님: {message}"),
            Err(lost) => println!("{guests}번째 손님을 놓쳤습니다: {}", lost.why()),
        }
    }
    println!("서버를 마칩니다. 손님 {guests}명");
    Ok(())
}

fn main() {
    if let Err(error) = run() {
        eprintln!("서버: {error}");
        exit(4);
    }
}
