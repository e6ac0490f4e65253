//! Right: one BufReader and one BufWriter for the whole connection, fill_buf to see the end, an enum for how it ended.
use std::fmt;
use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};

enum Ended {
    Finished,
    HalfWay,
    BrokenOff,
    TooLong(u32),
    Other(io::Error),
}

impl From<io::Error> for Ended {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::UnexpectedEof => Self::HalfWay,
            ErrorKind::ConnectionReset => Self::BrokenOff,
            _ => Self::Other(error),
        }
    }
}

impl fmt::Display for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Finished => f.write_str("손님이 끝냈습니다"),
            Self::HalfWay => f.write_str("메시지가 중간에 끝났습니다"),
            Self::BrokenOff => f.write_str("손님이 끊었습니다 (RST)"),
            Self::TooLong(length) => write!(f, "너무 깁니다: {length}바이트"),
            Self::Other(error) => write!(f, "오류: {error}"),
        }
    }
}

fn serve(client: &TcpStream) -> Result<std::convert::Infallible, Ended> {
    let (mut reader, mut writer) = (BufReader::new(client), BufWriter::new(client));
    let mut body = "반갑습니다".as_bytes().to_vec();
    loop {
        writer.write_all(&u32::try_from(body.len()).unwrap_or(u32::MAX).to_be_bytes())?;
        writer.write_all(&body)?;
        writer.flush()?;
        if reader.fill_buf()?.is_empty() {
            return Err(Ended::Finished);
        }
        let mut header = [0; 4];
        reader.read_exact(&mut header)?;
        let length = u32::from_be_bytes(header);
        println!("{length}바이트짜리 메시지가 옵니다");
        if length > 65_536 {
            return Err(Ended::TooLong(length));
        }
        body.clear();
        let count = reader.by_ref().take(length.into()).read_to_end(&mut body)?;
        if count < length as usize {
            return Err(Ended::HalfWay);
        }
    }
}

fn main() -> io::Result<()> {
    let address = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    let listener = TcpListener::bind(address)?;
    println!("서버가 시작되었습니다: {} (Enter로 끝냅니다)", listener.local_addr()?);
    std::thread::spawn(|| {
        if let Some(Ok(_)) = io::stdin().lines().next() {
            std::process::exit(0);
        }
    });
    for client in listener.incoming() {
        let client = client?;
        let Err(ended) = serve(&client);
        drop(client);
        println!("{ended}");
    }
    Ok(())
}
