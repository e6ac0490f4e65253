//! The addresses that a process's sockets have. A TCP socket that is bound and does not
//! listen stands in no table, so each is asked itself, by a descriptor of one's own
//! (`man 2 pidfd_getfd`); where that is not allowed, the tables have to do.

use proc::{Process, Target, tcp_of_both_families, udp_of_both_families};
use rustix::process::{Pid, PidfdFlags, PidfdGetfdFlags, pidfd_getfd, pidfd_open};
use socket2::SockRef;
use std::collections::BTreeSet;
use std::io;
use std::net::SocketAddr;
use std::os::fd::OwnedFd;

/// The local addresses of the internet sockets that `process` holds, as far as they have a
/// port. A socket that is neither bound nor connected has none.
///
/// # Errors
/// The process is gone, or the system does not let its descriptors be seen.
pub(crate) fn endpoints(process: u32) -> io::Result<BTreeSet<SocketAddr>> {
    let held = Process::of(process);
    let pid = Pid::from_raw(process.cast_signed()).ok_or(io::ErrorKind::NotFound)?;
    let handle = pidfd_open(pid, PidfdFlags::empty());
    let mut found = BTreeSet::new();
    for entry in held.descriptors()? {
        let Target::Socket(inode) = entry.target else {
            continue;
        };
        let descriptor = handle
            .as_ref()
            .ok()
            .and_then(|handle| pidfd_getfd(handle, entry.number, PidfdGetfdFlags::empty()).ok());
        let address = match descriptor {
            Some(descriptor) => local_address(&descriptor),
            None => in_the_tables(inode),
        };
        found.extend(address.filter(|address| address.port() != 0));
    }
    Ok(found)
}

fn local_address(descriptor: &OwnedFd) -> Option<SocketAddr> {
    SockRef::from(descriptor).local_addr().ok()?.as_socket()
}

fn in_the_tables(inode: u64) -> Option<SocketAddr> {
    let mut all = tcp_of_both_families().chain(udp_of_both_families());
    all.find(|entry| entry.inode == inode)
        .map(|entry| entry.local)
}

#[cfg(test)]
mod tests {
    use super::*;
    use socket2::{Domain, Socket, Type};
    use std::net::{Ipv4Addr, TcpListener, UdpSocket};
    use std::os::fd::AsRawFd;

    #[test]
    fn a_socket_has_an_endpoint_once_it_is_bound() {
        let own = |address: SocketAddr| endpoints(std::process::id()).unwrap().contains(&address);
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        socket
            .bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into())
            .unwrap();
        assert!(own(socket.local_addr().unwrap().as_socket().unwrap()));
        let udp = UdpSocket::bind("127.0.0.1:0").unwrap();
        assert!(own(udp.local_addr().unwrap()));
    }

    #[test]
    fn the_tables_know_who_listens() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let held = Process::of(std::process::id());
        let inode = held.descriptor(listener.as_raw_fd()).unwrap().target;
        let Target::Socket(inode) = inode else {
            panic!("a listener is a socket");
        };
        assert_eq!(in_the_tables(inode), listener.local_addr().ok());
    }
}
