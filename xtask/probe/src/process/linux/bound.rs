//! Which socket answers at an address, and whose it is (`man 7 sock_diag`; `/proc/net/tcp`,
//! `/proc/net/udp` and `/proc/PID/fd`, `man 5 proc`).

use super::diagnosis::{self, Bound};
use super::family::{descendants_of, everyone};
use crate::process::transport::Transport;
use proc::{Entry, Process, State, Target, tcp_of_both_families, udp_of_both_families};
use rustix::process::getuid;
use std::net::{IpAddr, SocketAddr};

/// Who answers at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answers {
    /// A socket of the program, bound to this address.
    Program(SocketAddr),
    /// A socket of somebody else.
    Another,
    /// Nobody, or the system does not tell.
    Nobody,
}

/// Who answers at `address`, seen from a check that started `process`.
pub(crate) fn answers(process: u32, address: SocketAddr, transport: Transport) -> Answers {
    // The tables take milliseconds to be read on a machine with much memory.
    if transport == Transport::Tcp
        && let Ok(Some(listener)) = diagnosis::listener(address)
        && holds(process, listener.inode) == Some(true)
    {
        return Answers::Program(listener.local);
    }
    let mut found: Vec<_> = bound(transport)
        .into_iter()
        .filter(|socket| is_reached(socket.local, address))
        .collect();
    // The kernel gives what comes to the socket with the most exact address.
    found.sort_by_key(|socket| (socket.local.ip().is_unspecified(), socket.local.is_ipv6()));
    let Some(first) = found.first() else {
        return Answers::Nobody;
    };
    let own = || {
        found
            .iter()
            .find(|socket| holds(process, socket.inode) == Some(true))
    };
    match (holds(process, first.inode), own()) {
        (Some(true), _) => Answers::Program(first.local),
        // Of several on one port, any may answer.
        (_, Some(own)) => Answers::Program(own.local),
        _ => of_the_family(first),
    }
}

/// What the program has started may answer in its place, also once it is an orphan. What the
/// check itself holds, whom it is about to start holds as well until its exec.
fn of_the_family(socket: &Bound) -> Answers {
    let check = std::process::id();
    if holds(check, socket.inode) == Some(true) {
        return Answers::Another;
    }
    let family = descendants_of(check);
    let mut told = family.iter().map(|one| holds(*one, socket.inode));
    let mut hidden = false;
    let held = told.any(|held| {
        hidden |= held.is_none();
        held == Some(true)
    });
    match (held, hidden) {
        (true, _) => Answers::Program(socket.local),
        (false, true) => Answers::Nobody,
        (false, false) if is_on_its_way(socket) => Answers::Program(socket.local),
        (false, false) => Answers::Another,
    }
}

/// Is it a socket of this user that nobody holds: sent from one process to another, which has
/// not taken it yet (`SCM_RIGHTS`, `man 7 unix`)? Every process of one's own is shown.
fn is_on_its_way(socket: &Bound) -> bool {
    let holder = everyone().find(|one| holds(one.id.cast_unsigned(), socket.inode) == Some(true));
    holder.is_none() && socket.owner == Some(getuid().as_raw())
}

fn is_reached(local: SocketAddr, address: SocketAddr) -> bool {
    let same = local.ip().to_canonical() == address.ip();
    let any = match local.ip() {
        // A socket of IPv6 may take connections of IPv4 as well (`IPV6_V6ONLY`, `man 7 ipv6`).
        IpAddr::V6(ip) => ip.is_unspecified(),
        IpAddr::V4(ip) => ip.is_unspecified() && address.is_ipv4(),
    };
    local.port() == address.port() && (same || any)
}

fn bound(transport: Transport) -> Vec<Bound> {
    let socket = |entry: Entry| Bound {
        local: entry.local,
        inode: entry.inode,
        owner: Some(entry.owner),
    };
    match transport {
        Transport::Tcp => tcp_of_both_families()
            .filter(|entry| entry.state == State::Listen)
            .map(socket)
            .collect(),
        Transport::Udp => udp_of_both_families().map(socket).collect(),
    }
}

/// Does `process` hold the socket? `None` where its descriptors are not shown.
fn holds(process: u32, inode: u64) -> Option<bool> {
    match Process::of(process).descriptors() {
        Ok(mut held) => Some(held.any(|one| one.target == Target::Socket(inode))),
        Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => None,
        Err(_) => Some(false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deadline::{PATIENCE, watch};
    use std::net::{Ipv4Addr, TcpListener, UdpSocket};

    /// A process that another test forks holds what this one does, as a part of its family,
    /// until its exec: the answer is waited for.
    fn comes_to_be(expected: Answers, process: u32, address: SocketAddr, transport: Transport) {
        let mut last = None;
        let is_so = || {
            last = Some(answers(process, address, transport));
            (last == Some(expected)).then_some(())
        };
        let seen = watch(PATIENCE, is_so);
        assert!(seen.is_some(), "{expected:?}, and not {last:?}");
    }

    #[test]
    fn a_socket_of_the_process_itself_is_its_own() {
        let own = std::process::id();
        let listener = TcpListener::bind((Ipv4Addr::UNSPECIFIED, 0)).unwrap();
        let bound = listener.local_addr().unwrap();
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, bound.port()));
        assert_eq!(
            answers(own, address, Transport::Tcp),
            Answers::Program(bound)
        );
        comes_to_be(Answers::Nobody, own, address, Transport::Udp);
        // 1 is the first process of all, and starts no test.
        comes_to_be(Answers::Another, 1, address, Transport::Tcp);
        drop(listener);
        comes_to_be(Answers::Nobody, own, address, Transport::Tcp);
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = socket.local_addr().unwrap();
        assert_eq!(
            answers(own, address, Transport::Udp),
            Answers::Program(address)
        );
    }

    #[test]
    fn a_listener_of_both_families_answers_at_an_address_of_either() {
        let Ok(listener) = TcpListener::bind((std::net::Ipv6Addr::UNSPECIFIED, 0)) else {
            return;
        };
        let bound = listener.local_addr().unwrap();
        for host in [
            Ipv4Addr::LOCALHOST.into(),
            std::net::Ipv6Addr::LOCALHOST.into(),
        ] {
            let address = SocketAddr::new(host, bound.port());
            let seen = diagnosis::listener(address).unwrap().unwrap();
            assert_eq!(seen.local, bound);
            let own = answers(std::process::id(), address, Transport::Tcp);
            assert_eq!(own, Answers::Program(bound));
        }
    }
}
