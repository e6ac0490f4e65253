//! A connection with as little room as there can be: what is sent to a peer that does not read
//! soon has to wait, though it is far less than the kernel's buffers take otherwise.

#[cfg(target_os = "linux")]
use crate::socket_option;
use socket2::{Domain, Socket, Type};
use std::io::{self, ErrorKind, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::ops::RangeInclusive;
use std::thread;
use std::time::{Duration, Instant};

/// Bytes that a program may count on to be taken from it, and bytes that are too many, if what it
/// sends at a time is a few hundred or a thousand.
const ROOM: RangeInclusive<usize> = 35_000..=50_000;

/// As much is sent at a time to see how much room there is.
const PIECE: [u8; 208] = [b'x'; 208];

/// In bytes: what every host has to be able to take (RFC 9293, section 3.7.1). With a shorter one
/// all is much slower once it is read, with a longer one there is more room.
#[cfg(target_os = "linux")]
const SEGMENT: libc::c_int = 536;

/// The room grows with each acknowledgement, which may be 40 ms late (RFC 1122, section
/// 4.2.3.2); then whatever still moves has moved.
const SETTLED: Duration = Duration::from_millis(100);

/// Small segments make a small send buffer at the other end (`tcp_sndbuf_expand`), and a small
/// receive buffer a small window (`man 7 socket`, SO_RCVBUF; `man 7 tcp`, TCP_MAXSEG).
pub(crate) fn connect(remote: SocketAddr, limit: Duration) -> io::Result<TcpStream> {
    let socket = Socket::new(Domain::for_address(remote), Type::STREAM, None)?;
    socket.set_recv_buffer_size(1)?;
    #[cfg(target_os = "linux")]
    socket_option::set(&socket, libc::IPPROTO_TCP, libc::TCP_MAXSEG, SEGMENT)?;
    socket.connect_timeout(&remote.into(), limit)?;
    Ok(socket.into())
}

/// A busy machine may seem to have less.
const TRIES: usize = 3;

/// Is there as much room as was measured, and no more?
pub(crate) fn is_known() -> bool {
    let as_measured = |_| room().is_ok_and(|room| ROOM.contains(&room));
    cfg!(target_os = "linux") && (0..TRIES).any(as_measured)
}

/// How many bytes are taken that nobody reads.
fn room() -> io::Result<usize> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let _reader = connect(listener.local_addr()?, SETTLED)?;
    let (mut writer, _) = listener.accept()?;
    writer.set_nonblocking(true)?;
    let (mut taken, mut since) = (0, Instant::now());
    while since.elapsed() < SETTLED && taken <= *ROOM.end() {
        match writer.write(&PIECE) {
            Ok(count) => (taken, since) = (taken + count, Instant::now()),
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                thread::sleep(Duration::from_millis(1));
            }
            Err(error) => return Err(error),
        }
    }
    Ok(taken)
}

#[cfg(test)]
mod tests {
    #[cfg(target_os = "linux")]
    #[test]
    fn there_is_little_room() {
        let room = super::room().unwrap();
        assert!(room < 200_000, "{room}");
    }
}
