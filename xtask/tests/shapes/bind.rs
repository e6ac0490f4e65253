//! Lesson 02 with std::net: `program SHAPE ADDRESS`. Its sentences tell host and port
//! apart, and it ends with an exit status of its own.

use std::io::{self, ErrorKind};
use std::net::{SocketAddr, TcpListener};
use std::process::exit;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let address: SocketAddr = arguments[2].parse().unwrap();
    let (host, port) = (address.ip(), address.port());
    match TcpListener::bind(address) {
        Ok(listener) => {
            println!("묶었습니다: {} (Enter)", listener.local_addr().unwrap());
            io::stdin().read_line(&mut String::new()).unwrap();
        }
        Err(error) if error.kind() == ErrorKind::AddrInUse => match arguments[1].as_str() {
            "two-parts" => fail(
                2,
                &format!("{host} 주소의 {port}번 포트는 이미 쓰이고 있습니다. 다른 포트를 쓰세요."),
            ),
            _ => fail(
                98,
                &format!("port {port} at {host}: {error}; is the old server still running?"),
            ),
        },
        Err(error) => fail(1, &format!("{host}: {error}")),
    }
}

fn fail(status: i32, sentence: &str) -> ! {
    eprintln!("{sentence}");
    exit(status)
}
