//! Right: socket2's recvmsg into a MsgHdrMut of two uninitialised buffers, with its own sender address and truncation flag; answers by sendmsg.
use socket2::{Domain, MaybeUninitSlice, MsgHdr, MsgHdrMut, Protocol, SockAddr, Socket, Type};
use std::io::{self, ErrorKind, IoSlice, Write};
use std::mem::MaybeUninit;
use std::net::SocketAddr;

/// The first so many bytes of a buffer, which the kernel has written.
fn written(buffer: &[MaybeUninit<u8>], count: usize) -> impl Iterator<Item = u8> + '_ {
    buffer[..count].iter().map(|byte| unsafe { byte.assume_init() })
}

fn receive(socket: &Socket) -> io::Result<(Vec<u8>, SockAddr)> {
    let mut head = [MaybeUninit::<u8>::uninit(); 1000];
    let mut tail = vec![MaybeUninit::<u8>::uninit(); 65_535 - 1000];
    let (count, from) = loop {
        let (mut buffers, mut from) = (
            [MaybeUninitSlice::new(&mut head), MaybeUninitSlice::new(&mut tail)],
            SockAddr::from(SocketAddr::from(([0; 16], 0))),
        );
        let mut header = MsgHdrMut::new().with_addr(&mut from).with_buffers(&mut buffers);
        match socket.recvmsg(&mut header, 0) {
            Ok(_) if header.flags().is_truncated() => return Err(io::Error::other("데이터그램이 잘렸습니다")),
            Ok(count) => break (count, from),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    };
    let first = count.min(head.len());
    let message = written(&head, first).chain(written(&tail, count - first)).collect();
    Ok((message, from))
}

fn answer(socket: &Socket, length: usize, to: &SockAddr) -> io::Result<usize> {
    let digits = length.to_string();
    let parts = [IoSlice::new(digits.as_bytes()), IoSlice::new("바이트를 받았습니다".as_bytes())];
    socket.sendmsg(&MsgHdr::new().with_addr(to).with_buffers(&parts), 0)
}

fn text(message: Vec<u8>) -> String {
    String::from_utf8(message).map_or_else(
        |_| String::from("글이 아닙니다"),
        |text| {
            let mut letters = text.chars();
            let mut short: String = letters.by_ref().take(30).collect();
            short.extend(letters.next().map(|_| '…'));
            short
        },
    )
}

fn run(given: &str) -> io::Result<()> {
    let address: SocketAddr =
        given.parse().map_err(|_| io::Error::other(format!("{given}은(는) 주소가 아닙니다")))?;
    let socket = Socket::new(Domain::for_address(address), Type::DGRAM, Some(Protocol::UDP))?;
    socket.bind(&address.into())?;
    let mut out = io::stdout();
    writeln!(out, "서버가 시작되었습니다: {}", socket.local_addr()?.as_socket().unwrap_or(address))?;
    loop {
        let (message, from) = receive(&socket)?;
        let length = message.len();
        let who = from.as_socket().ok_or_else(|| io::Error::other("IP 주소가 아닙니다"))?;
        writeln!(out, "{who}: {}", text(message))?;
        answer(&socket, length, &from)?;
    }
}

fn main() {
    let given = std::env::args().nth(1);
    if let Err(error) = run(given.as_deref().unwrap_or("127.0.0.1:12345")) {
        eprintln!("오류: {error}");
        std::process::exit(1);
    }
}
