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
    use crate::socket_option;
    use socket2::SockAddr;
    use std::io::{self, ErrorKind};
    use std::mem;
    use std::net::{SocketAddr, TcpStream, UdpSocket};
    use std::os::fd::AsRawFd;
    use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

    /// From here on the kernel notes when something arrives at `socket`, and at the
    /// connections that it accepts if it listens.
    pub(crate) fn timestamp(socket: &impl AsRawFd) -> io::Result<()> {
        socket_option::set(socket, libc::SOL_SOCKET, libc::SO_TIMESTAMPNS, 1)
    }

    /// What one recvmsg(2) gave.
    struct Message {
        count: usize,
        cut: bool,
        /// Of a datagram.
        from: Option<SocketAddr>,
        /// When it arrived, since the beginning of 1970.
        stamp: Option<Duration>,
    }

    fn receive(socket: &impl AsRawFd, buffer: &mut [u8]) -> io::Result<Message> {
        let mut part = libc::iovec {
            iov_base: buffer.as_mut_ptr().cast(),
            iov_len: buffer.len(),
        };
        // As it has to be aligned: a header and a timespec (`man 3 cmsg`).
        let mut control = [0_u64; 8];
        // SAFETY: zeros are values of a msghdr, and what it leads to (the address's storage,
        // the part, the control messages) is valid for the lengths beside it until the call
        // is over; of the control messages only those are read that the kernel has written.
        let ((count, flags, stamp), from) = unsafe {
            SockAddr::try_init(|storage, length| {
                let mut header: libc::msghdr = mem::zeroed();
                header.msg_name = storage.cast();
                header.msg_namelen = *length;
                header.msg_iov = &raw mut part;
                header.msg_iovlen = 1;
                header.msg_control = control.as_mut_ptr().cast();
                header.msg_controllen = size_of_val(&control) as _;
                let count = libc::recvmsg(socket.as_raw_fd(), &raw mut header, 0);
                let count = usize::try_from(count).map_err(|_| io::Error::last_os_error())?;
                *length = header.msg_namelen;
                Ok((count, header.msg_flags, stamp(&header)))
            })?
        };
        Ok(Message {
            count,
            cut: flags & libc::MSG_TRUNC != 0,
            from: from.as_socket(),
            stamp,
        })
    }

    /// The stamp among the control messages.
    ///
    /// # Safety
    /// The kernel has filled in `header`.
    unsafe fn stamp(header: &libc::msghdr) -> Option<Duration> {
        // SAFETY: the macros of `man 3 cmsg` stay within what the kernel has written, and a
        // message of that kind holds a timespec.
        let told = unsafe {
            let mut message = libc::CMSG_FIRSTHDR(header);
            loop {
                let kind = message.as_ref()?;
                if (kind.cmsg_level, kind.cmsg_type) == (libc::SOL_SOCKET, libc::SCM_TIMESTAMPNS) {
                    break libc::CMSG_DATA(message)
                        .cast::<libc::timespec>()
                        .read_unaligned();
                }
                message = libc::CMSG_NXTHDR(header, message);
            }
        };
        let (seconds, nanos) = (u64::try_from(told.tv_sec), u32::try_from(told.tv_nsec));
        Some(Duration::new(seconds.ok()?, nanos.ok()?))
    }

    /// One recvmsg(2) on a stream: how many bytes, and when the last of them arrived. Of what
    /// came before the kernel began to note that, it is not known.
    pub(crate) fn read(
        stream: &TcpStream,
        buffer: &mut [u8],
    ) -> io::Result<(usize, Option<Instant>)> {
        let message = receive(stream, buffer)?;
        Ok((message.count, message.stamp.map(on_the_check_s_clock)))
    }

    /// One recvmsg(2): as much of a datagram as there is `room` for.
    pub(crate) fn take(socket: &UdpSocket, room: usize) -> io::Result<Arrived> {
        let mut buffer = vec![0; room];
        let message = receive(socket, &mut buffer)?;
        buffer.truncate(message.count);
        Ok(Arrived {
            bytes: buffer,
            from: message.from.ok_or(ErrorKind::InvalidData)?,
            cut: message.cut,
            at: message
                .stamp
                .map_or_else(Instant::now, on_the_check_s_clock),
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
