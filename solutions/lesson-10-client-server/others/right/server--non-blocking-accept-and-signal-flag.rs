//! Right: no waking at all: a non-blocking accept looks at a flag every 5 ms; Ctrl-C is C's signal() without a crate.
use std::io::{self, BufRead, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::thread;
use std::time::{Duration, Instant};

static STOP: AtomicBool = AtomicBool::new(false);
#[cfg(unix)]
unsafe extern "C" { fn signal(number: i32, handler: extern "C" fn(i32)) -> usize; }
extern "C" fn on_signal(_: i32) { STOP.store(true, SeqCst) }

struct Client { stream: TcpStream, deadline: Instant }
impl Read for Client {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let left = self.deadline.saturating_duration_since(Instant::now());
            if left.is_zero() { return Err(ErrorKind::TimedOut.into()) }
            self.stream.set_read_timeout(Some(left))?;
            match self.stream.read(buffer) {
                Err(e) if e.kind() == ErrorKind::Interrupted => {}
                outcome => return outcome,
            }
        }
    }
}
fn serve(mut client: Client, guest: u64) -> io::Result<String> {
    let mut message = Vec::new();
    let mut buffer = [0; 50];
    let end = loop {
        if let Some(end) = message.iter().position(|b| *b == b'\n') { break end }
        match client.read(&mut buffer)? {
            0 if message.is_empty() => return Err(ErrorKind::UnexpectedEof.into()),
            0 => break message.len(),
            count => message.extend_from_slice(&buffer[..count]),
        }
        if message.len() > 1024 { return Err(ErrorKind::InvalidData.into()) }
    };
    let message = std::str::from_utf8(&message[..end]).map_err(|_| ErrorKind::InvalidData)?.trim_end().to_owned();
    for part in [guest.to_string().as_str(), "번째 손님, ", "반갑습니다.", "\n"] { client.stream.write_all(part.as_bytes())? }
    let _ = client.stream.shutdown(Shutdown::Write);
    let _ = io::copy(&mut client, &mut io::sink());
    Ok(message)
}
fn run(address: &str, patience: Duration) -> io::Result<()> {
    let listener = TcpListener::bind(address)?;
    listener.set_nonblocking(true)?;
    #[cfg(unix)]
    for number in [2, 15] { unsafe { signal(number, on_signal); } }
    println!("서버가 시작되었습니다: {} (stop이나 Ctrl-C로 끝냅니다)", listener.local_addr()?);
    thread::spawn(|| {
        let mut line = Vec::new();
        while io::stdin().lock().read_until(b'\n', &mut line).is_ok_and(|n| n > 0) {
            if line.trim_ascii() == b"stop" { return on_signal(0) }
            line.clear();
        }
    });
    let mut guest = 0;
    while !STOP.load(SeqCst) {
        let stream = match listener.accept() {
            Ok((stream, _)) => stream,
            Err(e) if e.kind() == ErrorKind::WouldBlock => { thread::sleep(Duration::from_millis(5)); continue }
            Err(e) => { eprintln!("accept: {e}"); thread::sleep(Duration::from_millis(100)); continue }
        };
        guest += 1;
        let deadline = Instant::now() + patience;
        match stream.set_nonblocking(false).and_then(|()| serve(Client { stream, deadline }, guest)) {
            Ok(message) => println!("{guest}번째 손님: {message}"),
            Err(error) => println!("{guest}번째 손님을 놓쳤습니다: {}", match error.kind() {
                ErrorKind::InvalidData => "읽을 수 없는 메시지",
                ErrorKind::UnexpectedEof => "아무 말 없이 떠남",
                ErrorKind::WouldBlock | ErrorKind::TimedOut => "시간이 다 됨",
                _ => "연결이 끊김",
            }),
        }
    }
    println!("서버를 마칩니다. 손님 {guest}명");
    Ok(())
}
fn main() {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or("127.0.0.1:12345".into());
    let patience = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(5000);
    if let Err(error) = run(&address, Duration::from_millis(patience)) { eprintln!("{address}: {error}"); std::process::exit(2) }
}
