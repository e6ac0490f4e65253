//! The peer's UDP socket: it sends to one address, or answers whoever has sent last.

use crate::link::{News, NotSent};
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::time::Duration;

/// No datagram is larger.
const LARGEST: usize = 65_536;

/// A wait of no time at all would be one without a limit.
const SHORTEST: Duration = Duration::from_millis(1);

pub(crate) struct Datagrams {
    socket: UdpSocket,
    /// Where what is typed goes.
    other: Option<SocketAddr>,
    /// It answers whoever has sent last.
    listens: bool,
}

impl Datagrams {
    /// A socket that sends to `other`; it is not connected, so that others may answer.
    pub(crate) fn to(other: SocketAddr) -> io::Result<Self> {
        // On loopback nobody else is to reach it, and no firewall asks.
        let own: IpAddr = match other {
            _ if other.ip().is_loopback() => other.ip(),
            SocketAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
            SocketAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
        };
        Ok(Self {
            socket: UdpSocket::bind(SocketAddr::new(own, 0))?,
            other: Some(other),
            listens: false,
        })
    }

    /// A socket that waits for datagrams at `own`.
    pub(crate) fn at(own: SocketAddr) -> io::Result<Self> {
        Ok(Self {
            socket: UdpSocket::bind(own)?,
            other: None,
            listens: true,
        })
    }

    pub(crate) fn address(&self) -> io::Result<SocketAddr> {
        self.socket.local_addr()
    }

    pub(crate) fn news(&mut self, limit: Duration) -> News {
        let mut room = vec![0; LARGEST];
        let limit = Some(limit.max(SHORTEST));
        let read = self
            .socket
            .set_read_timeout(limit)
            .and_then(|()| self.socket.recv_from(&mut room));
        match read {
            Ok((count, from)) => {
                room.truncate(count);
                if self.listens {
                    self.other = Some(from);
                }
                News::Bytes(room, Some(from))
            }
            // Windows tells here, and nowhere else, that nobody received what was sent.
            Err(_) => News::Nothing,
        }
    }

    pub(crate) fn send(&mut self, bytes: &[u8]) -> Result<(), NotSent> {
        let other = self.other.ok_or(NotSent::NobodyThere)?;
        let sent = self.socket.send_to(bytes, other);
        sent.map(drop).map_err(NotSent::Otherwise)
    }
}
