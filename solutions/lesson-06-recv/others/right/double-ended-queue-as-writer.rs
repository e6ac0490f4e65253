//! Right: io::copy into a VecDeque, whose two halves are then decoded chunk by chunk (utf8_chunks) over a contiguous view.
use socket2::{Domain, Protocol, Socket, Type};
use std::collections::VecDeque;
use std::fmt::Write as _;
use std::io;
use std::net::{SocketAddr, TcpListener};

enum Fate {
    Said(String),
    Broken { valid: usize },
    Reset,
    Failed(io::Error),
}

impl Fate {
    fn of(outcome: io::Result<u64>, bytes: &mut VecDeque<u8>) -> Self {
        match outcome {
            Err(error) if error.kind() == io::ErrorKind::ConnectionReset => return Self::Reset,
            Err(error) => return Self::Failed(error),
            Ok(_) => {}
        }
        let mut text = String::new();
        for chunk in bytes.make_contiguous().utf8_chunks() {
            text += chunk.valid();
            if !chunk.invalid().is_empty() {
                return Self::Broken { valid: text.len() };
            }
        }
        Self::Said(text)
    }
}

fn report(count: usize, fate: Fate) -> String {
    let mut lines = String::new();
    let _ = writeln!(lines, "받은 바이트: {count}");
    let _ = match fate {
        Fate::Said(text) => writeln!(lines, "메시지: {text}"),
        Fate::Broken { valid } => writeln!(lines, "UTF-8이 아닙니다: {valid}바이트까지만 글자입니다"),
        Fate::Reset => writeln!(lines, "상대가 연결을 끊었습니다 (RST)"),
        Fate::Failed(error) => writeln!(lines, "상대에게서 받다가 오류: {error}"),
    };
    lines
}

fn run() -> Result<(), io::Error> {
    let text = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".to_owned());
    let address = text.parse::<SocketAddr>()
        .map_err(|wrong| io::Error::other(format!("{text}: {wrong}")))?;
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    socket.set_reuse_address(cfg!(unix))?;
    socket.bind(&address.into())?;
    socket.listen(16)?;
    let door: TcpListener = socket.into();
    println!("서버가 시작되었습니다: {}", door.local_addr()?);
    for client in door.incoming() {
        let mut bytes = VecDeque::with_capacity(3);
        let outcome = io::copy(&mut client?, &mut bytes);
        let count = bytes.len();
        print!("{}", report(count, Fate::of(outcome, &mut bytes)));
    }
    Ok(())
}

fn main() {
    if let Err(error) = run() {
        eprintln!("오류: {error}");
        std::process::exit(1);
    }
}
