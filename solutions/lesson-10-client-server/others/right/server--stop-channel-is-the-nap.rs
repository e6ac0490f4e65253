//! Right: the listener never waits; main naps by recv_timeout on the channel over which stop arrives, so a stop cuts the nap short.
use std::io::{self, BufRead, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::ExitCode;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, TryRecvError};
use std::thread;
use std::time::{Duration, Instant};

const LIMIT: usize = 1024;
const NAP: Duration = Duration::from_millis(15);

enum Loss {
    Unreadable,
    Wordless,
    Late,
    Broken,
}

impl Loss {
    fn why(&self) -> &'static str {
        match self {
            Self::Unreadable => "읽을 수 없는 메시지",
            Self::Wordless => "아무 말 없이 떠남",
            Self::Late => "시간이 다 됨",
            Self::Broken => "연결이 끊김",
        }
    }
}

impl From<io::Error> for Loss {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::WouldBlock | ErrorKind::TimedOut => Self::Late,
            _ => Self::Broken,
        }
    }
}

struct Guest {
    stream: TcpStream,
    deadline: Instant,
}

impl Read for Guest {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let left = self.deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(ErrorKind::TimedOut.into());
            }
            self.stream.set_read_timeout(Some(left))?;
            match self.stream.read(buffer) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                outcome => return outcome,
            }
        }
    }
}

impl Guest {
    fn message(&mut self) -> Result<String, Loss> {
        let mut heard = Vec::new();
        let mut piece = [0; 100];
        let end = loop {
            match self.read(&mut piece)? {
                0 if heard.is_empty() => return Err(Loss::Wordless),
                0 => break heard.len(),
                count => heard.extend_from_slice(&piece[..count]),
            }
            if heard.len() > LIMIT {
                return Err(Loss::Unreadable);
            }
            if let Some(at) = heard.iter().position(|byte| *byte == b'\n') {
                break at;
            }
        };
        heard.truncate(end);
        let text = String::from_utf8(heard).map_err(|_| Loss::Unreadable)?;
        Ok(text.trim_end().to_owned())
    }

    fn serve(mut self, number: u64) -> Result<String, Loss> {
        let message = self.message()?;
        self.stream.write_all(format!("{number}번째 손님, 반갑습니다.\n").as_bytes())?;
        let _ = self.stream.shutdown(Shutdown::Write);
        let _ = io::copy(&mut self, &mut io::sink());
        Ok(message)
    }
}

fn told_to_stop() -> io::Result<Receiver<()>> {
    let (by_signal, stop) = mpsc::channel();
    let by_line = by_signal.clone();
    ctrlc::set_handler(move || by_signal.send(()).unwrap_or(())).map_err(io::Error::other)?;
    thread::spawn(move || {
        for line in io::stdin().lock().lines() {
            match line {
                Ok(line) if line.trim() == "stop" => return by_line.send(()).unwrap_or(()),
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::InvalidData => {}
                Err(_) => return,
            }
        }
    });
    Ok(stop)
}

fn run(address: &str, patience: Duration) -> io::Result<()> {
    let door = TcpListener::bind(address)?;
    door.set_nonblocking(true)?;
    let stop = told_to_stop()?;
    println!("서버가 시작되었습니다: {} (stop이나 Ctrl-C로 끝냅니다)", door.local_addr()?);
    let mut number = 0;
    while matches!(stop.try_recv(), Err(TryRecvError::Empty)) {
        match door.accept() {
            Ok((stream, _)) => {
                let deadline = Instant::now() + patience;
                number += 1;
                let outcome = match stream.set_nonblocking(false) {
                    Ok(()) => Guest { stream, deadline }.serve(number),
                    Err(error) => Err(error.into()),
                };
                match outcome {
                    Ok(message) => println!("{number}번째 손님: {message}"),
                    Err(loss) => println!("{number}번째 손님을 놓쳤습니다: {}", loss.why()),
                }
                continue;
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Err(error) => eprintln!("손님을 받지 못했습니다: {error}"),
        }
        if stop.recv_timeout(NAP) != Err(RecvTimeoutError::Timeout) {
            break;
        }
    }
    println!("서버를 마칩니다. 손님 {number}명");
    Ok(())
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let address = arguments.get(1).map_or("127.0.0.1:12345", String::as_str);
    let patience = arguments.get(2).and_then(|text| text.parse().ok()).unwrap_or(5000);
    match run(address, Duration::from_millis(patience)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("오류: {address}: {error}");
            ExitCode::FAILURE
        }
    }
}
