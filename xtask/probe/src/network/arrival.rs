//! What is taken from a socket, with the moment in which it arrived: on Linux the kernel's
//! own (`SO_TIMESTAMPNS`, `man 7 socket`), which does not depend on when the check is woken;
//! elsewhere, of a datagram, the moment in which it was taken.

use crate::judge::moment::Clock;
use std::net::SocketAddr;
use std::time::Instant;

/// A datagram that came.
pub(crate) struct Arrived {
    pub(crate) bytes: Vec<u8>,
    pub(crate) from: SocketAddr,
    /// There was more of it than there was room.
    pub(crate) cut: bool,
    pub(crate) at: Instant,
}

/// Whose clock tells when a datagram arrived.
pub(crate) const CLOCK: Clock = if cfg!(target_os = "linux") {
    Clock::Kernel
} else {
    Clock::Own
};

#[cfg(target_os = "linux")]
pub(crate) use linux::{read, take, timestamp};
#[cfg(not(target_os = "linux"))]
pub(crate) use portable::{read, take, timestamp};

#[cfg(target_os = "linux")]
mod linux {
    use super::Arrived;
    use nix::sys::socket::{
        ControlMessageOwned, MsgFlags, RecvMsg, SockaddrStorage, recvmsg, setsockopt, sockopt,
    };
    use std::io::{self, ErrorKind, IoSliceMut};
    use std::net::{SocketAddr, TcpStream, UdpSocket};
    use std::os::fd::{AsFd, AsRawFd};
    use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

    /// From here on the kernel notes when something arrives at `socket`, and at the
    /// connections that it accepts if it listens.
    pub(crate) fn timestamp(socket: &impl AsFd) -> io::Result<()> {
        Ok(setsockopt(socket, sockopt::ReceiveTimestampns, &true)?)
    }

    /// One recvmsg(2) on a stream: how many bytes, and when the last of them arrived. Of what
    /// came before the kernel began to note that, it is not known.
    pub(crate) fn read(
        stream: &TcpStream,
        buffer: &mut [u8],
    ) -> io::Result<(usize, Option<Instant>)> {
        let mut parts = [IoSliceMut::new(buffer)];
        let mut control = nix::cmsg_space!(nix::sys::time::TimeSpec);
        let message = recvmsg::<()>(
            stream.as_raw_fd(),
            &mut parts,
            Some(&mut control),
            MsgFlags::empty(),
        )?;
        Ok((message.bytes, stamp(&message)?.map(on_the_check_s_clock)))
    }

    fn stamp<S>(message: &RecvMsg<'_, '_, S>) -> io::Result<Option<Duration>> {
        Ok(message.cmsgs()?.find_map(|told| match told {
            ControlMessageOwned::ScmTimestampns(stamp) => Some(Duration::from(stamp)),
            _ => None,
        }))
    }

    /// One recvmsg(2): as much of a datagram as there is `room` for.
    pub(crate) fn take(socket: &UdpSocket, room: usize) -> io::Result<Arrived> {
        let mut buffer = vec![0; room];
        let mut parts = [IoSliceMut::new(&mut buffer)];
        let mut control = nix::cmsg_space!(nix::sys::time::TimeSpec);
        let descriptor = socket.as_raw_fd();
        let message = recvmsg::<SockaddrStorage>(
            descriptor,
            &mut parts,
            Some(&mut control),
            MsgFlags::empty(),
        )?;
        let (count, cut) = (message.bytes, message.flags.contains(MsgFlags::MSG_TRUNC));
        let from = message.address.as_ref().and_then(address);
        let from = from.ok_or(ErrorKind::InvalidData)?;
        let stamp = stamp(&message)?;
        buffer.truncate(count);
        Ok(Arrived {
            bytes: buffer,
            from,
            cut,
            at: stamp.map_or_else(Instant::now, on_the_check_s_clock),
        })
    }

    fn address(told: &SockaddrStorage) -> Option<SocketAddr> {
        let v4 = told
            .as_sockaddr_in()
            .map(|own| SocketAddr::V4((*own).into()));
        v4.or_else(|| {
            told.as_sockaddr_in6()
                .map(|own| SocketAddr::V6((*own).into()))
        })
    }

    /// The kernel's stamps are those of the clock that people set (CLOCK_REALTIME); how
    /// long ago it was is the same on both. Of a few looks at both clocks the one counts
    /// that was interrupted least.
    fn on_the_check_s_clock(stamp: Duration) -> Instant {
        let looks = (0..5).map(|_| {
            let (before, other) = (Instant::now(), SystemTime::now());
            (before.elapsed(), before, other)
        });
        let (_, now, other) = looks.min().unwrap_or_else(|| {
            let now = Instant::now();
            (Duration::ZERO, now, SystemTime::now())
        });
        let ago = other.duration_since(UNIX_EPOCH + stamp);
        now.checked_sub(ago.unwrap_or_default()).unwrap_or(now)
    }
}

