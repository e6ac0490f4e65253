//! The ends of a TCP connection: asked for by their addresses, and
//! where that is not to be had, looked up in the kernel's table (`/proc/net/tcp`, `man 5 proc`).

use super::diagnosis;
use super::end::End;
use crate::deadline::watch;
use proc::{Entry, State, Tables, tcp_of_both_families};
use std::net::SocketAddr;
use std::time::Duration;

/// The end at `local` of the connection with `remote`: `Some(None)` if there is none, and
/// `None` where the system does not tell.
pub(super) fn end(local: SocketAddr, remote: SocketAddr) -> Option<Option<End>> {
    diagnosis::end(local, remote)
        .ok()
        .or_else(|| in_the_table(local, remote))
}

fn in_the_table(local: SocketAddr, remote: SocketAddr) -> Option<Option<End>> {
    Some(entry(local, remote)?.map(|entry| End {
        state: entry.state,
        receive_queue: entry.receive_queue,
        send_queue: entry.send_queue,
        open: entry.inode != 0,
    }))
}

fn entry(local: SocketAddr, remote: SocketAddr) -> Option<Option<Entry>> {
    let entries = match local {
        SocketAddr::V4(_) => Tables::own().tcp().ok()?,
        SocketAddr::V6(_) => Tables::own().tcp6().ok()?,
    };
    let is_it = |entry: &Entry| entry.local == local && entry.remote == remote;
    Some(entries.into_iter().find(is_it))
}

/// By which number the holders of the end at `local` know it, where somebody holds it.
pub(crate) fn inode(local: SocketAddr, remote: SocketAddr) -> Option<u64> {
    let inode = entry(local, remote)??.inode;
    (inode != 0).then_some(inode)
}

/// How many bytes the program at `program` has handed over that the peer has not
/// acknowledged; 0 where the connection is gone, or the system does not tell.
pub(crate) fn unacknowledged(peer: SocketAddr, program: SocketAddr) -> u32 {
    let theirs = end(program, peer).flatten();
    theirs.map_or(0, |theirs| theirs.send_queue)
}

/// How many bytes the program at `program` has handed over that the peer at `peer` has not read,
/// on their way or there.
pub(crate) fn not_read_by(peer: SocketAddr, program: SocketAddr) -> u32 {
    let own = end(peer, program).flatten();
    unacknowledged(peer, program) + own.map_or(0, |own| own.receive_queue)
}

/// Does anybody but `known` wait for an answer of `remote` to its SYN?
pub(crate) fn is_asked(remote: SocketAddr, known: &[SocketAddr]) -> bool {
    tcp_of_both_families().any(|entry| {
        let to = entry.remote;
        entry.state == State::SynSent
            && (to.ip().to_canonical(), to.port()) == (remote.ip(), remote.port())
            && !known.contains(&entry.local)
    })
}

/// Waits, at most `limit`, until the program's end of the connection is there and
/// its handshake is done, unless the connection is over already.
pub(crate) fn wait_until_established(peer: SocketAddr, program: SocketAddr, limit: Duration) {
    let handshaking = [State::SynRecv, State::NewSynRecv];
    watch(limit, || {
        let (Some(theirs), Some(own)) = (end(program, peer), end(peer, program)) else {
            return Some(());
        };
        let done = theirs.is_some_and(|theirs| !handshaking.contains(&theirs.state));
        (done || own.is_none()).then_some(())
    });
}

/// Waits, at most `limit`, until the program's end of the connection is gone. Where the
/// system does not tell, it does not wait: what follows is merely less sure.
pub(crate) fn wait_until_gone(peer: SocketAddr, program: SocketAddr, limit: Duration) {
    watch(limit, || match end(program, peer) {
        Some(Some(_)) => None,
        _ => Some(()),
    });
}

/// Waits, at most `limit`, until the FIN of a peer that has closed is with the program's end: the
/// kernel may be behind with it on a busy machine. It does not wait where other bytes are to go
/// before it.
pub(crate) fn wait_until_its_end_is_there(peer: SocketAddr, program: SocketAddr, limit: Duration) {
    const FIN: u32 = 1;
    let before = [State::Established, State::FinWait1, State::FinWait2];
    watch(limit, || match end(program, peer) {
        Some(Some(theirs)) if before.contains(&theirs.state) => {
            let own = end(peer, program).flatten();
            own.is_some_and(|own| own.send_queue > FIN).then_some(())
        }
        _ => Some(()),
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use std::net::{Ipv4Addr, Ipv6Addr, TcpListener, TcpStream};

    /// Both ways to look see the same.
    fn seen_alike(host: impl Into<std::net::IpAddr>) {
        let listener = TcpListener::bind(SocketAddr::new(host.into(), 0)).unwrap();
        let mut client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (server, peer) = listener.accept().unwrap();
        client.write_all(b"unread").unwrap();
        let own = server.local_addr().unwrap();
        for seen in [
            diagnosis::end(own, peer).unwrap(),
            in_the_table(own, peer).unwrap(),
        ] {
            let end = seen.unwrap();
            assert_eq!((end.receive_queue, end.send_queue), (6, 0));
            assert!(end.state == State::Established && end.open);
        }
        // Only the listener is at this address.
        let nobody = SocketAddr::new(peer.ip(), 1);
        assert!(diagnosis::end(own, nobody).unwrap().is_none());
        assert!(in_the_table(own, nobody).unwrap().is_none());
    }

    #[test]
    fn an_end_is_waited_for_that_nothing_is_before() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let program = listener.local_addr().unwrap();
        let client = TcpStream::connect(program).unwrap();
        let (_server, peer) = listener.accept().unwrap();
        drop(client);
        wait_until_its_end_is_there(peer, program, Duration::from_secs(10));
        let state = end(program, peer).unwrap().unwrap().state;
        assert!(state == State::CloseWait);
        // The program takes no more, and so there is no end to be waited for.
        let mut client = TcpStream::connect(program).unwrap();
        let (_server, peer) = listener.accept().unwrap();
        client.set_nonblocking(true).unwrap();
        while client.write(&[0; 65_536]).is_ok() {}
        drop(client);
        wait_until_its_end_is_there(peer, program, Duration::from_secs(600));
    }

    #[test]
    fn an_end_is_found_by_its_addresses() {
        seen_alike(Ipv4Addr::LOCALHOST);
        if TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_ok() {
            seen_alike(Ipv6Addr::LOCALHOST);
        }
    }
}
