//! Right: the client's socket does not wait; a machine of phases naps 1 ms when nothing comes, and counts the silence itself; the keyboard is looked at in main, the clients in a thread; CR LF.
use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr};
use std::process::ExitCode;
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

enum Phase {
    Asking(usize),
    Answering(Vec<u8>, usize),
    Parting,
}

fn patient<T>(mut call: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    let until = Instant::now() + Duration::from_secs(10);
    loop {
        match call() {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                if Instant::now() > until {
                    return Err(ErrorKind::TimedOut.into());
                }
                thread::sleep(Duration::from_millis(1));
            }
            other => return other,
        }
    }
}

fn visit(mut client: Socket) -> io::Result<()> {
    client.set_nonblocking(true)?;
    let mut buffer = vec![0; 1 << 20];
    let mut phase = Phase::Asking(0);
    loop {
        phase = match phase {
            Phase::Asking(so_far) => match patient(|| client.read(&mut buffer[..1025 - so_far]))? {
                0 => Phase::Answering(format!("{so_far}바이트를 받았습니다\n").into_bytes(), 0),
                n if so_far + n > 1024 => Phase::Answering("너무 깁니다\n".into(), 0),
                n => Phase::Asking(so_far + n),
            },
            Phase::Answering(reply, sent) if sent < reply.len() => {
                let count = patient(|| client.send(&reply[sent..]))?;
                Phase::Answering(reply, sent + count)
            }
            Phase::Answering(..) => {
                client.shutdown(Shutdown::Write)?;
                say("할 말을 다 했습니다.");
                Phase::Parting
            }
            Phase::Parting => match patient(|| client.read(&mut buffer))? {
                0 => return Ok(()),
                _ => Phase::Parting,
            },
        }
    }
}

fn say(line: &str) {
    let mut out = io::stdout().lock();
    let _ = write!(out, "{line}\r\n").and_then(|()| out.flush());
}

fn serve(listener: Socket) -> io::Error {
    loop {
        let client = match listener.accept() {
            Ok((client, _)) => client,
            Err(error) => return error,
        };
        match visit(client) {
            Ok(()) => say("손님이 닫았습니다 (FIN)"),
            Err(error) if error.kind() == ErrorKind::ConnectionReset => say("손님이 끊었습니다 (RST)"),
            Err(error) => say(&format!("오류로 끝남: {error}")),
        }
    }
}

fn begin(ended: Sender<Option<io::Error>>) -> io::Result<()> {
    let text = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    let address: SocketAddr = text.parse().map_err(|_| io::Error::other(format!("{text} is no address")))?;
    let listener = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    #[cfg(unix)]
    listener.set_reuse_address(true)?;
    listener.bind(&address.into())?;
    listener.listen(128)?;
    let bound = listener.local_addr()?.as_socket().unwrap_or(address);
    say(&format!("서버가 시작되었습니다: {bound} (Enter로 끝냅니다)"));
    let on_enter = ended.clone();
    thread::spawn(move || ended.send(Some(serve(listener))));
    thread::spawn(move || {
        let mut byte = [0];
        while io::stdin().read(&mut byte).unwrap_or(0) == 1 {
            if byte[0] == b'\n' {
                let _ = on_enter.send(None);
            }
        }
    });
    Ok(())
}

fn main() -> ExitCode {
    let (ended, end) = channel();
    let why = begin(ended).map_or_else(Some, |()| end.recv().unwrap_or(None));
    match why {
        None => ExitCode::SUCCESS,
        Some(error) => {
            eprintln!("stopped: {error}");
            ExitCode::from(8)
        }
    }
}
