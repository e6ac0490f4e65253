//! Right: the spare handle says the FIN, and a thread that owns the other one drains and reports over a channel; replies in three writes.
use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr};
use std::sync::mpsc::sync_channel;
use std::time::Duration;

fn serve(client: Socket) -> io::Result<()> {
    client.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut spare = client.try_clone()?;
    let mut request = Vec::with_capacity(1025);
    let mut buffer = [0; 1025];
    while request.len() <= 1024 {
        let room = 1025 - request.len();
        match (&client).read(&mut buffer[..room]) {
            Ok(0) => break,
            Ok(count) => request.extend_from_slice(&buffer[..count]),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    match request.len() {
        1025 => for part in ["너무 ", "깁니다", "\n"] { spare.write_all(part.as_bytes())? },
        count => for part in [&count.to_string(), "바이트를 받았습니다", "\n"] { spare.write_all(part.as_bytes())? },
    }
    spare.shutdown(Shutdown::Write)?;
    println!("할 말을 다 했습니다.");
    let (tell, told) = sync_channel(1);
    std::thread::spawn(move || {
        let mut client = client;
        let mut waste = vec![0; 1 << 20];
        let outcome = loop {
            match client.read(&mut waste) {
                Ok(0) => break Ok(()),
                Err(e) if e.kind() != io::ErrorKind::Interrupted => break Err(e),
                _ => {}
            }
        };
        drop(client);
        let _ = tell.send(outcome);
    });
    let outcome = told.recv().expect("the drain reports");
    drop(spare);
    outcome
}
fn main() -> io::Result<()> {
    let address = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    let address: SocketAddr = address.parse().map_err(io::Error::other)?;
    let listener = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    if cfg!(unix) { listener.set_reuse_address(true)?; }
    listener.bind(&address.into())?;
    listener.listen(128)?;
    println!("서버가 시작되었습니다: {} (Enter로 끝냅니다)", listener.local_addr()?.as_socket().unwrap());
    std::thread::Builder::new().name("keyboard".into()).spawn(|| {
        if let Some(Ok(_)) = io::stdin().lines().next() { std::process::exit(0) }
    })?;
    loop {
        let ended = serve(listener.accept()?.0);
        let line = match &ended {
            Ok(()) => "손님이 닫았습니다 (FIN)",
            Err(e) if e.kind() == io::ErrorKind::ConnectionReset => "손님이 끊었습니다 (RST)",
            Err(e) => &format!("끝이 좋지 않습니다: {e}"),
        };
        println!("{line}");
    }
}
