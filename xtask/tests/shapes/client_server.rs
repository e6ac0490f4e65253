//! Lesson 10 in other shapes: `program SHAPE ADDRESS [PATIENCE | MESSAGE]`.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::exit;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

static STOPPING: AtomicBool = AtomicBool::new(false);

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let (shape, address) = (arguments[1].as_str(), arguments[2].as_str());
    let third = arguments.get(3).cloned();
    let outcome = match shape {
        "polling" | "thread" => {
            let patience = third.and_then(|number| number.parse().ok());
            run(
                address,
                Duration::from_millis(patience.unwrap_or(5_000)),
                shape == "thread",
            )
        }
        _ => ask(address, &third.unwrap_or_default(), shape),
    };
    if let Err(error) = outcome {
        eprintln!("오류: {address}: {error}");
        exit(1);
    }
}

/// Looks for clients again and again, and at the flag in between.
fn run(address: &str, patience: Duration, threads: bool) -> io::Result<()> {
    let listener = TcpListener::bind(address)?;
    listener.set_nonblocking(true)?;
    println!(
        "서버가 시작되었습니다: {} (stop이나 Ctrl-C로 끝냅니다)",
        listener.local_addr()?
    );
    stop_on_ctrl_c();
    thread::spawn(|| {
        for line in io::stdin().lines().map_while(Result::ok) {
            if line == "stop" {
                STOPPING.store(true, Ordering::SeqCst);
            }
        }
    });
    let mut guest = 0;
    while !STOPPING.load(Ordering::SeqCst) {
        match listener.accept() {
            Ok((client, _)) => {
                guest += 1;
                client.set_nonblocking(false)?;
                let number = guest;
                let tell = move || println!("{}", told(client, number, patience));
                if threads {
                    thread::spawn(tell).join().unwrap();
                } else {
                    tell();
                }
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                thread::sleep(Duration::from_millis(2));
            }
            Err(error) => eprintln!("{error}"),
        }
    }
    println!("서버를 마칩니다. 손님 {guest}명");
    Ok(())
}

fn told(client: TcpStream, guest: u64, patience: Duration) -> String {
    match serve(client, guest, Instant::now() + patience) {
        Ok(message) => format!("{guest}번째 손님: {message}"),
        Err(error) => {
            let why = match error.kind() {
                ErrorKind::InvalidData => "읽을 수 없는 메시지",
                ErrorKind::UnexpectedEof => "아무 말 없이 떠남",
                ErrorKind::WouldBlock | ErrorKind::TimedOut => "시간이 다 됨",
                _ => "연결이 끊김",
            };
            format!("{guest}번째 손님을 놓쳤습니다: {why}")
        }
    }
}

fn serve(mut client: TcpStream, guest: u64, deadline: Instant) -> io::Result<String> {
    let mut message = Vec::new();
    loop {
        match byte(&mut client, deadline)? {
            None if message.is_empty() => return Err(ErrorKind::UnexpectedEof.into()),
            None | Some(b'\n') => break,
            Some(byte) => message.push(byte),
        }
    }
    let message =
        String::from_utf8(message).map_err(|_| io::Error::from(ErrorKind::InvalidData))?;
    write!(client, "{guest}번째 손님, 반갑습니다.\n")?;
    client.flush()?;
    let _ = client.shutdown(Shutdown::Write);
    while let Ok(Some(_)) = byte(&mut client, deadline) {}
    Ok(message)
}

fn byte(client: &mut TcpStream, deadline: Instant) -> io::Result<Option<u8>> {
    let left = deadline.saturating_duration_since(Instant::now());
    client.set_read_timeout(Some(left.max(Duration::from_micros(1))))?;
    let mut byte = [0];
    Ok((client.read(&mut byte)? > 0).then_some(byte[0]))
}

fn ask(address: &str, message: &str, shape: &str) -> io::Result<()> {
    let mut server = TcpStream::connect(address)?;
    server.write_all(message.as_bytes())?;
    server.write_all(b"\n")?;
    if shape == "client-half-closes" {
        server.shutdown(Shutdown::Write)?;
    }
    let mut reply = Vec::new();
    for byte in server.bytes() {
        match byte? {
            b'\n' => {
                println!("서버의 답: {}", String::from_utf8_lossy(&reply));
                return Ok(());
            }
            byte => reply.push(byte),
        }
    }
    Err(io::Error::other("답이 끝나지 않았습니다"))
}

/// std has no word for signals; the C library that it is linked with does.
#[cfg(unix)]
fn stop_on_ctrl_c() {
    unsafe extern "C" {
        fn signal(number: i32, handler: extern "C" fn(i32)) -> usize;
    }
    extern "C" fn stop(_: i32) {
        STOPPING.store(true, Ordering::SeqCst);
    }
    // SAFETY: the handler only stores to an atomic (`man 7 signal-safety`).
    unsafe { signal(2, stop) };
}

#[cfg(not(unix))]
fn stop_on_ctrl_c() {}
