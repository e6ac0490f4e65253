//! Right: recvmsg of socket2 into two uninitialised buffers at once, looking at the truncation flag; answers by sendmsg-like vectored send; main returns Box<dyn Error>.
use socket2::{Domain, MaybeUninitSlice, MsgHdrMut, Protocol, SockAddr, Socket, Type};
use std::error::Error;
use std::io::{self, IoSlice};
use std::mem::MaybeUninit;
use std::net::SocketAddr;

const SMALL: usize = 100;

fn receive(socket: &Socket) -> io::Result<(Vec<u8>, SocketAddr)> {
    let mut head = [MaybeUninit::<u8>::uninit(); SMALL];
    let mut tail = vec![MaybeUninit::<u8>::uninit(); 65_535 - SMALL];
    // SAFETY: recvmsg writes the sender's address into this storage.
    let mut from = unsafe { SockAddr::try_init(|_, _| Ok(())) }?.1;
    let count = {
        let mut buffers = [MaybeUninitSlice::new(&mut head), MaybeUninitSlice::new(&mut tail)];
        let mut header = MsgHdrMut::new().with_addr(&mut from).with_buffers(&mut buffers);
        let count = socket.recvmsg(&mut header, 0)?;
        if header.flags().is_truncated() {
            return Err(io::Error::other("a datagram longer than any datagram"));
        }
        count
    };
    let message = head.iter().chain(&tail).take(count);
    // SAFETY: the kernel has written the first `count` bytes.
    let message = message.map(|byte| unsafe { byte.assume_init() }).collect();
    let from = from.as_socket().ok_or_else(|| io::Error::other("a sender without IP"))?;
    Ok((message, from))
}

fn shown(message: &[u8]) -> String {
    let Ok(text) = std::str::from_utf8(message) else {
        return "글이 아닙니다".into();
    };
    match text.char_indices().nth(30) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.into(),
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let address: SocketAddr = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into()).parse()?;
    let socket = Socket::new(Domain::for_address(address), Type::DGRAM, Some(Protocol::UDP))?;
    socket.bind(&address.into())?;
    println!("서버가 시작되었습니다: {}", socket.local_addr()?.as_socket().unwrap_or(address));
    loop {
        let (message, from) = receive(&socket)?;
        println!("{from}: {}", shown(&message));
        let count = message.len().to_string();
        let reply = [IoSlice::new(count.as_bytes()), IoSlice::new("바이트를 받았습니다".as_bytes())];
        socket.send_to_vectored(&reply, &from.into())?;
    }
}
