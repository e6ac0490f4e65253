//! A socket of the program, asked about by a descriptor of one's own for it
//! (`man 2 pidfd_getfd`): what the kernel says of it there is said at once and exactly. Where
//! that is refused (containers often do), the kernel's tables say the same, more slowly.

use crate::Kind;
use crate::linux::sockets::{self, Tables};
use procfs::process::{FDTarget, Process};
use recording::Socket;
use rustix::net::sockopt::{socket_domain, socket_type};
use rustix::net::{AddressFamily, SocketType, getpeername, getsockname};
use rustix::process::{Pid, PidfdFlags, PidfdGetfdFlags, pidfd_getfd, pidfd_open};
use std::net::SocketAddr;
use std::os::fd::OwnedFd;

/// What `process` knows as `descriptor`; `None` where that is no socket of the internet, or
/// the system does not say.
pub(super) fn of(process: i32, descriptor: i32) -> Option<Socket> {
    let Some(socket) = own(process, descriptor) else {
        return listed(process, descriptor);
    };
    let kind = match socket_type(&socket).ok()? {
        SocketType::STREAM => "TCP",
        SocketType::DGRAM => "UDP",
        _ => return None,
    };
    if !is_of_the_internet(&socket) {
        return None;
    }
    let local = getsockname(&socket).ok().and_then(|it| it.try_into().ok());
    let peer = getpeername(&socket).ok().flatten();
    let peer = peer.and_then(|it| it.try_into().ok());
    Some(Socket {
        of: String::new(),
        fd: descriptor,
        kind: kind.to_owned(),
        state: String::new(),
        local: written(local),
        peer: written(peer),
        queue: 0,
    })
}

/// The same, from the tables.
fn listed(process: i32, descriptor: i32) -> Option<Socket> {
    let process = Process::new(process).ok()?;
    let FDTarget::Socket(inode) = process.fd_from_fd(descriptor).ok()?.target else {
        return None;
    };
    let socket = Tables::of(&process).socket(descriptor, inode);
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
            Some(socket) => is_of_the_internet(&socket),
            None => matches!(
                sockets::kind(process, descriptor),
                Some(Kind::Tcp | Kind::Udp)
            ),
        }
}

fn is_of_the_internet(socket: &OwnedFd) -> bool {
    let domain = socket_domain(socket);
    domain.is_ok_and(|domain| [AddressFamily::INET, AddressFamily::INET6].contains(&domain))
}
