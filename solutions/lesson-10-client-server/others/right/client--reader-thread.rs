//! Right: a thread reads the reply from a cloned handle and main waits 10 s for it on a channel; message and newline in two writes.
use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::net::TcpStream;
use std::sync::mpsc;
use std::time::Duration;

fn ask(address: &str, message: &str) -> io::Result<String> {
    let mut server = TcpStream::connect(address)?;
    let lines = BufReader::with_capacity(2, server.try_clone()?);
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        let mut lines = lines;
        let mut line = Vec::new();
        let outcome = lines.read_until(b'\n', &mut line).map(|_| line);
        let _ = tell.send(outcome);
    });
    server.write_all(message.as_bytes())?;
    server.write_all(b"\n")?;
    let line = told.recv_timeout(Duration::from_secs(10)).map_err(|_| io::Error::from(ErrorKind::TimedOut))??;
    let Some((b'\n', line)) = line.split_last() else { return Err(ErrorKind::UnexpectedEof.into()) };
    String::from_utf8(line.to_vec()).map_err(io::Error::other)
}
fn main() {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or("127.0.0.1:12345".into());
    let message = arguments.next().unwrap_or("저 왔어요.".into());
    match ask(&address, &message) {
        Ok(reply) => println!("서버의 답: {reply}"),
        Err(error) => { eprintln!("{address}: no whole reply: {error:?}"); std::process::exit(3) }
    }
}
