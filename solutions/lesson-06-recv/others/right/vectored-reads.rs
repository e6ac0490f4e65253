//! Right: reads into two small buffers at once (read_vectored) and keeps the pieces in a linked list until the end; CR LF after each line of stdout.
use socket2::{Domain, Protocol, Socket, Type};
use std::collections::LinkedList;
use std::io::{self, ErrorKind, IoSliceMut, Read, Write};
use std::net::SocketAddr;
use std::process::exit;

fn collect(client: &mut Socket, pieces: &mut LinkedList<Box<[u8]>>) -> io::Result<()> {
    loop {
        let (mut one, mut two) = ([0; 5], [0; 11]);
        let count = match client.read_vectored(&mut [IoSliceMut::new(&mut one), IoSliceMut::new(&mut two)]) {
            Ok(0) => return Ok(()),
            Ok(count) => count,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        pieces.push_back(one[..count.min(5)].into());
        if count > 5 {
            pieces.push_back(two[..count - 5].into());
        }
    }
}

fn judge(outcome: io::Result<()>, message: Vec<u8>) -> String {
    if let Err(error) = outcome {
        return match error.kind() {
            ErrorKind::ConnectionReset => "상대가 연결을 끊었습니다 (RST)".into(),
            _ => format!("받는 도중의 오류: {error}"),
        };
    }
    String::from_utf8(message).map_or_else(
        |error| format!("UTF-8이 아닙니다: {}바이트까지만 글자입니다", error.utf8_error().valid_up_to()),
        |text| format!("메시지: {text}"),
    )
}

fn run() -> io::Result<()> {
    let text = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    let address: SocketAddr = text.parse().map_err(io::Error::other)?;
    let listener = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    #[cfg(unix)]
    listener.set_reuse_address(true)?;
    listener.bind(&address.into())?;
    listener.listen(10)?;
    let mut out = io::stdout().lock();
    write!(out, "서버가 시작되었습니다: {}\r\n", listener.local_addr()?.as_socket().unwrap_or(address))?;
    loop {
        let mut pieces = LinkedList::new();
        let outcome = collect(&mut listener.accept()?.0, &mut pieces);
        let message = pieces.into_iter().flat_map(Vec::from).collect::<Vec<u8>>();
        write!(out, "받은 바이트: {}\r\n{}\r\n", message.len(), judge(outcome, message))?;
        out.flush()?;
    }
}

fn main() {
    let Err(error) = run() else { return };
    eprintln!("server: {error}");
    exit(70);
}
