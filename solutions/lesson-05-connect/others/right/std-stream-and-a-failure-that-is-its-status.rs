//! Right: std's connect_timeout on a hand-parsed address; a repr(u8) enum is error, sentence and exit status in one.
use std::fmt;
use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv6Addr, SocketAddr, TcpStream, ToSocketAddrs};
use std::process::exit;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_millis(500);

#[derive(Clone, Copy)]
#[repr(u8)]
enum Status {
    Else = 1,
    Form = 10,
    Host = 11,
    Refused = 12,
    Silence = 13,
}

struct Sorry {
    status: Status,
    about: String,
    detail: Option<io::Error>,
}

impl fmt::Display for Sorry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.about)?;
        f.write_str(match self.status {
            Status::Form => ": 호스트:포트로 써 주세요",
            Status::Host => ": 호스트를 찾지 못했습니다",
            Status::Refused => ": 거기서는 아무도 듣지 않습니다",
            Status::Silence => ": 답이 오지 않습니다",
            Status::Else => ": 연결할 수 없습니다",
        })?;
        match &self.detail {
            Some(error) => write!(f, " ({error})"),
            None => Ok(()),
        }
    }
}

impl From<(SocketAddr, io::Error)> for Sorry {
    fn from((address, error): (SocketAddr, io::Error)) -> Self {
        let status = match error.kind() {
            ErrorKind::ConnectionRefused => Status::Refused,
            ErrorKind::TimedOut => Status::Silence,
            _ => Status::Else,
        };
        Self { status, about: address.to_string(), detail: Some(error) }
    }
}

/// The text, taken apart by its shape.
fn address(text: &str) -> Result<SocketAddr, Sorry> {
    let sorry = |status| Sorry { status, about: text.to_owned(), detail: None };
    let (host, port) = match text.strip_prefix('[') {
        Some(rest) => rest.split_once("]:").ok_or_else(|| sorry(Status::Form))?,
        None => text.rsplit_once(':').ok_or_else(|| sorry(Status::Form))?,
    };
    let port = port.parse::<u16>().map_err(|_| sorry(Status::Form))?;
    if text.starts_with('[') {
        // What stands in brackets is a numeric IPv6 address, perhaps with a zone.
        if let Ok(ip) = host.parse::<Ipv6Addr>() {
            return Ok((IpAddr::V6(ip), port).into());
        }
    }
    let mut found = (host, port).to_socket_addrs().map_err(|_| sorry(Status::Host))?;
    found.next().ok_or_else(|| sorry(Status::Host))
}

fn conversation(text: &str) -> Result<[String; 2], Sorry> {
    let there = address(text)?;
    let stream = TcpStream::connect_timeout(&there, PATIENCE).map_err(|error| (there, error))?;
    let own = stream.local_addr().map_err(|error| (there, error))?;
    let peer = stream.peer_addr().map_err(|error| (there, error))?;
    Ok(["연결되었습니다.".to_owned(), format!("내 쪽 {own}, 상대 쪽 {peer}")])
}

fn main() {
    let text = std::env::args().nth(1);
    match conversation(text.as_deref().unwrap_or("127.0.0.1:12345")) {
        Ok(lines) => lines.iter().for_each(|line| println!("{line}")),
        Err(sorry) => {
            eprintln!("오류: {sorry}");
            exit(sorry.status as u8 as i32)
        }
    }
}
