//! Right: each client is served in an own joined thread over an Arc of the socket; the FIN goes out in a Drop of the speaking half, and the reading half is drained by io::copy into a writer that only counts.
use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr};
use std::process::exit;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

struct Speaker(Arc<Socket>);
impl Drop for Speaker {
    fn drop(&mut self) {
        // A client that broke off in the meantime has nothing to hear of the end.
        let _ = self.0.shutdown(Shutdown::Write);
    }
}

struct Tally(u64);
impl Write for Tally {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn visit(client: Socket) -> io::Result<u64> {
    client.set_read_timeout(Some(Duration::new(10, 0)))?;
    let listener = Arc::new(client);
    let speaker = Speaker(Arc::clone(&listener));
    let mut request = Tally(0);
    io::copy(&mut (&*listener).take(1025), &mut request)?;
    let reply = if request.0 > 1024 {
        "너무 깁니다\n".to_owned()
    } else {
        format!("{}바이트를 받았습니다\n", request.0)
    };
    (&*speaker.0).write_all(reply.as_bytes())?;
    drop(speaker);
    println!("할 말을 다 했습니다.");
    io::copy(&mut &*listener, &mut Tally(0))
}

fn run() -> io::Result<()> {
    let text = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    let address: SocketAddr = text.parse().map_err(io::Error::other)?;
    let door = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    if cfg!(unix) {
        door.set_reuse_address(true)?;
    }
    door.bind(&address.into())?;
    door.listen(7)?;
    println!("서버가 시작되었습니다: {} (Enter로 끝냅니다)", door.local_addr()?.as_socket().unwrap_or(address));
    let _ = thread::Builder::new().name("keyboard".into()).spawn(|| {
        if let Some(Ok(_)) = io::stdin().lines().next() {
            exit(0);
        }
    })?;
    loop {
        let (client, _) = door.accept()?;
        let ended = thread::spawn(move || visit(client)).join();
        let line = match ended.unwrap_or_else(|_| Err(io::Error::other("the visit panicked"))) {
            Ok(_ignored) => "손님이 닫았습니다 (FIN)".into(),
            Err(error) => match error.kind() {
                ErrorKind::ConnectionReset => "손님이 끊었습니다 (RST)".into(),
                _ => format!("!! {error}"),
            },
        };
        println!("{line}");
    }
}

fn main() {
    if let Err(error) = run() {
        eprintln!("no server: {error}");
        exit(9);
    }
}
