//! Right: std::net, a socket that waits, and write() in a loop that counts; the line ends with CR LF.
use std::io::{self, Write};
use std::net::TcpStream;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or_else(|| "127.0.0.1:12345".into());
    let size = match arguments.next().as_deref().unwrap_or("8388608").parse::<usize>() {
        Ok(size) => size,
        Err(error) => { eprintln!("size: {error}"); std::process::exit(1) }
    };
    let mut stream = TcpStream::connect(&address).unwrap_or_else(|error| { eprintln!("{address}: {error}"); std::process::exit(1) });
    let message: Vec<u8> = (0..size).map(|at| (at % 251) as u8).collect();
    let mut sent = 0usize;
    while let Some(rest) = message.get(sent..).filter(|rest| !rest.is_empty()) {
        match stream.write(rest) {
            Ok(count) => { eprintln!("[{count} of {}]", rest.len()); sent += count }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                eprintln!("{sent}바이트까지 넘겼는데 {address} 쪽이 연결을 버렸습니다 ({error})");
                std::process::exit(70);
            }
        }
    }
    print!("모두 넘겼습니다: {sent}바이트\r\n");
    io::stdout().flush().unwrap();
}
