//! A port that the check has prepared before the program starts: in use, or left
//! in TIME_WAIT.

use crate::deadline::{PATIENCE, watch};
use socket2::{Domain, Socket, Type};
use std::io::{self, Read};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};

/// A prepared port; it stays as it is while this value lives.
pub struct Occupant {
    address: SocketAddr,
    listener: Option<TcpListener>,
}

impl Occupant {
    /// The address with the prepared port, to be given to the program.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) fn state(&self) -> &'static str {
        if self.listener.is_some() {
            "listen"
        } else {
            "timewait"
        }
    }

    pub(crate) fn listening() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        Ok(Self {
            address: listener.local_addr()?,
            listener: Some(listener),
        })
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
        Ok(Self {
            address,
            listener: None,
        })
    }
}

/// A loopback host of this process's own where there are many, so that nobody else
/// is given the port between the old server's end and the program's start.
fn quiet_host() -> Ipv4Addr {
    if cfg!(any(target_os = "linux", windows)) {
        let [_, _, high, low] = std::process::id().to_be_bytes();
        Ipv4Addr::new(127, 77, high, low.clamp(1, 254))
    } else {
        Ipv4Addr::LOCALHOST
    }
}
