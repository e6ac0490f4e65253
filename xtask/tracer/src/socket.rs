//! A socket as the kernel's tables show it.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::net::SocketAddr;

/// One descriptor of a socket. An IPv4 address that IPv6 carries (`::ffff:127.0.0.1`)
/// is given as the IPv4 address it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Socket {
    /// The number by which the program knows it.
    pub descriptor: i32,
    /// Its protocol.
    pub kind: Kind,
    /// `None` before the kernel lists it: a TCP socket that neither listens nor
    /// connects yet, a UDP socket that is not bound.
    pub local: Option<SocketAddr>,
    /// `None` unless it is connected, or connecting.
    pub peer: Option<SocketAddr>,
    /// `None` unless it is a TCP socket.
    pub state: Option<State>,
    /// Bytes received that the program has not read. For UDP the memory they take,
    /// which is more than the datagrams' own bytes.
    pub receive_queue: u32,
    /// Bytes sent that the peer's system has not acknowledged; memory for UDP.
    pub send_queue: u32,
    /// Bytes that the other end of a TCP connection has received and not read.
    /// `None` when that end is not on this machine, or gone.
    pub peer_unread: Option<u32>,
    /// Connections that nobody has accepted yet: those of this socket, if it listens.
    /// Else those of the listener at `peer`, if it has not accepted this one.
    pub waiting_connections: Option<u32>,
}

/// The protocol of a socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// A stream (RFC 9293).
    Tcp,
    /// Datagrams (RFC 768).
    Udp,
    /// A Unix socket, for example.
    Other,
}

/// The states of RFC 9293, section 3.3.2. `Display` gives their names there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// There is no connection.
    Closed,
    /// It waits for somebody to connect.
    Listen,
    /// It asked for a connection, and waits for the answer.
    SynSent,
    /// It was asked for a connection and answered, and waits for the last word.
    SynReceived,
    /// Both sides may send.
    Established,
    /// It sent FIN first, and the peer has not confirmed that.
    FinWait1,
    /// It sent FIN, which is confirmed; the peer may still send.
    FinWait2,
    /// The peer has sent FIN; the program has not closed its side.
    CloseWait,
    /// Both sent FIN at the same time.
    Closing,
    /// It sent FIN second, and the peer has not confirmed that.
    LastAck,
    /// It is over, and kept for segments that are late.
    TimeWait,
}

impl fmt::Display for State {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Closed => "CLOSED",
            Self::Listen => "LISTEN",
            Self::SynSent => "SYN-SENT",
            Self::SynReceived => "SYN-RECEIVED",
            Self::Established => "ESTABLISHED",
            Self::FinWait1 => "FIN-WAIT-1",
            Self::FinWait2 => "FIN-WAIT-2",
            Self::CloseWait => "CLOSE-WAIT",
            Self::Closing => "CLOSING",
            Self::LastAck => "LAST-ACK",
            Self::TimeWait => "TIME-WAIT",
        })
    }
}
