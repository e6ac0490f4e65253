//! The kernel's table of TCP sockets, `/proc/net/tcp` (`man 5 proc`): one line an
//! end, so that a connection over loopback stands in it twice.

use crate::deadline::watch;
use procfs::net::{TcpNetEntry, TcpState};
use std::net::SocketAddr;
use std::time::Duration;

pub(super) struct Table {
    entries: Vec<TcpNetEntry>,
}

impl Table {
    /// The table of the address family that `address` belongs to.
    pub(super) fn read(address: SocketAddr) -> Option<Self> {
        let entries = match address {
            SocketAddr::V4(_) => procfs::net::tcp().ok()?,
            SocketAddr::V6(_) => procfs::net::tcp6().ok()?,
        };
        Some(Self { entries })
    }

    pub(super) fn end(&self, local: SocketAddr, remote: SocketAddr) -> Option<&TcpNetEntry> {
        self.entries
            .iter()
            .find(|entry| entry.local_address == local && entry.remote_address == remote)
    }
}

/// Waits, at most `limit`, until the program's end of the connection is there and
/// its handshake is done, unless the connection is over already.
pub(crate) fn wait_until_established(peer: SocketAddr, program: SocketAddr, limit: Duration) {
    wait_for(peer, limit, |table| {
        let theirs = table.end(program, peer);
        let gone = table.end(peer, program).is_none();
        gone || theirs.is_some_and(|end| end.state != TcpState::SynRecv)
    });
}

/// Waits, at most `limit`, until the program's end of the connection is gone.
pub(crate) fn wait_until_gone(peer: SocketAddr, program: SocketAddr, limit: Duration) {
    wait_for(peer, limit, |table| table.end(program, peer).is_none());
}

/// A table that cannot be read is not waited for: what follows is merely less sure.
fn wait_for(address: SocketAddr, limit: Duration, holds: impl Fn(&Table) -> bool) {
    watch(limit, || {
        Table::read(address)
            .is_none_or(|table| holds(&table))
            .then_some(())
    });
}
