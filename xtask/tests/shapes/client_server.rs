//! Lesson 10 another way: `program SHAPE ADDRESS [PATIENCE or MESSAGE]`.

use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

const LIMIT: usize = 1024;
const A_MOMENT: Duration = Duration::from_millis(1);

/// Set by a typed line, or by Ctrl-C.
static STOPPING: AtomicBool = AtomicBool::new(false);

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let address = arguments[2].clone();
    let further = arguments.get(3).cloned();
    let patience = further.as_ref().and_then(|text| text.parse().ok());
    let patience = Duration::from_millis(patience.unwrap_or(5_000));
    let message = further.unwrap_or("저 왔어요.".to_owned());
    let outcome = match arguments[1].as_str() {
        "server-looking-again" => serve(&address, patience, looking_again, without_blocking),
        "server-woken" => serve(&address, patience, woken, on_a_thread),
        "server-bytes" => serve(&address, patience, woken, byte_by_byte),
        "server-late-close" => serve(&address, patience, woken, closing_later),
        "client-bytes" => ask(&address, &message, bytes_to_the_newline),
        "client-half-close" => ask(&address, &message, half_closing),
        _ => ask(&address, &message, two_threads),
    };
    let Err(error) = outcome else {
        return ExitCode::SUCCESS;
    };
    eprintln!("오류: {address}: {error}");
    ExitCode::FAILURE
}

/// What became of a client's message; the error is the reason, as it is printed.
type Message = Result<String, &'static str>;

const RUBBISH: &str = "읽을 수 없는 메시지";
const WORDLESS: &str = "아무 말 없이 떠남";
const TIME_IS_UP: &str = "시간이 다 됨";
const BROKEN_OFF: &str = "연결이 끊김";

fn serve(
    address: &str,
    patience: Duration,
    accept: fn(&TcpListener) -> Option<TcpStream>,
    converse: fn(TcpStream, Instant, &str) -> Message,
) -> io::Result<()> {
    let listener = TcpListener::bind(address)?;
    let address = listener.local_addr()?;
    println!("서버가 시작되었습니다: {address} (stop이나 Ctrl-C로 끝냅니다)");
    stop_on_ctrl_c();
    thread::spawn(|| {
        for line in io::stdin().lock().split(b'\n').map_while(Result::ok) {
            if line.trim_ascii() == b"stop" {
                STOPPING.store(true, Ordering::SeqCst);
            }
        }
    });
    let mut guest = 0;
    while let Some(client) = accept(&listener) {
        guest += 1;
        let reply = format!("{guest}번째 손님, 반갑습니다.\n");
        match converse(client, Instant::now() + patience, &reply) {
            Ok(message) => println!("{guest}번째 손님: {}", message.trim_end()),
            Err(why) => println!("{guest}번째 손님을 놓쳤습니다: {why}"),
        }
    }
    println!("서버를 마칩니다. 손님 {guest}명");
    Ok(())
}

/// std has no word for Ctrl-C, but the C library is there. A handler may do little
/// more than this.
#[cfg(unix)]
fn stop_on_ctrl_c() {
    unsafe extern "C" {
        safe fn signal(number: i32, handler: extern "C" fn(i32)) -> usize;
    }
    extern "C" fn note(_: i32) {
        STOPPING.store(true, Ordering::SeqCst);
    }
    const SIGINT: i32 = 2;
    signal(SIGINT, note);
}

#[cfg(not(unix))]
fn stop_on_ctrl_c() {}

/// Never waits in accept: it asks, looks whether to stop, sleeps a moment, asks again.
fn looking_again(listener: &TcpListener) -> Option<TcpStream> {
    listener.set_nonblocking(true).unwrap();
    while !STOPPING.load(Ordering::SeqCst) {
        match listener.accept() {
            Ok((client, _)) => return Some(client),
            Err(_) => thread::sleep(A_MOMENT),
        }
    }
    None
}

/// Waits in accept; a thread of its own sees that it is to stop, and connects.
fn woken(listener: &TcpListener) -> Option<TcpStream> {
    static WATCHING: AtomicBool = AtomicBool::new(false);
    let address: SocketAddr = listener.local_addr().unwrap();
    if !WATCHING.swap(true, Ordering::SeqCst) {
        thread::spawn(move || {
            while !STOPPING.load(Ordering::SeqCst) {
                thread::sleep(A_MOMENT);
            }
            TcpStream::connect(address)
        });
    }
    let client = loop {
        match listener.accept() {
            Ok((client, _)) => break client,
            Err(_) => thread::sleep(A_MOMENT),
        }
    };
    (!STOPPING.load(Ordering::SeqCst)).then_some(client)
}

/// Never waits in a read either.
fn without_blocking(client: TcpStream, deadline: Instant, reply: &str) -> Message {
    client.set_nonblocking(true).map_err(|_| BROKEN_OFF)?;
    let read = |buffer: &mut [u8]| loop {
        match (&client).read(buffer) {
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                if Instant::now() >= deadline {
                    return Err(TIME_IS_UP);
                }
                thread::sleep(A_MOMENT);
            }
            outcome => return outcome.map_err(|_| BROKEN_OFF),
        }
    };
    let mut message = Vec::new();
    let mut buffer = [0; 1000];
    while !message.contains(&b'\n') {
        match read(&mut buffer)? {
            0 => break,
            count => message.extend_from_slice(&buffer[..count]),
        }
        if message.len() > LIMIT {
            return Err(RUBBISH);
        }
    }
    let message = text(&message)?;
    (&client)
        .write_all(reply.as_bytes())
        .map_err(|_| BROKEN_OFF)?;
    let _ = client.shutdown(Shutdown::Write);
    while read(&mut buffer).is_ok_and(|count| count > 0) {}
    Ok(message)
}

