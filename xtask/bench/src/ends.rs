//! A sender and a receiver over loopback, for each transport. No wait on them is longer
//! than [`PATIENCE`].

use std::io;
use std::net::{Ipv4Addr, TcpListener, TcpStream, UdpSocket};
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
