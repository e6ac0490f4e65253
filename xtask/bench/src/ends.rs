//! A sender and a receiver over loopback, for each transport, and a server that echoes. No
//! wait on them is longer than [`PATIENCE`].

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::thread;
use std::time::Duration;

/// What has not come by then is lost.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

/// A TCP connection's two ends: the sender's and the receiver's.
pub(crate) fn tcp() -> io::Result<(TcpStream, TcpStream)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let sender = TcpStream::connect(listener.local_addr()?)?;
    let (receiver, _) = listener.accept()?;
    sender.set_write_timeout(Some(PATIENCE))?;
    receiver.set_read_timeout(Some(PATIENCE))?;
    Ok((sender, receiver))
}

/// Two UDP sockets: the sender is connected to the receiver.
pub(crate) fn udp() -> io::Result<(UdpSocket, UdpSocket)> {
    let receiver = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?;
    let sender = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?;
    sender.connect(receiver.local_addr()?)?;
    for socket in [&sender, &receiver] {
        socket.set_read_timeout(Some(PATIENCE))?;
    }
    Ok((sender, receiver))
}

/// A server that echoes `bytes` at a time on `connections`, one after another; its address.
pub(crate) fn echo_server(connections: usize, bytes: usize) -> io::Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let address = listener.local_addr()?;
    thread::spawn(move || {
        let mut buffer = vec![0; bytes];
        for _ in 0..connections {
            let Ok((mut stream, _)) = listener.accept() else {
                return;
            };
            let ready = stream.set_nodelay(true);
            if ready.and(stream.set_read_timeout(Some(PATIENCE))).is_err() {
                return;
            }
            // The client's end of the connection ends it.
            while stream.read_exact(&mut buffer).is_ok() && stream.write_all(&buffer).is_ok() {}
        }
    });
    Ok(address)
}

/// A connection to it, with TCP_NODELAY or as it is made.
pub(crate) fn connected(server: SocketAddr, nodelay: bool) -> io::Result<TcpStream> {
    let stream = TcpStream::connect(server)?;
    stream.set_nodelay(nodelay)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    Ok(stream)
}