/// What every system has.
#[cfg(not(target_os = "linux"))]
mod portable {
    use super::Arrived;
    use socket2::{MaybeUninitSlice, SockRef};
    use std::io::{self, ErrorKind, Read};
    use std::mem::MaybeUninit;
    use std::net::{TcpStream, UdpSocket};
    use std::time::Instant;

    /// Nothing is noted.
    pub(crate) fn timestamp<S>(_socket: &S) -> io::Result<()> {
        Ok(())
    }

    /// When it arrived is not known.
    pub(crate) fn read(
        mut stream: &TcpStream,
        buffer: &mut [u8],
    ) -> io::Result<(usize, Option<Instant>)> {
        Ok((stream.read(buffer)?, None))
    }

    /// As recvmsg(2), which tells whether it has cut; socket2 makes the same of the error
    /// that Windows reports.
    pub(crate) fn take(socket: &UdpSocket, room: usize) -> io::Result<Arrived> {
        let mut buffer = vec![MaybeUninit::new(0); room];
        let mut parts = [MaybeUninitSlice::new(&mut buffer)];
        let (count, flags, from) = SockRef::from(socket).recv_from_vectored(&mut parts)?;
        let at = Instant::now();
        // SAFETY: every byte of the buffer was given a value above.
        let read = |byte: &MaybeUninit<u8>| unsafe { byte.assume_init() };
        Ok(Arrived {
            bytes: buffer.iter().take(count).map(read).collect(),
            from: from.as_socket().ok_or(ErrorKind::InvalidData)?,
            cut: flags.is_truncated(),
            at,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use std::net::{Ipv4Addr, TcpListener, TcpStream, UdpSocket};
    use std::time::Duration;

    fn pair() -> (UdpSocket, UdpSocket, SocketAddr) {
        let bound = || UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let (receiver, sender) = (bound(), bound());
        timestamp(&receiver).unwrap();
        let address = receiver.local_addr().unwrap();
        (receiver, sender, address)
    }

    #[test]
    fn a_datagram_comes_with_its_sender_and_says_whether_it_was_cut() {
        let (receiver, sender, address) = pair();
        for (room, cut) in [(3, true), (4, false)] {
            sender.send_to(b"four", address).unwrap();
            let arrived = take(&receiver, room).unwrap();
            assert_eq!(arrived.bytes, b"four"[..room]);
            assert_eq!(arrived.from, sender.local_addr().unwrap());
            assert_eq!(arrived.cut, cut);
        }
    }

    /// The kernel knows how long a datagram has waited to be taken.
    #[test]
    fn when_it_arrived_does_not_depend_on_when_it_is_taken() {
        if CLOCK == Clock::Own {
            println!("skipped: only Linux tells when a datagram arrived");
            return;
        }
        let (receiver, sender, address) = pair();
        // The kernel may begin to note arrivals a moment after it was asked to.
        let noted = (0..50).any(|_| {
            let before = Instant::now();
            sender.send_to(b"early", address).unwrap();
            let after = Instant::now();
            std::thread::sleep(Duration::from_millis(20));
            let at = take(&receiver, 5).unwrap().at;
            // Two clocks are read one after the other.
            let slack = Duration::from_millis(1);
            at + slack >= before && at <= after + slack
        });
        assert!(noted, "every datagram arrived when it was taken");
    }

    /// Also of a stream: the connections that a listener accepts have it from the listener.
    #[test]
    fn when_bytes_arrived_does_not_depend_on_when_they_are_read() {
        if CLOCK == Clock::Own {
            println!("skipped: only Linux tells when bytes arrived");
            return;
        }
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        timestamp(&listener).unwrap();
        let mut sender = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (receiver, _) = listener.accept().unwrap();
        let noted = (0..50).any(|_| {
            let before = Instant::now();
            sender.write_all(b"early").unwrap();
            let after = Instant::now();
            std::thread::sleep(Duration::from_millis(20));
            let (count, at) = read(&receiver, &mut [0; 5]).unwrap();
            assert_eq!(count, 5);
            let slack = Duration::from_millis(1);
            at.is_some_and(|at| at + slack >= before && at <= after + slack)
        });
        assert!(noted, "nothing is told of when it arrived");
    }
}
