//! Right: no loop keyword at all: repeat_with, try_for_each and try_fold; a buffered reader over a std stream; CR LF on stdout.
use socket2::{Domain, Protocol, SockAddr, Socket, Type};
use std::io::{self, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};

const GREETING: &str = "반갑습니다";

fn line(text: String) -> io::Result<()> {
    let mut out = io::stdout();
    out.write_all((text + "\r\n").as_bytes()).and_then(|()| out.flush())
}

fn talk(client: TcpStream) -> io::Result<usize> {
    (&client).write_all(GREETING.as_bytes())?;
    // Bytes come one by one, and only their number is kept; Interrupted is dealt with by bytes().
    BufReader::with_capacity(512, &client).bytes().try_fold(0, |count, byte| byte.map(|_| count + 1))
}

fn one((client, address): (Socket, SockAddr)) -> io::Result<()> {
    let peer = address.as_socket().ok_or_else(|| io::Error::other("IP 주소가 아닙니다"))?;
    line(format!("손님이 왔습니다: {peer}"))?;
    talk(client.into()).map(drop).or_else(|error| writeln!(io::stderr(), "{peer} → {error}"))
}

fn server(text: &str) -> io::Result<()> {
    let address = text
        .parse::<SocketAddr>()
        .map_err(|_| io::Error::other(format!("{text}은(는) 주소가 아닙니다")))?;
    let door = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    cfg!(unix).then(|| door.set_reuse_address(true)).transpose()?;
    door.bind(&SockAddr::from(address))?;
    door.listen(128)?;
    let name = door.local_addr()?.as_socket();
    line(format!("서버가 시작되었습니다: {}", name.unwrap_or(address)))?;
    std::iter::repeat_with(|| door.accept()).try_for_each(|accepted| accepted.and_then(one))
}

fn main() {
    let text = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:12345".to_owned());
    std::process::exit(match server(&text) {
        Ok(()) => 0,
        Err(error) => {
            eprintln!("오류: {error}");
            1
        }
    })
}
