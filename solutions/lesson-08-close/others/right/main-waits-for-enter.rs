//! Right: main waits for Enter and returns, a thread serves; the draining is io::copy to a sink, and there are five spare handles.
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

fn serve(mut client: TcpStream) -> io::Result<()> {
    client.set_read_timeout(Some(Duration::from_secs(10)))?;
    let _spares = (0..5).map(|_| client.try_clone()).collect::<io::Result<Vec<_>>>()?;
    let mut request = Vec::new();
    Read::by_ref(&mut client).take(1025).read_to_end(&mut request)?;
    if request.len() > 1024 { writeln!(client, "너무 깁니다")? } else { writeln!(client, "{}바이트를 받았습니다", request.len())? }
    client.shutdown(Shutdown::Write)?;
    println!("할 말을 다 했습니다.");
    io::copy(&mut client, &mut io::sink()).map(drop)
}
fn main() -> io::Result<()> {
    let address = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    let listener = TcpListener::bind(&address)?;
    println!("서버가 시작되었습니다: {} (Enter로 끝냅니다)", listener.local_addr()?);
    let server = thread::spawn(move || -> io::Result<()> {
        loop {
            let (client, _) = listener.accept()?;
            match serve(client) {
                Ok(()) => println!("손님이 닫았습니다 (FIN)"),
                Err(e) if e.kind() == ErrorKind::ConnectionReset => println!("손님이 끊었습니다 (RST)"),
                Err(e) => println!("손님과 이야기하다 오류: {e}"),
            }
        }
    });
    if io::stdin().read_line(&mut String::new())? > 0 { return Ok(()) }
    server.join().unwrap_or_else(|_| Err(io::Error::other("the server panicked")))
}
