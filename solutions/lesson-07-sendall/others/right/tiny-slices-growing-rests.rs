//! Right: never more than 1000 bytes a send, made on the spot from a cycling iterator; rests grow from 50 µs to 5 ms.
use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, ErrorKind};
use std::net::{Shutdown, SocketAddr};
use std::time::Duration;

fn run() -> Result<(), String> {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or("127.0.0.1:12345".into());
    let address: SocketAddr = address.parse().map_err(|_| format!("{address}?"))?;
    let size: usize = arguments.next().map_or(Ok(8 << 20), |n| n.parse()).map_err(|_| "the size has to be a number")?;
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP)).map_err(|e| e.to_string())?;
    socket.connect(&address.into()).map_err(|e| format!("{address}: {e}"))?;
    socket.set_nonblocking(true).map_err(|e| e.to_string())?;
    let mut bytes = (0..=250u8).cycle().take(size);
    let (mut hand, mut sent, mut rest) = (Vec::new(), 0, Duration::from_micros(50));
    loop {
        let lacking = 1000 - hand.len();
        hand.extend(bytes.by_ref().take(lacking));
        if hand.is_empty() { break }
        match socket.send(&hand) {
            Ok(count) => { hand.drain(..count); sent += count; rest = Duration::from_micros(50); }
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                std::thread::sleep(rest);
                rest = (rest * 2).min(Duration::from_millis(5));
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(format!("{address} left after {sent} bytes had been handed over: {error}")),
        }
    }
    println!("모두 넘겼습니다: {sent}바이트");
    let _ = socket.shutdown(Shutdown::Write);
    Ok(())
}
fn main() { if let Err(why) = run() { eprintln!("{why}"); std::process::exit(3) } }
