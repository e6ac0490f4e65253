//! Right: the greeting is sent (vectored, through a BufWriter) before the line on stdout is printed; reading is io::copy to a sink; CR LF.
use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, BufWriter, IoSlice, Write};
use std::net::{SocketAddr, TcpStream};

fn greet(client: &TcpStream) -> io::Result<()> {
    let (left, right) = "반갑습니다".as_bytes().split_at(4);
    let mut writer = BufWriter::with_capacity(64, client);
    let count = writer.write_vectored(&[IoSlice::new(left), IoSlice::new(right)])?;
    writer.write_all(&"반갑습니다".as_bytes()[count..])?;
    writer.flush()
}
fn main() -> io::Result<()> {
    let mut out = io::stdout();
    let text = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    let address: SocketAddr = text.parse().map_err(io::Error::other)?;
    let listener = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    if cfg!(unix) { listener.set_reuse_address(true)?; }
    listener.bind(&address.into())?;
    listener.listen(128)?;
    write!(out, "서버가 시작되었습니다: {}\r\n", listener.local_addr()?.as_socket().unwrap())?;
    out.flush()?;
    loop {
        let (client, peer) = listener.accept()?;
        let peer = peer.as_socket().expect("an IP address");
        let mut client = TcpStream::from(client);
        let greeted = greet(&client);
        write!(out, "손님이 왔습니다: {peer}\r\n")?;
        out.flush()?;
        let outcome = greeted.and_then(|()| io::copy(&mut client, &mut io::sink()));
        drop(client);
        match outcome {
            Ok(count) => eprintln!("[{peer} said {count} bytes and left]"),
            Err(error) => eprintln!("[{peer}: {error}]"),
        }
    }
}
