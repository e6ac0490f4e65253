//! What the kernel's tables say of a socket: `/proc/PID/net/tcp` and its kin (`man 5
//! proc_pid_net`), one line an end, so that a connection over loopback has two.

use crate::{Kind, Socket, State};
use proc::{Entry, Process};
use std::cell::OnceCell;
use std::net::SocketAddr;

/// The tables of the network that a process is in. Each is read when it is first
/// needed, for that takes some milliseconds.
pub(super) struct Tables {
    process: Process,
    tcp4: OnceCell<Vec<Entry>>,
    tcp6: OnceCell<Vec<Entry>>,
    udp4: OnceCell<Vec<Entry>>,
    udp6: OnceCell<Vec<Entry>>,
}

impl Tables {
    pub(super) fn of(process: Process) -> Self {
        Self {
            process,
            tcp4: OnceCell::new(),
            tcp6: OnceCell::new(),
            udp4: OnceCell::new(),
            udp6: OnceCell::new(),
        }
    }

    /// The socket that the process calls `descriptor` and the kernel `inode`.
    pub(super) fn socket(&self, descriptor: i32, inode: u64) -> Socket {
        let protocol = protocol(self.process.id, descriptor);
        let kind = protocol.as_deref().map(kind_of);
        if matches!(kind, None | Some(Kind::Tcp))
            && let Some(entry) = self.tcp().find(|entry| entry.inode == inode)
        {
            return self.tcp_socket(descriptor, entry);
        }
        if matches!(kind, None | Some(Kind::Udp))
            && let Some(entry) = self.udp().find(|entry| entry.inode == inode)
        {
            return udp_socket(descriptor, entry);
        }
        // Not in a table: it neither listens nor connects, or is not bound. (Multipath
        // TCP is in none either, whatever it does.)
        let closed = matches!(protocol.as_deref(), Some("TCP" | "TCPv6"));
        Socket {
            state: closed.then_some(State::Closed),
            ..unlisted(descriptor, kind.unwrap_or(Kind::Other))
        }
    }

    fn tcp_socket(&self, descriptor: i32, entry: &Entry) -> Socket {
        let listens = entry.state == proc::State::Listen;
        let other_end = self.other_end(entry);
        let waiting = match other_end {
            // Of a listener, the receive queue is a queue of connections.
            _ if listens => Some(entry.receive_queue),
            None if entry.state == proc::State::SynSent => self.waiting_at_peer(entry),
            Some(other_end) if is_not_accepted(other_end) => self.waiting_at_peer(entry),
            _ => None,
        };
        Socket {
            local: Some(canonical(entry.local)),
            peer: (!listens).then(|| canonical(entry.remote)),
            state: Some(state(entry.state)),
            receive_queue: unread(entry),
            send_queue: unacknowledged(entry),
            peer_unread: other_end.map(unread),
            waiting_connections: waiting,
            ..unlisted(descriptor, Kind::Tcp)
        }
    }

    fn other_end(&self, entry: &Entry) -> Option<&Entry> {
        let (local, remote) = (canonical(entry.local), canonical(entry.remote));
        self.tcp()
            .find(|other| canonical(other.local) == remote && canonical(other.remote) == local)
    }

    /// The queue of the listener on this machine that accepts, or would accept, the
    /// connection of `entry`: the one at that very address before one at all addresses.
    fn waiting_at_peer(&self, entry: &Entry) -> Option<u32> {
        let (local, peer) = (canonical(entry.local), canonical(entry.remote));
        // One's own addresses are reached from themselves.
        let on_this_machine = peer.ip().is_loopback() || peer.ip() == local.ip();
        let listeners = self.tcp().filter(|listener| {
            let at = canonical(listener.local);
            let all = at.ip().is_unspecified() && on_this_machine;
            listener.state == proc::State::Listen
                && at.port() == peer.port()
                && (all || at.ip() == peer.ip())
        });
        let nearest = listeners.min_by_key(|listener| {
            let at = listener.local;
            (at.ip().is_unspecified(), at.is_ipv4() != peer.is_ipv4())
        });
        nearest.map(|listener| listener.receive_queue)
    }

    fn listed(&self) -> proc::Tables {
        proc::Tables::of(self.process.id)
    }

