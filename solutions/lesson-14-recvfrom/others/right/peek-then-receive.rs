//! Right: peek_from looks first at who is there and how long it is, and a buffer of just that size (plus one) receives it.
use std::io::{self, Write};
use std::net::UdpSocket;

fn text(message: &[u8]) -> String {
    let Ok(text) = std::str::from_utf8(message) else { return "글이 아닙니다".into() };
    match text.char_indices().nth(30) { Some((at, _)) => format!("{}…", &text[..at]), None => text.into() }
}
fn main() -> io::Result<()> {
    let address = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    let socket = UdpSocket::bind(address)?;
    let mut out = io::BufWriter::new(io::stdout());
    write!(out, "서버가 시작되었습니다: {}\r\n", socket.local_addr()?)?;
    out.flush()?;
    let mut look = vec![0; 65_536];
    loop {
        let (length, seen) = socket.peek_from(&mut look)?;
        let mut message = vec![0; length + 1];
        let (count, from) = socket.recv_from(&mut message)?;
        assert_eq!((count, from), (length, seen));
        message.truncate(count);
        write!(out, "{from}: {}\r\n", text(&message))?;
        out.flush()?;
        socket.send_to(format!("{count}바이트를 받았습니다").as_bytes(), from)?;
    }
}
