//! Right: a lost client is a quiet unwind (resume_unwind) caught for each client; single bytes are read in slices of 25 ms of patience; CR LF on stdout.
use std::error::Error;
use std::io::{self, BufRead, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::channel;
use std::sync::{Arc, RwLock};
use std::thread;
use std::time::{Duration, Instant};

struct Lost(&'static str);

fn lose(why: &'static str) -> ! {
    resume_unwind(Box::new(Lost(why)))
}

/// The next byte; None at the client's end.
fn byte(mut client: &TcpStream, deadline: Instant) -> io::Result<Option<u8>> {
    let mut one = [0];
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        if left < Duration::from_micros(1) {
            return Err(ErrorKind::TimedOut.into());
        }
        client.set_read_timeout(Some(left.min(Duration::from_millis(25))))?;
        match client.read(&mut one) {
            Ok(0) => return Ok(None),
            Ok(_) => return Ok(Some(one[0])),
            Err(error) => match error.kind() {
                ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted => {}
                _ => return Err(error),
            },
        }
    }
}

fn talk(mut client: &TcpStream, guest: usize, deadline: Instant) -> String {
    let mut message = Vec::new();
    let mut whole = false;
    while !whole {
        match byte(client, deadline) {
            Ok(Some(b'\n')) if message.len() < 1024 => whole = true,
            Ok(Some(_)) if message.len() == 1024 => lose("읽을 수 없는 메시지"),
            Ok(Some(more)) => message.push(more),
            Ok(None) if message.is_empty() => lose("아무 말 없이 떠남"),
            Ok(None) => whole = true,
            Err(error) if error.kind() == ErrorKind::TimedOut => lose("시간이 다 됨"),
            Err(_) => lose("연결이 끊김"),
        }
    }
    let Ok(message) = String::from_utf8(message) else {
        lose("읽을 수 없는 메시지")
    };
    if client.write_all(format!("{guest}번째 손님, 반갑습니다.\n").as_bytes()).is_err() {
        lose("연결이 끊김");
    }
    let _ = client.shutdown(Shutdown::Write);
    while let Ok(Some(_)) = byte(client, deadline) {}
    message.trim_end().to_owned()
}

fn say(line: String) {
    let mut out = io::stdout().lock();
    let _ = out.write_all((line + "\r\n").as_bytes()).and_then(|()| out.flush());
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut given = std::env::args().skip(1);
    let listener = TcpListener::bind(given.next().unwrap_or("127.0.0.1:12345".into()))?;
    let patience = given.next().and_then(|text| text.parse().ok()).map_or(Duration::from_secs(5), Duration::from_millis);
    let address = listener.local_addr()?;
    let own = match address {
        SocketAddr::V4(a) if a.ip().is_unspecified() => format!("127.0.0.1:{}", a.port()),
        SocketAddr::V6(a) if a.ip().is_unspecified() => format!("[::1]:{}", a.port()),
        other => other.to_string(),
    };
    let over = Arc::new(RwLock::new(false));
    let (tell, told) = channel::<()>();
    let on_signal = tell.clone();
    ctrlc::set_handler(move || drop(on_signal.send(())))?;
    say(format!("서버가 시작되었습니다: {address} (stop이나 Ctrl-C로 끝냅니다)"));
    thread::spawn(move || {
        let mut line = Vec::new();
        while io::stdin().lock().read_until(b'\n', &mut line).is_ok_and(|count| count > 0) {
            if line.trim_ascii() == b"stop" {
                let _ = tell.send(());
            }
            line.clear();
        }
    });
    let ending = Arc::clone(&over);
    thread::spawn(move || {
        while told.recv().is_ok() {
            if let Ok(mut over) = ending.write() {
                *over = true;
            }
            let _ = TcpStream::connect(&own);
        }
    });
    let mut guests = 0;
    loop {
        let accepted = listener.accept();
        if over.read().is_ok_and(|over| *over) {
            say(format!("서버를 마칩니다. 손님 {guests}명"));
            return Ok(());
        }
        let Ok((client, _)) = accepted else {
            eprintln!("could not accept: {:?}", accepted.err());
            thread::sleep(Duration::from_millis(200));
            continue;
        };
        guests += 1;
        let deadline = Instant::now() + patience;
        match catch_unwind(AssertUnwindSafe(|| talk(&client, guests, deadline))) {
            Ok(message) => say(format!("{guests}번째 손님: {message}")),
            Err(payload) => match payload.downcast::<Lost>() {
                Ok(lost) => say(format!("{guests}번째 손님을 놓쳤습니다: {}", lost.0)),
                Err(other) => resume_unwind(other),
            },
        }
    }
}
