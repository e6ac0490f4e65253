//! Wrong: where listen fails its worker thread panics, and the program waits for it for ever.
//! Steps written: 1-3

use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, Read};
use std::net::SocketAddr;
use std::sync::{Arc, Barrier};

fn enter() {
    let _ = io::stdin()
        .bytes()
        .take_while(|b| !matches!(b, Ok(b'\n') | Err(_)))
        .count();
}

fn run() -> Result<(), String> {
    let args: Vec<String> = std::env::args().collect();
    let address = args.get(1).map_or("127.0.0.1:12345", |a| a);
    let address: SocketAddr = address
        .parse()
        .map_err(|_| format!("{address}: no address"))?;
    let backlog = args
        .get(2)
        .map_or(Ok(128), |n| n.parse::<i32>())
        .map_err(|e| format!("the backlog has to be a number, not {:?}: {e}", args[2]))?;
    let socket = Socket::new(
        Domain::for_address(address),
        Type::STREAM,
        Some(Protocol::TCP),
    )
    .map_err(|e| e.to_string())?;
    if cfg!(unix) {
        socket.set_reuse_address(true).map_err(|e| e.to_string())?;
    }
    socket
        .bind(&address.into())
        .map_err(|e| format!("{address}: {e}"))?;
    println!(
        "묶었습니다: {} (Enter)",
        socket.local_addr().unwrap().as_socket().unwrap()
    );
    let barrier = Arc::new(Barrier::new(2));
    let worker = {
        let barrier = Arc::clone(&barrier);
        std::thread::spawn(move || {
            barrier.wait();
            socket.listen(backlog).expect("listen");
            barrier.wait();
            barrier.wait();
            // The closure owns the socket: it goes away here.
        })
    };
    enter();
    barrier.wait();
    barrier.wait();
    println!("듣고 있습니다. (Enter)");
    enter();
    barrier.wait();
    worker.join().map_err(|_| "the worker died".to_string())?;
    println!("닫았습니다. (Enter)");
    enter();
    Ok(())
}
fn main() {
    if let Err(why) = run() {
        eprintln!("{why}");
        std::process::exit(5)
    }
}
