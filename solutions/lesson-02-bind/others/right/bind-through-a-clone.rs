//! Right: one handle gets the option, a second one binds in a thread, a third tells the address; CR LF, an English sentence, exit status 98.
use socket2::{Domain, Socket, Type};
use std::io::{self, Read, Write};
use std::net::SocketAddr;

fn main() {
    let text = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".to_string());
    let address: SocketAddr = match text.parse() {
        Ok(address) => address,
        Err(_) => { eprintln!("{text} is no address"); std::process::exit(65) }
    };
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, None).expect("a socket");
    if cfg!(unix) {
        socket.set_reuse_address(true).expect("SO_REUSEADDR");
        assert!(socket.reuse_address().expect("SO_REUSEADDR"));
    }
    let clone = socket.try_clone().expect("dup");
    let outcome = std::thread::spawn(move || clone.bind(&address.into())).join().expect("joined");
    if let Err(error) = outcome {
        let mut out = io::stderr().lock();
        let _ = write!(out, "Cannot bind {address}");
        let _ = match error.kind() {
            io::ErrorKind::AddrInUse => writeln!(out, ", since another program is using it: end that program, or choose another port."),
            _ => writeln!(out, ": {error}."),
        };
        std::process::exit(98);
    }
    let third = socket.try_clone().expect("dup");
    drop(socket);
    let bound = third.local_addr().ok().and_then(|a| a.as_socket()).expect("an IP address");
    print!("묶었습니다: {bound} (Enter)\r\n");
    io::stdout().flush().unwrap();
    let mut byte = [0u8; 1];
    while let Ok(1) = io::stdin().read(&mut byte) {
        if byte == *b"\n" { break }
    }
}
