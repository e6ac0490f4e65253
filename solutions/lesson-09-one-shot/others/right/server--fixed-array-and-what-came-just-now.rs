//! Right: one fixed array of LIMIT bytes; only the bytes that came just now are searched; the listener lives in a block.
use std::fmt;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::ExitCode;
use std::time::Duration;

const LIMIT: usize = 1024;
const PATIENCE: Duration = Duration::from_secs(10);

enum Wrong {
    Io(io::Error),
    TooLong,
    NoText(std::str::Utf8Error),
}

impl From<io::Error> for Wrong {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => error.fmt(f),
            Self::TooLong => write!(f, "{LIMIT}바이트 안에 끝나지 않는 메시지입니다"),
            Self::NoText(error) => write!(f, "글이 아닌 메시지입니다: {error}"),
        }
    }
}

fn again(client: &mut impl Read, room: &mut [u8]) -> io::Result<usize> {
    loop {
        match client.read(room) {
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            outcome => return outcome,
        }
    }
}

/// Where the message ends, newline not included.
fn fill(client: &mut TcpStream, array: &mut [u8; LIMIT]) -> Result<usize, Wrong> {
    let mut filled = 0;
    while filled < LIMIT {
        let count = again(client, &mut array[filled..])?;
        if count == 0 {
            return Ok(filled);
        }
        let news = &array[filled..filled + count];
        if let Some(at) = news.iter().position(|&byte| byte == b'\n') {
            return Ok(filled + at);
        }
        filled += count;
    }
    Err(Wrong::TooLong)
}

fn run(address: &str) -> Result<(), Wrong> {
    let (mut client, from) = {
        let door = TcpListener::bind(address)?;
        println!("서버가 시작되었습니다: {}", door.local_addr()?);
        door.accept()?
    };
    println!("손님이 왔습니다: {from}");
    client.set_read_timeout(Some(PATIENCE))?;
    let mut array = [b'\n'; LIMIT];
    let end = fill(&mut client, &mut array)?;
    let text = std::str::from_utf8(&array[..end]).map_err(Wrong::NoText)?;
    println!("받은 메시지: {}", text.trim_end());
    client.write_all("네, 잘 들었습니다.\n".as_bytes())?;
    client.shutdown(Shutdown::Write)?;
    while again(&mut client, &mut array)? > 0 {}
    Ok(())
}

fn main() -> ExitCode {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:12345".to_owned());
    let Err(wrong) = run(&address) else {
        return ExitCode::SUCCESS;
    };
    eprintln!("오류: {address}: {wrong}");
    ExitCode::FAILURE
}
