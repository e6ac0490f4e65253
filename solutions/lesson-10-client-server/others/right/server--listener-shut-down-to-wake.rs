//! Right: stop shuts the listener down through a clone (on Linux that wakes accept); Ctrl-C comes through a self-pipe; byte-by-byte reading.
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::os::fd::{IntoRawFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

static PIPE: AtomicI32 = AtomicI32::new(-1);
unsafe extern "C" {
    fn signal(number: i32, handler: extern "C" fn(i32)) -> usize;
    fn write(fd: i32, bytes: *const u8, count: usize) -> isize;
}
extern "C" fn on_signal(_: i32) { unsafe { write(PIPE.load(SeqCst), b"!".as_ptr(), 1); } }

fn next(client: &mut TcpStream, deadline: Instant) -> io::Result<Option<u8>> {
    let mut one = [0];
    loop {
        match deadline.saturating_duration_since(Instant::now()) {
            Duration::ZERO => return Err(ErrorKind::TimedOut.into()),
            left => client.set_read_timeout(Some(left))?,
        }
        match client.read(&mut one) {
            Ok(count) => return Ok((count > 0).then_some(one[0])),
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
}
fn serve(client: &mut TcpStream, guest: i64, deadline: Instant) -> io::Result<String> {
    let mut line = Vec::new();
    loop {
        match next(client, deadline)? {
            Some(b'\n') if line.len() < 1024 => break,
            Some(byte) => line.push(byte),
            None if line.is_empty() => return Err(ErrorKind::UnexpectedEof.into()),
            None => break,
        }
        if line.len() > 1024 { return Err(ErrorKind::InvalidData.into()) }
    }
    let line = String::from_utf8(line).map_err(|_| io::Error::from(ErrorKind::InvalidData))?;
    writeln!(io::LineWriter::new(&mut *client), "{guest}번째 손님, 반갑습니다.")?;
    let _ = client.shutdown(Shutdown::Write);
    while let Ok(Some(_)) = next(client, deadline) {}
    Ok(line.trim_end().to_string())
}
fn run() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let listener = TcpListener::bind(arguments.next().unwrap_or("127.0.0.1:12345".into()))?;
    let patience = Duration::from_millis(arguments.next().and_then(|n| n.parse().ok()).unwrap_or(5000));
    let (pipe, mut other_end) = UnixStream::pair()?;
    PIPE.store(pipe.into_raw_fd(), SeqCst);
    unsafe { signal(2, on_signal); signal(15, on_signal); }
    println!("서버가 시작되었습니다: {} (stop이나 Ctrl-C로 끝냅니다)", listener.local_addr()?);
    let stopping = Arc::new(AtomicBool::new(false));
    let door = Arc::new(Mutex::new(TcpStream::from(OwnedFd::from(listener.try_clone()?))));
    let stop = { let stopping = stopping.clone(); move || { stopping.store(true, SeqCst); let _ = door.lock().unwrap().shutdown(Shutdown::Both); } };
    let on_pipe = stop.clone();
    thread::spawn(move || if other_end.read_exact(&mut [0]).is_ok() { on_pipe() });
    thread::spawn(move || if io::stdin().lines().any(|line| line.is_ok_and(|line| line.trim() == "stop")) { stop() });
    let mut guest = 0;
    loop {
        let accepted = listener.accept();
        if stopping.load(SeqCst) { break }
        let Ok((mut client, _)) = accepted.inspect_err(|e| eprintln!("accept failed: {e}")) else { thread::sleep(Duration::from_millis(100)); continue };
        guest += 1;
        let outcome = serve(&mut client, guest, Instant::now() + patience);
        let line = match outcome.map_err(|e| e.kind()) {
            Ok(message) => format!("{guest}번째 손님: {message}"),
            Err(ErrorKind::InvalidData) => format!("{guest}번째 손님을 놓쳤습니다: 읽을 수 없는 메시지"),
            Err(ErrorKind::UnexpectedEof) => format!("{guest}번째 손님을 놓쳤습니다: 아무 말 없이 떠남"),
            Err(ErrorKind::WouldBlock | ErrorKind::TimedOut) => format!("{guest}번째 손님을 놓쳤습니다: 시간이 다 됨"),
            Err(_) => format!("{guest}번째 손님을 놓쳤습니다: 연결이 끊김"),
        };
        println!("{line}");
        drop(client);
    }
    println!("서버를 마칩니다. 손님 {guest}명");
    Ok(())
}
fn main() { if let Err(e) = run() { eprintln!("{e}"); std::process::exit(1) } }
