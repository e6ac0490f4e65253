//! Right: a doorman thread accepts one client for each permit, sigwait in a thread hears Ctrl-C, and main takes events from one channel; it never has to be woken.
use std::io::{self, BufRead, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

enum Event { Came(TcpStream), Stop }

#[cfg(target_os = "linux")]
mod signals {
    // glibc's sigset_t has 128 bytes.
    pub type Set = [u64; 16];
    unsafe extern "C" {
        pub fn sigemptyset(set: *mut Set) -> i32;
        pub fn sigaddset(set: *mut Set, number: i32) -> i32;
        pub fn pthread_sigmask(how: i32, set: *const Set, old: *mut Set) -> i32;
        pub fn sigwait(set: *const Set, number: *mut i32) -> i32;
    }
}
#[cfg(target_os = "linux")]
fn hear_signals(events: Sender<Event>) {
    let mut set = [0; 16];
    unsafe {
        signals::sigemptyset(&mut set);
        signals::sigaddset(&mut set, 2);
        signals::sigaddset(&mut set, 15);
        signals::pthread_sigmask(0, &set, std::ptr::null_mut());
    }
    thread::spawn(move || loop {
        let mut number = 0;
        if unsafe { signals::sigwait(&set, &mut number) } == 0 { let _ = events.send(Event::Stop); }
    });
}
#[cfg(not(target_os = "linux"))]
fn hear_signals(_: Sender<Event>) {}

fn doorman(listener: TcpListener, permits: Receiver<()>, events: Sender<Event>) {
    for () in permits {
        loop {
            match listener.accept() {
                Ok((client, _)) => { let _ = events.send(Event::Came(client)); break }
                Err(error) => { eprintln!("no client: {error}"); thread::sleep(Duration::from_millis(100)) }
            }
        }
    }
}
fn read_some(mut client: &TcpStream, buffer: &mut [u8], deadline: Instant) -> Result<usize, &'static str> {
    let left = deadline.checked_duration_since(Instant::now()).filter(|left| !left.is_zero()).ok_or("시간이 다 됨")?;
    client.set_read_timeout(Some(left)).map_err(|_| "연결이 끊김")?;
    client.read(buffer).map_err(|error| match error.kind() {
        ErrorKind::WouldBlock | ErrorKind::TimedOut => "시간이 다 됨",
        _ => "연결이 끊김",
    })
}
fn serve(client: TcpStream, guest: usize, deadline: Instant) -> Result<String, &'static str> {
    let mut message = vec![0; 1025];
    let mut filled = 0;
    let line = loop {
        let count = read_some(&client, &mut message[filled..], deadline)?;
        filled += count;
        let so_far = &message[..filled];
        if let Some(at) = so_far.iter().take(1024).position(|b| *b == b'\n') { break &so_far[..at] }
        if filled > 1024 { return Err("읽을 수 없는 메시지") }
        if count == 0 { if filled == 0 { return Err("아무 말 없이 떠남") } else { break so_far } }
    };
    let text = std::str::from_utf8(line).map_err(|_| "읽을 수 없는 메시지")?.trim_end().to_owned();
    (&client).write_all(format!("{guest}번째 손님, 반갑습니다.\n").as_bytes()).map_err(|_| "연결이 끊김")?;
    let _ = client.shutdown(Shutdown::Write);
    while let Ok(1..) = read_some(&client, &mut message, deadline) {}
    Ok(text)
}
fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let address = arguments.get(1).map_or("127.0.0.1:12345", |a| a);
    let patience = Duration::from_millis(arguments.get(2).and_then(|n| n.parse().ok()).unwrap_or(5000));
    let (events, inbox) = channel();
    hear_signals(events.clone());
    let listener = match TcpListener::bind(address) {
        Ok(listener) => listener,
        Err(error) => { eprintln!("{address}에 서버를 열 수 없습니다: {error}"); std::process::exit(1) }
    };
    print!("서버가 시작되었습니다: {} (stop이나 Ctrl-C로 끝냅니다)\r\n", listener.local_addr().unwrap());
    io::stdout().flush().unwrap();
    let from_stdin = events.clone();
    thread::spawn(move || {
        for line in io::stdin().lock().split(b'\n').map_while(Result::ok) {
            if line.trim_ascii() == b"stop" { let _ = from_stdin.send(Event::Stop); }
        }
    });
    let (permit, permits) = channel();
    thread::spawn(move || doorman(listener, permits, events));
    let mut guest = 0;
    permit.send(()).unwrap();
    while let Ok(Event::Came(client)) = inbox.recv() {
        guest += 1;
        match serve(client, guest, Instant::now() + patience) {
            Ok(message) => print!("{guest}번째 손님: {message}\r\n"),
            Err(why) => print!("{guest}번째 손님을 놓쳤습니다: {why}\r\n"),
        }
        io::stdout().flush().unwrap();
        if let Ok(Event::Stop) = inbox.try_recv() { break }
        permit.send(()).unwrap();
    }
    print!("서버를 마칩니다. 손님 {guest}명\r\n");
}
