//! Right: every letter leaves on a freshly cloned handle of one socket, its words are a Cow, and stdout is written unbuffered with CR LF.

use socket2::{Domain, Protocol, Socket, Type};
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Write};
use std::net::{SocketAddr, UdpSocket};
use std::os::fd::AsFd;
use std::process::ExitCode;

const MOST: usize = 65_507;

fn letter(line: &str) -> Cow<'_, [u8]> {
    match line.split_at_checked(1).map(|(mark, number)| (mark, number.parse())) {
        Some(("#", Ok(count))) => Cow::Owned(vec![b'x'; count]),
        _ => Cow::Borrowed(line.as_bytes()),
    }
}

fn post(socket: &Socket, letter: &[u8], to: SocketAddr) -> io::Result<usize> {
    UdpSocket::from(socket.try_clone()?).send_to(letter, to)
}

fn receipt(letter: &[u8], posted: io::Result<usize>) -> String {
    match posted {
        Ok(count) => format!("보냈습니다: {count}바이트\r\n"),
        Err(_) if letter.len() > MOST => format!(
            "보내지 못했습니다: {}바이트는 데이터그램 하나에 담을 수 없습니다\r\n",
            letter.len()
        ),
        Err(error) => format!("보내지 못했습니다: {error}\r\n"),
    }
}

fn run() -> io::Result<()> {
    let text = std::env::args().nth(1);
    let text = text.as_deref().unwrap_or("127.0.0.1:12345");
    let Ok(to) = text.parse::<SocketAddr>() else {
        return Err(io::Error::other(format!("{text}은(는) 주소가 아닙니다")));
    };
    let socket = Socket::new(Domain::for_address(to), Type::DGRAM, Some(Protocol::UDP))?;
    let mut screen = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    screen.write_all("보낼 줄을 치세요. #1000은 1000바이트입니다.\r\n".as_bytes())?;
    let mut line = String::new();
    while io::stdin().read_line(&mut line)? > 0 {
        let whole = line.strip_suffix('\n').map_or(line.as_str(), |cut| {
            cut.strip_suffix('\r').unwrap_or(cut)
        });
        let letter = letter(whole);
        let posted = post(&socket, &letter, to);
        screen.write_all(receipt(&letter, posted).as_bytes())?;
        line.clear();
    }
    Ok(())
}

fn main() -> ExitCode {
    let Err(error) = run() else {
        return ExitCode::SUCCESS;
    };
    eprintln!("오류: {error}");
    ExitCode::FAILURE
}