    fn tcp(&self) -> impl Iterator<Item = &Entry> {
        let ipv4 = self
            .tcp4
            .get_or_init(|| self.listed().tcp().unwrap_or_default());
        let ipv6 = || {
            self.tcp6
                .get_or_init(|| self.listed().tcp6().unwrap_or_default())
        };
        ipv4.iter().chain(std::iter::once_with(ipv6).flatten())
    }

    fn udp(&self) -> impl Iterator<Item = &Entry> {
        let ipv4 = self
            .udp4
            .get_or_init(|| self.listed().udp().unwrap_or_default());
        let ipv6 = || {
            self.udp6
                .get_or_init(|| self.listed().udp6().unwrap_or_default())
        };
        ipv4.iter().chain(std::iter::once_with(ipv6).flatten())
    }
}

/// The protocol's name in the kernel, `TCP` or `UDPv6`, as an attribute of the descriptor.
fn protocol(process: i32, descriptor: i32) -> Option<String> {
    let path = format!("/proc/{process}/fd/{descriptor}");
    let mut name = [0; 32];
    let length = rustix::fs::getxattr(path, c"system.sockprotoname", &mut name).ok()?;
    let name = std::str::from_utf8(name.get(..length)?).ok()?;
    Some(name.trim_end_matches('\0').to_owned())
}

/// What a socket of `process` is, without a look into any table.
pub(super) fn kind(process: i32, descriptor: i32) -> Option<Kind> {
    protocol(process, descriptor).map(|name| kind_of(&name))
}

fn kind_of(protocol: &str) -> Kind {
    match protocol.trim_end_matches("v6") {
        "TCP" | "MPTCP" => Kind::Tcp,
        "UDP" => Kind::Udp,
        _ => Kind::Other,
    }
}

fn unlisted(descriptor: i32, kind: Kind) -> Socket {
    Socket {
        descriptor,
        kind,
        local: None,
        peer: None,
        state: None,
        receive_queue: 0,
        send_queue: 0,
        peer_unread: None,
        waiting_connections: None,
    }
}

fn udp_socket(descriptor: i32, entry: &Entry) -> Socket {
    let connected = entry.remote.port() != 0;
    Socket {
        local: Some(canonical(entry.local)),
        peer: connected.then(|| canonical(entry.remote)),
        receive_queue: entry.receive_queue,
        send_queue: entry.send_queue,
        ..unlisted(descriptor, Kind::Udp)
    }
}

/// The kernel has made this end of a connection, and no program holds it yet.
fn is_not_accepted(end: &Entry) -> bool {
    end.inode == 0 && matches!(end.state, proc::State::Established | proc::State::SynRecv)
}

/// Bytes that were received and not read. The kernel counts sequence numbers, and a
/// FIN that is still to be read has one (RFC 9293, section 3.4).
fn unread(end: &Entry) -> u32 {
    match end.state {
        proc::State::Listen => 0,
        proc::State::CloseWait | proc::State::LastAck | proc::State::Closing => {
            end.receive_queue.saturating_sub(1)
        }
        _ => end.receive_queue,
    }
}

/// Bytes that were sent and not acknowledged. A SYN or a FIN of one's own has a
/// sequence number, too.
fn unacknowledged(end: &Entry) -> u32 {
    match end.state {
        proc::State::Listen => 0,
        proc::State::SynSent
        | proc::State::FinWait1
        | proc::State::LastAck
        | proc::State::Closing => end.send_queue.saturating_sub(1),
        _ => end.send_queue,
    }
}

/// An IPv4 address as such, also where an IPv6 socket carries it.
fn canonical(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(address.ip().to_canonical(), address.port())
}

fn state(state: proc::State) -> State {
    match state {
        proc::State::Established => State::Established,
        proc::State::SynSent => State::SynSent,
        proc::State::SynRecv | proc::State::NewSynRecv => State::SynReceived,
        proc::State::FinWait1 => State::FinWait1,
        proc::State::FinWait2 => State::FinWait2,
        proc::State::TimeWait => State::TimeWait,
        proc::State::Close => State::Closed,
        proc::State::CloseWait => State::CloseWait,
        proc::State::LastAck => State::LastAck,
        proc::State::Listen => State::Listen,
        proc::State::Closing => State::Closing,
    }
}
