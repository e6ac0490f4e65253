//! Right: a waiting socket with a send time-out of 20 ms, so sends are cut short by the clock; recursion instead of a loop over the 64 KiB parts.
use socket2::{Domain, Socket, Type};
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::time::Duration;

fn part(socket: &Socket, bytes: &[u8], sent: &mut usize) -> io::Result<()> {
    if bytes.is_empty() { return Ok(()) }
    let count = match socket.send(bytes) {
        Ok(count) => count,
        Err(e) if matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted) => 0,
        Err(e) => return Err(e),
    };
    *sent += count;
    part(socket, &bytes[count..], sent)
}
fn run() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or("127.0.0.1:12345".into());
    let address: SocketAddr = address.parse().map_err(|_| io::Error::other(format!("{address} is no address")))?;
    let size = arguments.next().map_or(Ok(8_388_608), |size| size.parse::<usize>()).map_err(io::Error::other)?;
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, None)?;
    socket.connect(&address.into())?;
    socket.set_write_timeout(Some(Duration::from_millis(20)))?;
    let message: Vec<u8> = (0..=250).cycle().take(size).collect();
    let mut sent = 0;
    message.chunks(65_536).try_for_each(|chunk| part(&socket, chunk, &mut sent))
        .map_err(|error| io::Error::other(format!("{address} went away when it had been given {sent} bytes: {error}")))?;
    drop(socket);
    println!("모두 넘겼습니다: {sent}바이트");
    Ok(())
}
fn main() -> std::process::ExitCode {
    match run() { Ok(()) => 0.into(), Err(e) => { eprintln!("오류! {e}"); 1.into() } }
}
