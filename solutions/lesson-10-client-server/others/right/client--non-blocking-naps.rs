//! Right: writes, then makes the socket non-blocking and looks for the newline every 2 ms with a buffer of three bytes, for ten seconds at most; own Result type, status 61.
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::process::ExitCode;
use std::thread::sleep;
use std::time::{Duration, Instant};

#[derive(Debug)]
enum Why {
    Io(std::io::Error),
    CutOff(usize),
    NoText(std::string::FromUtf8Error),
    TooSlow,
}
impl From<std::io::Error> for Why {
    fn from(error: std::io::Error) -> Self {
        Why::Io(error)
    }
}

fn ask(address: &str, message: &str) -> Result<String, Why> {
    let mut server = TcpStream::connect(address)?;
    server.write_all(message.as_bytes())?;
    server.write_all(b"\n")?;
    server.set_nonblocking(true)?;
    let began = Instant::now();
    let (mut reply, mut three) = (Vec::new(), [0; 3]);
    while began.elapsed() < Duration::from_secs(10) {
        match server.read(&mut three) {
            Ok(0) => return Err(Why::CutOff(reply.len())),
            Ok(count) => {
                let piece = &three[..count];
                if let Some(end) = piece.iter().position(|&byte| byte == b'\n') {
                    reply.extend(&piece[..end]);
                    return String::from_utf8(reply).map_err(Why::NoText);
                }
                reply.extend(piece);
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => sleep(Duration::from_millis(2)),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Why::TooSlow)
}

fn main() -> ExitCode {
    let given: Vec<_> = std::env::args().collect();
    let or = |at: usize, default: &'static str| given.get(at).cloned().unwrap_or(default.to_owned());
    let (address, message) = (or(1, "127.0.0.1:12345"), or(2, "저 왔어요."));
    ask(&address, &message).map_or_else(
        |why| {
            eprintln!("{address} → {why:?}");
            ExitCode::from(61)
        },
        |reply| {
            println!("서버의 답: {reply}");
            ExitCode::SUCCESS
        },
    )
}
