//! A program whose socket calls are known: behind each line stands which it makes. Its first
//! argument says what kind of program it is.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::os::fd::AsRawFd;
use std::os::unix::process::CommandExt;
use std::process::Command;
use std::thread;

fn main() {
    let kind = std::env::args().nth(1).unwrap();
    match kind.as_str() {
        "plain" => plain(),
        "clones" => clones(),
        "streams" => streams(),
        "datagrams" => datagrams(),
        "polls" => polls(),
        "threads" => many_threads(),
        "panics" => panics(),
        "execs" => execs(),
        "children" => children(),
        "hangs" => hangs(),
        "interrupted" => waits_under_signals(0),
        "restarted" => waits_under_signals(SA_RESTART),
        "polls-long" => polls_long(),
        "signal" => signals(),
        "late-signal" => late_signal(),
        other => panic!("{other}"),
    }
}

fn plain() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap(); //= socket setsockopt bind listen
    let address = listener.local_addr().unwrap(); //= getsockname
    let mut client = TcpStream::connect(address).unwrap(); //= socket connect
    let (mut server, _) = listener.accept().unwrap(); //= accept
    client.write_all(b"hello").unwrap(); //= send
    client.shutdown(std::net::Shutdown::Write).unwrap(); //= shutdown
    let mut heard = Vec::new();
    server.read_to_end(&mut heard).unwrap(); //= recv
    server.set_nodelay(true).unwrap(); //= setsockopt
    println!("{}", heard.len()); //= write
    drop(server); //= close
    drop(client); //= close
    drop(listener); //= close
}

fn clones() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap(); //= socket setsockopt bind listen
    let other = listener.try_clone().unwrap(); //= dup
    drop(listener); //= close
    other.set_nonblocking(true).unwrap(); //= ioctl
    assert!(other.accept().is_err()); //= accept
    drop(other); //= close
}

fn streams() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap(); //= socket setsockopt bind listen
    let address = listener.local_addr().unwrap(); //= getsockname
    let client = TcpStream::connect(address).unwrap(); //= socket connect
    let mut other = client.try_clone().unwrap(); //= dup
    let (mut server, _) = listener.accept().unwrap(); //= accept
    drop(client); //= close
    other.write_all(b"x").unwrap(); //= send
    server.read_exact(&mut [0]).unwrap(); //= recv
    drop(other); //= close
    assert_eq!(server.read(&mut [0]).unwrap(), 0); //= recv
    drop(server); //= close
    drop(listener); //= close
}

fn datagrams() {
    let one = UdpSocket::bind("127.0.0.1:0").unwrap(); //= socket bind
    let address = one.local_addr().unwrap(); //= getsockname
    one.send_to(b"hello", address).unwrap(); //= sendto
    let mut room = [0; 16];
    one.recv_from(&mut room).unwrap(); //= recvfrom
    drop(one); //= close
}

/// `struct pollfd` (`man 2 poll`).
#[repr(C)]
struct Polled {
    fd: i32,
    events: i16,
    happened: i16,
}

unsafe extern "C" {
    fn poll(set: *mut Polled, count: std::ffi::c_ulong, milliseconds: i32) -> i32;
}

fn polls() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap(); //= socket setsockopt bind listen
    let address = listener.local_addr().unwrap(); //= getsockname
    listener.set_nonblocking(true).unwrap(); //= ioctl
    assert!(listener.accept().is_err()); //= accept
    assert_eq!(ready(&listener, 0), 0);
    let client = TcpStream::connect(address).unwrap(); //= socket connect
    assert_eq!(ready(&listener, -1), 1);
    let (server, _) = listener.accept().unwrap(); //= accept
    drop(client); //= close
    drop(server); //= close
    drop(listener); //= close
}

fn ready(listener: &TcpListener, milliseconds: i32) -> i32 {
    let mut set = [Polled {
        fd: listener.as_raw_fd(),
        events: 1,
        happened: 0,
    }];
    // SAFETY: the set is there, and has one entry.
    unsafe { poll(set.as_mut_ptr(), 1, milliseconds) }
}

const MANY: usize = 100;

fn many_threads() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap(); //= socket setsockopt bind listen
    let address = listener.local_addr().unwrap(); //= getsockname
    let clients = (0..MANY).map(|_| {
        thread::spawn(move || {
            let client = TcpStream::connect(address).unwrap(); //= socket connect
            drop(client); //= close
        })
    });
    let clients: Vec<_> = clients.collect();
    for _ in 0..MANY {
        drop(listener.accept().unwrap()); //= accept close
    }
    for client in clients {
        client.join().unwrap();
    }
    drop(listener); //= close
}

fn panics() {
    let _listener = TcpListener::bind("127.0.0.1:0").unwrap(); //= socket setsockopt bind listen
    panic!("in the middle"); //= write
} //= close

fn execs() {
    let own = std::env::current_exe().unwrap();
    let error = Command::new(own).arg("plain").exec();
    panic!("{error}");
}

fn children() {
    let own = std::env::current_exe().unwrap();
    assert!(Command::new(own).arg("plain").status().unwrap().success());
}

fn hangs() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap(); //= socket setsockopt bind listen
    println!("here"); //= write
    drop(listener.accept()); //= accept
}

fn signals() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap(); //= socket setsockopt bind listen
    println!("here"); //= write
    drop(listener); //= close
    // SAFETY: only a number crosses.
    unsafe { raise(15) };
}

/// `struct sigaction` of x86-64 and aarch64 (<bits/sigaction.h>).
#[repr(C)]
struct Action {
    handler: extern "C" fn(i32),
    mask: [u64; 16],
    flags: i32,
    restorer: usize,
}

unsafe extern "C" {
    fn sigaction(signal: i32, new: *const Action, old: *mut Action) -> i32;
    fn write(fd: i32, bytes: *const u8, count: usize) -> isize;
    fn raise(signal: i32) -> i32;
}

const SA_RESTART: i32 = 0x1000_0000;
const SIGUSR1: i32 = 10;

extern "C" fn says(_signal: i32) {
    // SAFETY: the byte is there.
    unsafe { write(1, c"!".as_ptr().cast(), 1) };
}

fn handles(signal: i32, flags: i32) {
    let action = Action {
        handler: says,
        mask: [0; 16],
        flags,
        restorer: 0,
    };
    // SAFETY: the action is there; its handler makes one call.
    assert_eq!(unsafe { sigaction(signal, &action, std::ptr::null_mut()) }, 0);
}

/// Receives a byte that is sent once a line comes on stdin, with std's patience for EINTR.
fn waits_under_signals(flags: i32) {
    handles(SIGUSR1, flags);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let (mut server, _) = listener.accept().unwrap();
    let sender = thread::spawn(move || {
        let mut line = String::new();
        std::io::stdin().read_line(&mut line).unwrap();
        client.write_all(b"x").unwrap();
    });
    let mut room = [0];
    server.read_exact(&mut room).unwrap();
    sender.join().unwrap();
}

fn polls_long() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let sender = thread::spawn(move || {
        let mut line = String::new();
        std::io::stdin().read_line(&mut line).unwrap();
        TcpStream::connect(address).unwrap()
    });
    assert_eq!(ready(&listener, 600_000), 1);
    drop(sender.join().unwrap());
}

/// A signal that has no name (`man 7 signal`, "Real-time signals").
fn late_signal() {
    handles(34, 0);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    // SAFETY: only a number crosses.
    unsafe { raise(34) };
    drop(listener);
}
