//! Somebody else on the same machine, who tries to bind the program's port.

use crate::cast::program::Program;
use crate::deadline::watch;
use crate::judge::reason::Reason;
use crate::judge::verdict::Cause;
use crate::transcript::event::Event;
use crate::transcript::happening::Happening;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, UdpSocket};
use std::time::Duration;

/// How long somebody else's socket may be in the way of a neighbour's.
const IN_PASSING: Duration = Duration::from_secs(1);

/// The same, where it is certain that it is not the program's.
const AT_MOST: Duration = Duration::from_secs(20);

impl Program {
    /// Tries to bind the program's own port on `host`, and records whether it is
    /// taken: a bound socket stands in no table before it listens.
    pub fn keeps_its_port_on(&mut self, host: Ipv4Addr) {
        self.tells_of_its_port(host, TcpListenerWithoutReuse::bind);
    }

    /// As [`Program::keeps_its_port_on`], among the ports of UDP.
    pub fn keeps_its_udp_port_on(&mut self, host: Ipv4Addr) {
        self.tells_of_its_port(host, |address| UdpSocket::bind(address).is_ok());
    }

    fn tells_of_its_port(&self, host: Ipv4Addr, binds: impl Fn(SocketAddr) -> bool) {
        let own = self.socket_address();
        let address = SocketAddr::from((host, own.port()));
        // Where the program is not, somebody else may have just this port for a moment.
        let is_its_own = own.ip() == address.ip() || own.ip().is_unspecified();
        let is_another_s = !is_its_own && self.holds_none_at(address);
        let patience = match (is_its_own, is_another_s) {
            (true, _) => Duration::ZERO,
            (false, true) => AT_MOST,
            (false, false) => IN_PASSING,
        };
        let free = watch(patience, || binds(address).then_some(()));
        if free.is_none() && is_another_s {
            let taken = ErrorKind::AddrInUse.into();
            let reason = Reason::no_port("neighbour", &taken);
            self.stage.stop(Cause::Broken(reason));
        }
        let found = Happening::Neighbour {
            address: address.into(),
            taken: free.is_none(),
        };
        self.stage.record(Event::new("neighbour", found));
    }

    /// Is it certain that no socket of the program is in the way of one at `address`? Only
    /// Linux shows it.
    fn holds_none_at(&self, address: SocketAddr) -> bool {
        #[cfg(target_os = "linux")]
        return crate::process::linux::endpoints(self.process()).is_ok_and(|held| {
            let in_the_way = |own: &SocketAddr| {
                own.port() == address.port()
                    && (own.ip() == address.ip() || own.ip().is_unspecified())
            };
            !held.iter().any(in_the_way)
        });
        #[cfg(not(target_os = "linux"))]
        {
            let _ = address;
            false
        }
    }
}

/// A bind that gives way to whoever has the port: std's listener would share it
/// with a socket that allows reuse.
struct TcpListenerWithoutReuse;

impl TcpListenerWithoutReuse {
    fn bind(address: SocketAddr) -> bool {
        if cfg!(windows) {
            return TcpListener::bind(address).is_ok();
        }
        let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None);
        socket
            .and_then(|socket| socket.bind(&address.into()))
            .is_ok()
    }
}
