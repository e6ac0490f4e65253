//! A socket of the program, asked about by a descriptor of one's own for it
//! (`man 2 pidfd_getfd`): what the kernel says of it there is said at once and exactly. Where
//! that is refused (containers often do), the kernel's tables say the same, more slowly.

use crate::Kind;
use crate::linux::sockets::{self, Tables};
use proc::{Process, Target};
use recording::Socket;
use rustix::process::{Pid, PidfdFlags, PidfdGetfdFlags, pidfd_getfd, pidfd_open};
use socket2::{SockRef, Type};
use std::net::SocketAddr;
use std::os::fd::OwnedFd;

/// What `process` knows as `descriptor`; `None` where that is no socket of the internet, or
/// the system does not say.
pub(super) fn of(process: i32, descriptor: i32) -> Option<Socket> {
    let Some(socket) = own(process, descriptor) else {
        return listed(process, descriptor);
    };
    let local = of_the_internet(&socket)?;
    let socket = SockRef::from(&socket);
    let kind = match socket.r#type().ok()? {
        Type::STREAM => "TCP",
        Type::DGRAM => "UDP",
        _ => return None,
    };
    let peer = socket.peer_addr().ok().and_then(|it| it.as_socket());
    Some(Socket {
        of: String::new(),
        fd: descriptor,
        kind: kind.to_owned(),
        state: String::new(),
        local: written(Some(local)),
        peer: written(peer),
        queue: 0,
    })
}

/// The same, from the tables.
fn listed(process: i32, descriptor: i32) -> Option<Socket> {
    let process = Process { id: process };
    let Target::Socket(inode) = process.descriptor(descriptor).ok()?.target else {
        return None;
    };
    let socket = Tables::of(process).socket(descriptor, inode);
    let kind = match socket.kind {
        Kind::Tcp => "TCP",
        Kind::Udp => "UDP",
        Kind::Other => return None,
    };
    Some(Socket {
        of: String::new(),
        fd: descriptor,
        kind: kind.to_owned(),
        state: String::new(),
        local: written(socket.local),
        peer: written(socket.peer),
        queue: 0,
    })
}

fn own(process: i32, descriptor: i32) -> Option<OwnedFd> {
    let process = pidfd_open(Pid::from_raw(process)?, PidfdFlags::empty()).ok()?;
    pidfd_getfd(process, descriptor, PidfdGetfdFlags::empty()).ok()
}

/// Empty before a socket has an address: port 0 is nobody's.
fn written(address: Option<SocketAddr>) -> String {
    let bound = address.filter(|address| address.port() != 0);
    bound.map_or_else(String::new, |address| {
        SocketAddr::new(address.ip().to_canonical(), address.port()).to_string()
    })
}

/// Whether `process` knows a socket of the internet as `descriptor`. A look at the link comes
/// first, for most descriptors are none at all.
pub(super) fn is_one(process: i32, descriptor: i32) -> bool {
    let link = std::fs::read_link(format!("/proc/{process}/fd/{descriptor}"));
    let is_a_socket =
        link.is_ok_and(|link| link.as_os_str().as_encoded_bytes().starts_with(b"socket:"));
    is_a_socket
        && match own(process, descriptor) {
            Some(socket) => of_the_internet(&socket).is_some(),
            None => matches!(
                sockets::kind(process, descriptor),
                Some(Kind::Tcp | Kind::Udp)
            ),
        }
}

/// The local address of a socket of the internet, which it has before it is bound, too: with
/// port 0.
fn of_the_internet(socket: &OwnedFd) -> Option<SocketAddr> {
    SockRef::from(socket).local_addr().ok()?.as_socket()
}