/// A thread does the reading; when the client's time is up the socket is shut, which
/// ends whatever read the thread is in.
fn on_a_thread(client: TcpStream, deadline: Instant, reply: &str) -> Message {
    let left = || deadline.saturating_duration_since(Instant::now());
    let (sender, received) = mpsc::channel();
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut line = Vec::new();
            let mut reader = BufReader::new((&client).take(LIMIT as u64 + 1));
            let outcome = reader.read_until(b'\n', &mut line).map(|_| line);
            let _ = sender.send(outcome);
            let _ = io::copy(&mut &client, &mut io::sink());
            drop(sender);
        });
        let answered = match received.recv_timeout(left()) {
            Ok(Ok(line)) if line.len() > LIMIT => Err(RUBBISH),
            Ok(Ok(line)) => text(&line).and_then(|message| {
                let replied = (&client).write_all(reply.as_bytes());
                replied.map(|()| message).map_err(|_| BROKEN_OFF)
            }),
            Ok(Err(_)) => Err(BROKEN_OFF),
            Err(_) => Err(TIME_IS_UP),
        };
        if answered.is_ok() {
            let _ = client.shutdown(Shutdown::Write);
            let _ = received.recv_timeout(left());
        }
        let _ = client.shutdown(Shutdown::Both);
        answered
    })
}

/// One read for each byte, with the time that is left.
fn byte_by_byte(client: TcpStream, deadline: Instant, reply: &str) -> Message {
    let next = || {
        let left = deadline.saturating_duration_since(Instant::now());
        // A time-out of zero is an error of its own kind: its time is up as well.
        client
            .set_read_timeout(Some(left))
            .map_err(|_| TIME_IS_UP)?;
        match (&client).bytes().next() {
            None => Ok(None),
            Some(Ok(byte)) => Ok(Some(byte)),
            Some(Err(error)) => match error.kind() {
                ErrorKind::WouldBlock | ErrorKind::TimedOut => Err(TIME_IS_UP),
                _ => Err(BROKEN_OFF),
            },
        }
    };
    let mut message = Vec::new();
    while let Some(byte) = next()? {
        message.push(byte);
        if message.len() > LIMIT {
            return Err(RUBBISH);
        }
        if byte == b'\n' {
            break;
        }
    }
    let message = text(&message)?;
    write!(&client, "{reply}").map_err(|_| BROKEN_OFF)?;
    let _ = client.shutdown(Shutdown::Write);
    while let Ok(Some(_)) = next() {}
    Ok(message)
}

/// The connection has ended, but the socket is closed a while after the line about its client.
fn closing_later(client: TcpStream, deadline: Instant, reply: &str) -> Message {
    let kept = client.try_clone().map_err(|_| BROKEN_OFF)?;
    let message = byte_by_byte(client, deadline, reply);
    let _ = kept.shutdown(Shutdown::Both);
    thread::spawn(move || {
        thread::sleep(A_MOMENT * 50);
        drop(kept);
    });
    message
}

/// The first line of what came.
fn text(message: &[u8]) -> Message {
    if message.is_empty() {
        return Err(WORDLESS);
    }
    let line = message.split(|byte| *byte == b'\n').next();
    let line = std::str::from_utf8(line.unwrap_or_default());
    line.map(str::to_owned).map_err(|_| RUBBISH)
}

fn ask(
    address: &str,
    message: &str,
    exchange: fn(TcpStream, &str) -> io::Result<Vec<u8>>,
) -> io::Result<()> {
    let reply = exchange(TcpStream::connect(address)?, message)?;
    let Some(reply) = reply.strip_suffix(b"\n") else {
        return Err(ErrorKind::UnexpectedEof.into());
    };
    let text = std::str::from_utf8(reply).map_err(io::Error::other)?;
    println!("서버의 답: {text}");
    Ok(())
}

fn bytes_to_the_newline(mut server: TcpStream, message: &str) -> io::Result<Vec<u8>> {
    writeln!(server, "{message}")?;
    let mut reply = Vec::new();
    for byte in server.bytes() {
        reply.push(byte?);
        if reply.ends_with(b"\n") {
            break;
        }
    }
    Ok(reply)
}

fn half_closing(mut server: TcpStream, message: &str) -> io::Result<Vec<u8>> {
    server.write_all([message, "\n"].concat().as_bytes())?;
    server.shutdown(Shutdown::Write)?;
    let mut reply = Vec::new();
    BufReader::with_capacity(1, server).read_until(b'\n', &mut reply)?;
    Ok(reply)
}

/// One thread is reading before the other has written.
fn two_threads(server: TcpStream, message: &str) -> io::Result<Vec<u8>> {
    thread::scope(|scope| {
        let reading = scope.spawn(|| {
            let mut reply = Vec::new();
            let read = BufReader::new(&server).read_until(b'\n', &mut reply);
            read.map(|_| reply)
        });
        writeln!(&server, "{message}")?;
        reading.join().unwrap()
    })
}
