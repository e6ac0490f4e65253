//! Right: the sockets live in a BTreeMap and stdout is a File that gets one byte per write, with CR LF line ends.

use socket2::{Domain, Protocol, Socket, Type};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Write};
use std::net::SocketAddr;
use std::os::fd::AsFd;
use std::process::ExitCode;

/// Writes every single byte by a system call of its own.
struct Drop1(File);

impl Drop1 {
    fn line(&mut self, text: &str) -> io::Result<()> {
        for byte in text.bytes().chain(*b"\r\n") {
            self.0.write_all(&[byte])?;
        }
        Ok(())
    }
}

fn enter() -> io::Result<()> {
    let mut file = File::from(io::stdin().as_fd().try_clone_to_owned()?);
    let mut one = [0; 1];
    loop {
        match file.read(&mut one) {
            Ok(0) => return Ok(()),
            Ok(_) if one[0] == b'\n' => return Ok(()),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

fn ends(socket: &Socket) -> String {
    let mut parts = Vec::new();
    for (name, asked) in [("내 쪽", socket.local_addr()), ("상대 쪽", socket.peer_addr())] {
        let shown = match asked.map(|address| address.as_socket()) {
            Ok(Some(address)) if address.port() > 0 => address.to_string(),
            _ => "없음".into(),
        };
        parts.push(format!("{name} {shown}"));
    }
    parts.join(", ")
}

fn work() -> Result<(), Box<dyn std::error::Error>> {
    let text = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    let address: SocketAddr = text.parse().map_err(|_| format!("not an address: {text}"))?;
    let mut out = Drop1(File::from(io::stdout().as_fd().try_clone_to_owned()?));
    let mut held = BTreeMap::new();
    for (number, (name, kind, protocol)) in
        [("TCP", Type::STREAM, Protocol::TCP), ("UDP", Type::DGRAM, Protocol::UDP)].into_iter().enumerate()
    {
        held.insert(name, Socket::new(Domain::IPV4, kind, Some(protocol))?);
        out.line(&format!("{}. {name} 소켓을 만들었습니다. (Enter)", number + 1))?;
        enter()?;
    }
    let mut kinds = Vec::new();
    for socket in held.values() {
        kinds.push(match socket.r#type()? {
            kind if kind == Type::STREAM => "SOCK_STREAM",
            kind if kind == Type::DGRAM => "SOCK_DGRAM",
            other => return Err(format!("unknown type {other:?}").into()),
        });
    }
    out.line(&format!("3. 종류: {}", kinds.join(", ")))?;
    let udp = &held["UDP"];
    out.line(&format!("4. connect 전: {}", ends(udp)))?;
    udp.connect(&address.into())?;
    out.line(&format!("   connect 후: {}", ends(udp)))?;
    Ok(())
}

fn main() -> ExitCode {
    work().map_or_else(
        |error| {
            eprintln!("오류: {error}");
            ExitCode::FAILURE
        },
        |()| ExitCode::SUCCESS,
    )
}
