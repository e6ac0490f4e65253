//! Right: scoped threads; shutdown(2) on the listening socket makes accept fail (Linux), and a pipe that is closed makes every poll(2) return

use std::ffi::{c_int, c_short, c_ulong};
use std::io::{self, BufWriter, Read, Write, pipe};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::os::fd::AsRawFd;
use std::process::exit;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

#[repr(C)]
struct PollFd {
    fd: c_int,
    events: c_short,
    revents: c_short,
}

unsafe extern "C" {
    fn poll(fds: *mut PollFd, count: c_ulong, timeout: c_int) -> c_int;
    fn shutdown(fd: c_int, how: c_int) -> c_int;
}

const POLLIN: c_short = 1;

static STOPS: AtomicUsize = AtomicUsize::new(0);
static HERE: Mutex<i64> = Mutex::new(0);

fn changes(by: i64) {
    let mut here = HERE.lock().unwrap();
    *here += by;
    let what = if by > 0 {
        "왔습니다"
    } else {
        "갔습니다"
    };
    println!("손님이 {what} ({here}명)");
}

/// Waits until the client has something, or the server stops.
fn ready(client: &TcpStream, stop: c_int) -> io::Result<()> {
    let one = |fd| PollFd {
        fd,
        events: POLLIN,
        revents: 0,
    };
    let mut both = [one(client.as_raw_fd()), one(stop)];
    loop {
        // SAFETY: two entries, as told.
        if unsafe { poll(both.as_mut_ptr(), 2, -1) } >= 0 {
            return Ok(());
        }
        let error = io::Error::last_os_error();
        if error.kind() != io::ErrorKind::Interrupted {
            return Err(error);
        }
    }
}

fn converse(mut client: &TcpStream, stop: c_int) -> io::Result<()> {
    client.write_all("몇까지 셀까요?\n".as_bytes())?;
    let (mut bytes, mut over) = (Vec::new(), false);
    let last = loop {
        if STOPS.load(SeqCst) > 0 {
            break "서버가 끝납니다\n";
        }
        let line: Vec<u8> = match bytes.iter().position(|it| *it == b'\n') {
            Some(end) => bytes.drain(..=end).collect(),
            None if over && bytes.is_empty() => return Ok(()),
            None if over || bytes.len() > 1025 => std::mem::take(&mut bytes),
            None => {
                ready(client, stop)?;
                if STOPS.load(SeqCst) == 0 {
                    let mut some = [0; 1500];
                    let count = client.read(&mut some)?;
                    over = count == 0;
                    bytes.extend_from_slice(&some[..count]);
                }
                continue;
            }
        };
        let text = line.strip_suffix(b"\n").unwrap_or(&line);
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        let number = str::from_utf8(text).map(str::parse::<u32>);
        match number {
            _ if text.len() > 1024 => break "1부터 2000000까지의 수를 보내 주세요\n",
            Ok(Ok(number @ 1..=2_000_000)) => {
                let mut out = BufWriter::new(client);
                for number in 1..=number {
                    out.write_all(number.to_string().as_bytes())?;
                    out.write_all(b"\n")?;
                }
                out.flush()?;
            }
            _ => client.write_all("1부터 2000000까지의 수를 보내 주세요\n".as_bytes())?,
        }
    };
    client.write_all(last.as_bytes())?;
    client.shutdown(Shutdown::Write)?;
    io::copy(&mut client, &mut io::sink())?;
    Ok(())
}

/// Ends the program when the time is up, or at a second stop.
fn watch(
    stops: &Receiver<()>,
    seconds: u64,
    gate: c_int,
    stop: Box<dyn Send>,
    closed: &Receiver<()>,
) {
    let _ = stops.recv();
    let deadline = Instant::now() + Duration::from_secs(seconds);
    STOPS.store(1, SeqCst);
    // SAFETY: the listener is open until it has been told to be shut down.
    unsafe { shutdown(gate, 0) };
    let _ = closed.recv();
    println!("끝내는 중입니다 (손님 {}명)", HERE.lock().unwrap());
    drop(stop);
    let left = deadline.saturating_duration_since(Instant::now());
    let again = stops.recv_timeout(left).is_ok();
    let here = HERE.lock().unwrap();
    if again {
        println!("바로 끝냅니다 (손님 {here}명)");
        exit(130);
    }
    println!("더 기다리지 않습니다 (손님 {here}명)");
    exit(0);
}

fn hear(told: Sender<()>) {
    let typed = told.clone();
    ctrlc::set_handler(move || drop(told.send(()))).unwrap();
    std::thread::spawn(move || {
        for byte in io::stdin().bytes().map_while(Result::ok) {
            if byte == b'\n' {
                let _ = typed.send(());
            }
        }
    });
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let address = arguments
        .next()
        .unwrap_or_else(|| String::from("127.0.0.1:12345"));
    let seconds = arguments.next().unwrap_or_else(|| String::from("10"));
    let seconds: u64 = match seconds.parse() {
        Ok(seconds) if seconds > 0 && seconds <= 600 => seconds,
        _ => {
            eprintln!("{seconds}: 1 to 600");
            exit(1)
        }
    };
    let listener = TcpListener::bind(&address).unwrap_or_else(|error| {
        eprintln!("{address}: {error}");
        exit(1)
    });
    let (told, stops) = channel();
    hear(told);
    println!(
        "서버가 시작되었습니다: {} (Enter나 Ctrl-C로 끝냅니다)",
        listener.local_addr().unwrap()
    );
    let (end, stop) = pipe().unwrap();
    let (closing, closed) = channel();
    let gate = listener.as_raw_fd();
    std::thread::spawn(move || watch(&stops, seconds, gate, Box::new(stop), &closed));
    std::thread::scope(|scope| {
        while STOPS.load(SeqCst) == 0 {
            let Ok((client, _)) = listener.accept() else {
                continue;
            };
            changes(1);
            let end = end.as_raw_fd();
            scope.spawn(move || {
                let _ = converse(&client, end);
                drop(client);
                changes(-1);
            });
        }
        drop(listener);
        let _ = closing.send(());
        // The line that it is ending comes first.
        let _ = io::copy(&mut &end, &mut io::sink());
    });
    println!("모두 보냈습니다");
    exit(0);
}
