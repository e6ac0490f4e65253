//! Right: a non-blocking socket with naps of 1 ms; the four waits are computed as a table beforehand; a reply is known by its bytes, before it is made text; CR LF on stdout.
use std::error::Error;
use std::io::{self, BufRead, ErrorKind, Write};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs, UdpSocket};
use std::thread::sleep;
use std::time::{Duration, Instant};

fn text_of<'d>(prefix: &[u8], datagram: &'d [u8]) -> Option<&'d str> {
    std::str::from_utf8(datagram.strip_prefix(prefix)?).ok()
}

fn hear(socket: &UdpSocket, server: SocketAddr, prefix: &[u8], buffer: &mut [u8], until: Instant) -> io::Result<Option<String>> {
    loop {
        match socket.recv_from(buffer) {
            Ok((count, from)) if from == server => {
                if let Some(text) = text_of(prefix, &buffer[..count]) {
                    return Ok(Some(text.to_owned()));
                }
            }
            Ok(_stranger) => {}
            Err(error) => match error.kind() {
                ErrorKind::WouldBlock => sleep(Duration::from_millis(1)),
                ErrorKind::Interrupted | ErrorKind::ConnectionReset | ErrorKind::ConnectionRefused => {}
                _ => return Err(error),
            },
        }
        if Instant::now() >= until {
            return Ok(None);
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut given = std::env::args().skip(1);
    let server = given.next().unwrap_or("127.0.0.1:12345".into()).to_socket_addrs()?.next().ok_or("no address")?;
    let first: u64 = given.next().and_then(|text| text.parse().ok()).unwrap_or(500);
    let waits: [Duration; 4] = std::array::from_fn(|n| Duration::from_millis(first << n));
    let socket = match server {
        SocketAddr::V4(_) => UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)),
        SocketAddr::V6(_) => UdpSocket::bind((Ipv6Addr::UNSPECIFIED, 0)),
    }?;
    socket.set_nonblocking(true)?;
    let mut buffer = vec![0; 1 << 17];
    let mut number = 0u64;
    for line in io::stdin().lock().lines() {
        number += 1;
        let prefix = format!("{number} ").into_bytes();
        let request = [prefix.as_slice(), line?.as_bytes()].concat();
        let mut reply = None;
        for wait in waits {
            while let Err(error) = socket.send_to(&request, server) {
                match error.kind() {
                    ErrorKind::WouldBlock => sleep(Duration::from_millis(1)),
                    ErrorKind::Interrupted => {}
                    _ => return Err(error.into()),
                }
            }
            reply = hear(&socket, server, &prefix, &mut buffer, Instant::now() + wait)?;
            if reply.is_some() {
                break;
            }
        }
        let mut out = io::stdout().lock();
        match reply {
            Some(text) => write!(out, "메아리: {text}\r\n")?,
            None => write!(out, "{number}번 요청을 포기했습니다\r\n")?,
        }
        out.flush()?;
    }
    Ok(())
}
