//! Right: an unbound socket from socket2 becomes std's UdpSocket through an OwnedFd; lines are cut from raw bytes; CR LF on stdout.

use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, BufRead, Write};
use std::net::{SocketAddr, UdpSocket};
use std::os::fd::OwnedFd;
use std::process::ExitCode;

enum Line {
    Words(Vec<u8>),
    Many(usize),
}

impl From<Vec<u8>> for Line {
    fn from(mut line: Vec<u8>) -> Self {
        if line.pop_if(|last| *last == b'\n').is_some() {
            line.pop_if(|last| *last == b'\r');
        }
        let count = line.strip_prefix(b"#").and_then(|digits| std::str::from_utf8(digits).ok()?.parse().ok());
        count.map_or(Line::Words(line), Line::Many)
    }
}

impl Line {
    fn datagram(self) -> io::Result<Vec<u8>> {
        match self {
            Line::Many(count) => Ok(std::iter::repeat_n(b'x', count).collect()),
            Line::Words(words) => String::from_utf8(words)
                .map(String::into_bytes)
                .map_err(|_| io::Error::other("stdin did not contain valid UTF-8")),
        }
    }
}

fn socket_for(address: SocketAddr) -> io::Result<UdpSocket> {
    let domain = match address {
        SocketAddr::V4(_) => Domain::IPV4,
        SocketAddr::V6(_) => Domain::IPV6,
    };
    Socket::new(domain, Type::DGRAM, Some(Protocol::UDP)).map(OwnedFd::from).map(UdpSocket::from)
}

fn post(socket: &UdpSocket, datagram: &[u8], address: SocketAddr) -> String {
    loop {
        return match socket.send_to(datagram, address) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Ok(count) => format!("보냈습니다: {count}바이트"),
            Err(_) if datagram.len() > 65_507 => {
                format!("보내지 못했습니다: {}바이트는 데이터그램 하나에 담을 수 없습니다", datagram.len())
            }
            Err(error) => format!("보내지 못했습니다: {error}"),
        };
    }
}

fn run() -> io::Result<()> {
    let place = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:12345".to_owned());
    let address = place.parse().map_err(|_| io::Error::other(format!("{place}은(는) 주소가 아닙니다")))?;
    let socket = socket_for(address)?;
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    let mut say = |line: String| output.write_all((line + "\r\n").as_bytes()).and_then(|()| output.flush());
    say("보낼 줄을 치세요. #1000은 1000바이트입니다.".to_owned())?;
    loop {
        let mut line = Vec::new();
        if input.read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        say(post(&socket, &Line::from(line).datagram()?, address))?;
    }
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("오류: {error}");
            ExitCode::FAILURE
        }
    }
}
