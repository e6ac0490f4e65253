//! A port that the check has prepared before the program starts: in use, refusing,
//! silent, or left in TIME_WAIT.

use crate::deadline::{PATIENCE, watch};
use crate::process::lockstep::is_asked;
use crate::transcript::happening::Hold;
use socket2::{Domain, Socket, Type};
use std::io::{self, Read};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

/// A prepared port; it stays as it is while this value lives.
pub struct Occupant {
    address: SocketAddr,
    /// What the transcript says of it.
    pub(crate) state: Hold,
    held: Vec<Socket>,
}

impl Occupant {
    /// The address with the prepared port, to be given to the program.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Does a program wait for an answer to its SYN?
    pub(crate) fn is_asked(&self) -> bool {
        let local = |socket: &Socket| socket.local_addr().ok()?.as_socket();
        let own: Vec<_> = self.held.iter().filter_map(local).collect();
        is_asked(self.address, &own)
    }

    /// The socket of a port that [refuses](crate::Scene::port_that_refuses), to listen after
    /// all. `None` where the port was prepared in another way.
    pub(crate) fn refused_so_far(mut self) -> Option<Socket> {
        (self.state == Hold::Bind).then(|| self.held.pop())?
    }

    pub(crate) fn listening() -> io::Result<Self> {
        let socket = bound(Ipv4Addr::LOCALHOST)?;
        socket.listen(1)?;
        Self::holding(Hold::Listen, vec![socket])
    }

    /// As [`Self::listening`], and where the system knows it (not Windows), with SO_REUSEADDR and
    /// SO_REUSEPORT: a program that sets the latter as well is given the port, too.
    pub(crate) fn listening_and_sharing() -> io::Result<Self> {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
        #[cfg(unix)]
        {
            socket.set_reuse_address(true)?;
            socket.set_reuse_port(true)?;
        }
        socket.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into())?;
        socket.listen(1)?;
        Self::holding(Hold::Listen, vec![socket])
    }

    /// Bound, and not listening: a connect is refused (RFC 9293, section 3.5.2).
    pub(crate) fn refusing() -> io::Result<Self> {
        Self::holding(Hold::Bind, vec![bound(Ipv4Addr::LOCALHOST)?])
    }

    /// A UDP socket with SO_REUSEADDR: on Linux another may bind its port only if it has
    /// that option as well (`man 7 socket`).
    pub(crate) fn having_datagrams() -> io::Result<Self> {
        let socket = Socket::new(Domain::IPV4, Type::DGRAM, None)?;
        socket.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into())?;
        socket.set_reuse_address(true)?;
        Self::holding(Hold::Bind, vec![socket])
    }

    /// A UDP socket that takes datagrams of one other address only, its own: the system
    /// answers all others as if the port were closed.
    pub(crate) fn refusing_datagrams() -> io::Result<Self> {
        let socket = Socket::new(Domain::IPV4, Type::DGRAM, None)?;
        socket.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into())?;
        socket.connect(&socket.local_addr()?)?;
        Self::holding(Hold::Bind, vec![socket])
    }

    /// Listening with a backlog that is full: on Linux a connect is not answered.
    pub(crate) fn silent() -> io::Result<Self> {
        let socket = bound(Ipv4Addr::LOCALHOST)?;
        Self::holding(Hold::Full, with_a_full_backlog(socket)?)
    }

    /// A server with SO_REUSEADDR that closed its connection first, and then its
    /// listener: RFC 9293, section 3.6, leaves its end in TIME_WAIT.
    pub(crate) fn in_time_wait() -> io::Result<Self> {
        let listener: TcpListener = {
            let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
            socket.set_reuse_address(true)?;
            socket.bind(&SocketAddr::from((quiet_host(), 0)).into())?;
            socket.listen(1)?;
            socket.into()
        };
        let address = listener.local_addr()?;
        let mut client = TcpStream::connect(address)?;
        let (server, _) = listener.accept()?;
        drop(server);
        client.read_to_end(&mut Vec::new())?;
        drop(client);
        drop(listener);
        let bound = || Socket::new(Domain::IPV4, Type::STREAM, None)?.bind(&address.into());
        watch(PATIENCE, || bound().is_err().then_some(()))
            .ok_or_else(|| io::Error::other("no connection stayed in TIME_WAIT"))?;
        // A process that another scenario forks holds the listener until its exec; the
        // port is ready when a right program can bind it.
        let bound_by_a_right_program = || {
            let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
            socket.set_reuse_address(true)?;
            socket.bind(&address.into())
        };
        watch(PATIENCE, || bound_by_a_right_program().ok())
            .ok_or_else(|| io::Error::other("the old server's port did not become free"))?;
        Ok(Self {
            address,
            state: Hold::TimeWait,
            held: Vec::new(),
        })
    }

    fn holding(state: Hold, held: Vec<Socket>) -> io::Result<Self> {
        let address = held.first().map(Socket::local_addr).transpose()?;
        let address = address.and_then(|address| address.as_socket());
        let address = address.ok_or_else(|| io::Error::other("the port has no address"))?;
        Ok(Self {
            address,
            state,
            held,
        })
    }
}

/// A connect over loopback that has no answer after this has none at all.
const FULL_AFTER: Duration = Duration::from_millis(100);

/// Lets `socket`, which is bound, listen, and fills its backlog: on Linux a connect is not
/// answered while the sockets that are returned, `socket` first, are held.
pub(crate) fn with_a_full_backlog(socket: Socket) -> io::Result<Vec<Socket>> {
    socket.listen(0)?;
    let address = socket.local_addr()?;
    let mut held = vec![socket];
    loop {
        let client = Socket::new(address.domain(), Type::STREAM, None)?;
        if client.connect_timeout(&address, FULL_AFTER).is_err() {
            return Ok(held);
        }
        held.push(client);
    }
}

/// A socket without SO_REUSEADDR, on a port that the system chooses.
fn bound(host: Ipv4Addr) -> io::Result<Socket> {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    socket.bind(&SocketAddr::from((host, 0)).into())?;
    Ok(socket)
}

/// A loopback host of this process's own where there are many, so that nobody else
/// is given the port between the old server's end and the program's start.
pub(crate) fn quiet_host() -> Ipv4Addr {
    if cfg!(any(target_os = "linux", windows)) {
        let [_, _, high, low] = std::process::id().to_be_bytes();
        Ipv4Addr::new(127, 77, high, low.clamp(1, 254))
    } else {
        Ipv4Addr::LOCALHOST
    }
}
