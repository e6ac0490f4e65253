//! A server and a client by socket2, as in the lessons. It is a part of a test binary, which
//! stands in for a program where it is told to.

use socket2::{Domain, Protocol, Socket, Type};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr};

/// In the environment of a test binary that is such a program.
pub const VARIABLE: &str = "TRACER_SOCKET2";

pub fn run() {
    let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let listener = Socket::new(Domain::IPV4, Type::STREAM, Some(Protocol::TCP)).unwrap();
    listener.set_reuse_address(true).unwrap();
    listener.bind(&any.into()).unwrap();
    listener.listen(8).unwrap();
    let address = listener.local_addr().unwrap();
    let mut client = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    client.connect(&address).unwrap();
    let (mut server, _) = listener.accept().unwrap();
    client.write_all("안녕".as_bytes()).unwrap();
    client.shutdown(Shutdown::Write).unwrap();
    let mut room = [0; 16];
    while server.read(&mut room).unwrap() > 0 {}
    server.send(b"bye").unwrap();
    drop(server);
    while client.read(&mut room).unwrap() > 0 {}
    let datagrams = Socket::new(Domain::IPV4, Type::DGRAM, None).unwrap();
    datagrams.bind(&any.into()).unwrap();
    let own = datagrams.local_addr().unwrap();
    datagrams.send_to(b"one", &own).unwrap();
    datagrams
        .recv_from(&mut [std::mem::MaybeUninit::uninit(); 16])
        .unwrap();
}
