//! What the peer has to the other side: a TCP connection or a UDP socket, behind one set of
//! words.

use crate::datagrams::Datagrams;
use crate::stream::Stream;
use std::net::SocketAddr;
use std::time::Duration;

/// What came from the other side, or did not.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum News {
    /// Bytes of a stream, or a datagram with its sender.
    Bytes(Vec<u8>, Option<SocketAddr>),
    /// The other side has ended its direction (RFC 9293, section 3.6).
    Fin,
    /// The connection was broken off (RFC 9293, section 3.5.2).
    Rst,
    /// Nothing in this time.
    Nothing,
}

/// Why bytes did not go out.
#[derive(Debug)]
pub(crate) enum NotSent {
    /// The connection is broken off.
    Rst,
    /// The other side does not read, and there is no more room.
    NotTaken,
    /// Nobody has sent a datagram yet that could be answered.
    NobodyThere,
    /// The system took nothing.
    Otherwise(std::io::Error),
}

pub(crate) enum Link {
    Stream(Stream),
    Datagrams(Datagrams),
}

impl Link {
    /// What comes within `limit`; the end of a stream is told once.
    pub(crate) fn news(&mut self, limit: Duration) -> News {
        match self {
            Self::Stream(stream) => stream.news(limit),
            Self::Datagrams(socket) => socket.news(limit),
        }
    }

    pub(crate) fn send(&mut self, bytes: &[u8]) -> Result<(), NotSent> {
        match self {
            Self::Stream(stream) => stream.send(bytes),
            Self::Datagrams(socket) => socket.send(bytes),
        }
    }

    /// Nothing comes any more, and nothing goes out.
    pub(crate) fn is_over(&self) -> bool {
        match self {
            Self::Stream(stream) => stream.is_over(),
            Self::Datagrams(_) => false,
        }
    }

    /// The stream has ended on the other side.
    pub(crate) fn has_ended(&self) -> bool {
        match self {
            Self::Stream(stream) => stream.has_ended(),
            Self::Datagrams(_) => false,
        }
    }
}
