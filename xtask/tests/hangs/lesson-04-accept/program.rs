//! A server for lesson 04 that hangs in the call that its first argument names,
//! once the first client is there: `program CALL ADDRESS`.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::sync::Mutex;
use std::thread;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let listener = TcpListener::bind(&arguments[2]).unwrap();
    println!("서버가 시작되었습니다: {}", listener.local_addr().unwrap());
    let (client, peer) = listener.accept().unwrap();
    println!("손님이 왔습니다: {peer}");
    hang(&arguments[1], &listener, &client);
}

fn hang(call: &str, listener: &TcpListener, mut client: &TcpStream) {
    match call {
        "accept" => drop(listener.accept()),
        "recv" => drop(client.read(&mut [0; 16])),
        "recv-within" => complain_of_what_interrupts(client),
        "recv_from" => drop(
            UdpSocket::bind("127.0.0.1:0")
                .unwrap()
                .recv_from(&mut [0; 16]),
        ),
        "connect" => fill_the_backlog(),
        "send" => fill_a_peer(),
        "stdin" => drop(io::stdin().read_line(&mut String::new())),
        "poll" => unix::poll_for_input(client),
        "mutex" => lock_twice(),
        "join" => wait_for_a_thread(client.try_clone().unwrap()),
        "busy" => {
            client.set_nonblocking(true).unwrap();
            while client.read(&mut [0; 16]).is_err() {}
        }
        other => panic!("{other}"),
    }
}

/// A call with a time limit fails where it is interrupted (`man 7 signal`). The threads take
/// their time to be looked at, so that there is some to complain in.
fn complain_of_what_interrupts(mut client: &TcpStream) {
    for _ in 0..30 {
        thread::spawn(thread::park);
    }
    let limit = std::time::Duration::from_secs(60);
    client.set_read_timeout(Some(limit)).unwrap();
    if let Err(error) = client.read(&mut [0; 16]) {
        println!("{error}");
        eprintln!("{error}");
    }
    thread::park();
}

/// A listener whose queue is never emptied: sooner or later a connect waits.
fn fill_the_backlog() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let mut kept = Vec::new();
    loop {
        kept.push(TcpStream::connect(address).unwrap());
    }
}

/// A peer that never reads: sooner or later a write waits.
fn fill_a_peer() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut stream = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let _peer = listener.accept().unwrap();
    while stream.write_all(&[0; 65536]).is_ok() {}
}

fn lock_twice() {
    let mutex = Mutex::new(());
    let _first = mutex.lock();
    let _second = mutex.lock();
}

fn wait_for_a_thread(mut client: TcpStream) {
    let reader = thread::Builder::new().name("reader".to_owned());
    let reader = reader.spawn(move || client.read(&mut [0; 16]).is_ok());
    reader.unwrap().join().unwrap();
}

#[cfg(unix)]
mod unix {
    use std::net::TcpStream;
    use std::os::fd::AsRawFd;

    #[repr(C)]
    struct Watched {
        descriptor: i32,
        events: i16,
        happened: i16,
    }

    unsafe extern "C" {
        fn poll(watched: *mut Watched, count: u64, limit: i32) -> i32;
    }

    const POLLIN: i16 = 1;

    pub fn poll_for_input(client: &TcpStream) {
        let descriptor = client.as_raw_fd();
        let mut watched = Watched {
            descriptor,
            events: POLLIN,
            happened: 0,
        };
        // SAFETY: one entry, which outlives the call.
        unsafe { poll(&raw mut watched, 1, -1) };
    }
}

#[cfg(not(unix))]
mod unix {
    pub fn poll_for_input(_: &std::net::TcpStream) {}
}
