//! Right: a thread connects without any limit; main waits 500 ms for its news on a channel and leaves it behind.
use std::io::{self, ErrorKind};
use std::net::{TcpStream, ToSocketAddrs};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

fn end(status: i32, sentence: String) -> ! { eprintln!("{sentence}"); std::process::exit(status) }

fn main() {
    let text = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    let Some((host, port)) = text.rsplit_once(':').filter(|(host, _)| !host.is_empty()).and_then(|(host, port)| Some((host, port.parse::<u16>().ok()?))) else {
        end(10, format!("\"{text}\" does not have the form HOST:PORT."))
    };
    let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    let Some(address) = (host, port).to_socket_addrs().ok().and_then(|mut all| all.next()) else {
        end(11, format!("The host of {text} is not to be found."))
    };
    let (news, inbox) = channel::<io::Result<TcpStream>>();
    std::thread::spawn(move || { let _ = news.send(TcpStream::connect(address)); });
    let stream = match inbox.recv_timeout(Duration::from_millis(500)) {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) if error.kind() == ErrorKind::ConnectionRefused => end(12, format!("Refused: nobody listens at {address}.")),
        Ok(Err(error)) if error.kind() == ErrorKind::TimedOut => end(13, format!("No answer from {address}.")),
        Err(RecvTimeoutError::Timeout) => end(13, format!("No answer from {address} for half a second.")),
        Ok(Err(error)) => end(1, format!("No connection to {address}: {error}")),
        Err(error) => end(1, format!("No connection to {address}: {error}")),
    };
    println!("연결되었습니다.");
    match (stream.local_addr(), stream.peer_addr()) {
        (Ok(own), Ok(peer)) => println!("내 쪽 {own}, 상대 쪽 {peer}"),
        (Err(error), _) | (_, Err(error)) => end(1, format!("{address}: {error}")),
    }
}
