//! One end of one connection, or the listener at an address, asked of the kernel by the
//! addresses (`man 7 sock_diag`): it takes as long on a machine with a hundred thousand
//! sockets as on one with ten, and needs no privileges. A thread keeps its netlink socket.

use super::end::End;
use proc::State;
use socket2::{Domain, Protocol, Socket, Type};
use std::cell::RefCell;
use std::io::{self, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

/// Numbers of <linux/netlink.h>, <linux/sock_diag.h> and <linux/inet_diag.h>.
const NETLINK_SOCK_DIAG: i32 = 4;
const SOCK_DIAG_BY_FAMILY: u16 = 20;
const NLM_F_REQUEST: u16 = 1;
const NLMSG_ERROR: u16 = 2;
const NO_COOKIE: [u8; 8] = [0xff; 8];

/// The lengths of nlmsghdr, and of inet_diag_req_v2 behind it.
const HEADER: usize = 16;
const REQUEST: usize = 56;
/// Where all this stands in the answer, an inet_diag_msg behind the header.
const FAMILY: usize = HEADER;
const STATE: usize = HEADER + 1;
const LOCAL_PORT: usize = HEADER + 4;
const LOCAL_HOST: usize = HEADER + 8;
const RECEIVE_QUEUE: usize = HEADER + 56;
const SEND_QUEUE: usize = HEADER + 60;
const INODE: usize = HEADER + 68;
const ANSWER: usize = HEADER + 72;

/// The kernel answers at once; this is for one that does not know the question.
const LIMIT: Duration = Duration::from_millis(500);

/// A socket that is bound, and by which number its holders know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bound {
    pub(super) local: SocketAddr,
    pub(super) inode: u64,
    /// Whose it is, by number, where that was asked for.
    pub(super) owner: Option<u32>,
}

/// What the kernel tells of a socket.
struct Answer {
    end: End,
    bound: Bound,
}

/// The end at `local` of the connection with `remote`; `None` if there is none.
///
/// # Errors
/// The system does not answer such questions.
pub(super) fn end(local: SocketAddr, remote: SocketAddr) -> io::Result<Option<End>> {
    let answer = asked(local, remote)?.map(|answer| answer.end);
    // Where there is no such connection, a listener at that address may answer.
    Ok(answer.filter(|end| end.state != State::Listen))
}

/// The socket that would be given a connection to `address`: one of several that share it.
///
/// # Errors
/// The system does not answer such questions.
pub(super) fn listener(address: SocketAddr) -> io::Result<Option<Bound>> {
    let nobody = match address {
        SocketAddr::V4(_) => SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0)),
        SocketAddr::V6(_) => SocketAddr::from((Ipv6Addr::UNSPECIFIED, 0)),
    };
    let answer = asked(address, nobody)?;
    let listens = answer.filter(|answer| answer.end.state == State::Listen);
    Ok(listens.map(|answer| answer.bound))
}

fn asked(local: SocketAddr, remote: SocketAddr) -> io::Result<Option<Answer>> {
    thread_local! {
        static SOCKET: RefCell<Option<Socket>> = const { RefCell::new(None) };
    }
    SOCKET.with_borrow_mut(|kept| {
        let socket = match kept.take() {
            Some(socket) => socket,
            None => open()?,
        };
        let answer = ask(&socket, local, remote)?;
        *kept = Some(socket);
        Ok(answer)
    })
}

fn open() -> io::Result<Socket> {
    let protocol = Protocol::from(NETLINK_SOCK_DIAG);
    let socket = Socket::new(
        Domain::from(libc::AF_NETLINK),
        Type::from(libc::SOCK_RAW),
        Some(protocol),
    )?;
    socket.set_read_timeout(Some(LIMIT))?;
    Ok(socket)
}

fn ask(mut socket: &Socket, local: SocketAddr, remote: SocketAddr) -> io::Result<Option<Answer>> {
    socket.write_all(&question(local, remote))?;
    let mut answer = [0; 512];
    let length = socket.read(&mut answer)?;
    understood(&answer[..length])
}

fn question(local: SocketAddr, remote: SocketAddr) -> Vec<u8> {
    let family = if local.is_ipv4() {
        libc::AF_INET
    } else {
        libc::AF_INET6
    };
    let mut bytes = Vec::with_capacity(HEADER + REQUEST);
    let length = u32::try_from(HEADER + REQUEST).unwrap_or_default();
    bytes.extend(length.to_ne_bytes());
    bytes.extend(SOCK_DIAG_BY_FAMILY.to_ne_bytes());
    bytes.extend(NLM_F_REQUEST.to_ne_bytes());
    // The question's number and the sender's; nobody else asks on this socket.
    bytes.extend([0; 8]);
    let family = u8::try_from(family).unwrap_or_default();
    let tcp = u8::try_from(libc::IPPROTO_TCP).unwrap_or_default();
    bytes.extend([family, tcp, 0, 0]);
    bytes.extend(u32::MAX.to_ne_bytes());
    bytes.extend(local.port().to_be_bytes());
    bytes.extend(remote.port().to_be_bytes());
    bytes.extend(padded(local.ip()));
    bytes.extend(padded(remote.ip()));
    // On any interface.
    bytes.extend([0; 4]);
    bytes.extend(NO_COOKIE);
    bytes
}

fn padded(address: IpAddr) -> [u8; 16] {
    match address {
        IpAddr::V4(address) => {
            let mut bytes = [0; 16];
            bytes[..4].copy_from_slice(&address.octets());
            bytes
        }
        IpAddr::V6(address) => address.octets(),
    }
}

fn understood(answer: &[u8]) -> io::Result<Option<Answer>> {
    let number = |at: usize| {
        let bytes = answer.get(at..at + 4).and_then(|four| four.try_into().ok());
        bytes.map(u32::from_ne_bytes)
    };
    let kind = answer.get(4..6).and_then(|two| two.try_into().ok());
    if kind.map(u16::from_ne_bytes) == Some(NLMSG_ERROR) {
        let errno = number(HEADER).unwrap_or_default().cast_signed();
        return match io::Error::from_raw_os_error(-errno) {
            error if error.kind() == io::ErrorKind::NotFound => Ok(None),
            error => Err(error),
        };
    }
    let state = answer.get(STATE).copied().and_then(State::of);
    let (Some(state), Some(receive_queue), Some(send_queue), Some(inode), ANSWER..) = (
        state,
        number(RECEIVE_QUEUE),
        number(SEND_QUEUE),
        number(INODE),
        answer.len(),
    ) else {
        return Err(io::ErrorKind::InvalidData.into());
    };
    let bound = Bound {
        local: local(answer),
        inode: inode.into(),
        owner: None,
    };
    let end = End {
        state,
        receive_queue,
        send_queue,
        open: inode != 0,
    };
    Ok(Some(Answer { end, bound }))
}

/// The address in an answer that is as long as one is.
fn local(answer: &[u8]) -> SocketAddr {
    let port = u16::from_be_bytes([answer[LOCAL_PORT], answer[LOCAL_PORT + 1]]);
    let mut host = [0; 16];
    host.copy_from_slice(&answer[LOCAL_HOST..LOCAL_HOST + 16]);
    let host = if i32::from(answer[FAMILY]) == libc::AF_INET {
        let [first, second, third, fourth, ..] = host;
        Ipv4Addr::new(first, second, third, fourth).into()
    } else {
        IpAddr::from(host)
    };
    SocketAddr::new(host, port)
}
