//! Right: guests come out of an iterator; a guest reports its own failure when it is dropped; the greeting is written vectored.

use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, ErrorKind, IoSlice, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::ExitCode;

struct Guest {
    stream: TcpStream,
    peer: SocketAddr,
    trouble: Option<io::Error>,
}

impl Guest {
    fn talk(&mut self) {
        let talked = self.greet().and_then(|()| self.listen_to_the_end());
        self.trouble = talked.err();
    }

    fn greet(&mut self) -> io::Result<()> {
        let mut slices = ["반", "갑습", "니다"].map(|part| IoSlice::new(part.as_bytes()));
        let mut rest = &mut slices[..];
        while !rest.is_empty() {
            match self.stream.write_vectored(rest) {
                Ok(0) => return Err(ErrorKind::WriteZero.into()),
                Ok(count) => IoSlice::advance_slices(&mut rest, count),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn listen_to_the_end(&mut self) -> io::Result<()> {
        io::copy(&mut (&self.stream).take(u64::MAX), &mut io::sink()).map(drop)
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        if let Some(error) = self.trouble.take() {
            let _ = writeln!(io::stderr(), "손님 {}: {error}", self.peer);
        }
    }
}

fn guests(listener: TcpListener) -> impl Iterator<Item = io::Result<Guest>> {
    std::iter::repeat_with(move || loop {
        match listener.accept() {
            Err(error) if matches!(error.kind(), ErrorKind::Interrupted | ErrorKind::ConnectionAborted) => {}
            other => return other.map(|(stream, peer)| Guest { stream, peer, trouble: None }),
        }
    })
}

fn open(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    #[cfg(unix)]
    socket.set_reuse_address(true)?;
    socket.bind(&address.into())?;
    socket.listen(128)?;
    Ok(socket.into())
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let place = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:12345".to_owned());
    let listener = open(place.parse().map_err(|_| format!("{place}은(는) 주소가 아닙니다"))?)?;
    let mut out = io::stdout();
    out.write_all(format!("서버가 시작되었습니다: {}\r\n", listener.local_addr()?).as_bytes())?;
    out.flush()?;
    for guest in guests(listener) {
        let mut guest = guest?;
        out.write_all(format!("손님이 왔습니다: {}\r\n", guest.peer).as_bytes())?;
        out.flush()?;
        guest.talk();
    }
    Ok(())
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("오류: {error}");
            ExitCode::FAILURE
        }
    }
}
