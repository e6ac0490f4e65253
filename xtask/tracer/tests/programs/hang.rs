//! A program that hangs in the way its argument names. Each place where it does is
//! marked, and just before it the program prints one line: its addresses.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::os::fd::AsRawFd;
use std::sync::{Condvar, Mutex};
use std::time::{Duration, Instant};
use std::{process, thread};

const LONG: Duration = Duration::from_secs(600);

static LOCK: Mutex<()> = Mutex::new(());

fn main() {
    let mut arguments = std::env::args().skip(1);
    let way = arguments.next().expect("which way to hang");
    match way.as_str() {
        "accept" => accept(),
        "connect" => connect(),
        "recv" => recv(pair("127.0.0.1:0", "127.0.0.1:0")),
        "recv6" => recv(pair("[::1]:0", "[::1]:0")),
        "recv-mapped" => recv(pair("[::]:0", "127.0.0.1:0")),
        "recv-unaccepted" => recv_unaccepted(),
        "recv-timeout" => recv_timeout(),
        "recv-half-closed" => recv_half_closed(),
        "udp" => udp(),
        "udp-connected" => udp_connected(),
        "send" => send(),
        "poll" => poll_two(),
        "poll-nothing" => poll_nothing(),
        "select" => select_one(),
        "epoll" => epoll_one(),
        "mutex" => mutex(),
        "patient" => patient(),
        "join" => join(),
        "stdin" => stdin(),
        "sleep" => sleep(),
        "child" => child(),
        "busy" => busy(),
        "clock" => clock(),
        "nonblocking" => nonblocking(),
        "stale" => stale(),
        "deep" => deep(),
        "crowd" => crowd(),
        "brief" => brief(),
        "private" => private(),
        "threads-end" => threads_end(),
        other => panic!("no such way: {other}"),
    }
}

fn here(addresses: &[SocketAddr]) {
    let addresses: Vec<String> = addresses.iter().map(ToString::to_string).collect();
    println!("here {}", addresses.join(" "));
}

/// The two ends of a connection, the client's first.
fn pair(listen: &str, connect: &str) -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind(listen).unwrap();
    let mut address: SocketAddr = connect.parse().unwrap();
    address.set_port(listener.local_addr().unwrap().port());
    let client = TcpStream::connect(address).unwrap();
    (client, listener.accept().unwrap().0)
}

fn ends(stream: &TcpStream) -> [SocketAddr; 2] {
    [stream.local_addr().unwrap(), stream.peer_addr().unwrap()]
}

fn accept() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    here(&[listener.local_addr().unwrap()]);
    listener.accept().unwrap(); // HERE: accept
}

/// A listener that never accepts, and more connections than it lets wait.
fn connect() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    assert_eq!(unsafe { listen(listener.as_raw_fd(), 0) }, 0);
    let address = listener.local_addr().unwrap();
    let _first = TcpStream::connect(address).unwrap();
    here(&[address]);
    TcpStream::connect(address).unwrap(); // HERE: connect
}

fn recv((mut client, mut server): (TcpStream, TcpStream)) {
    client.write_all(b"hello").unwrap();
    until_there(&server, 5);
    here(&ends(&client));
    let mut buffer = [0; 16];
    let _ = client.read(&mut buffer).unwrap(); // HERE: recv
    server.read_exact(&mut buffer).unwrap();
}

fn until_there(stream: &TcpStream, bytes: usize) {
    let mut buffer = vec![0; bytes];
    while stream.peek(&mut buffer).unwrap() < bytes {}
}

fn recv_unaccepted() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    here(&ends(&client));
    let _ = client.read(&mut [0; 16]).unwrap(); // HERE: recv-unaccepted
}

fn recv_timeout() {
    let (mut client, _server) = pair("127.0.0.1:0", "127.0.0.1:0");
    client.set_read_timeout(Some(LONG)).unwrap();
    here(&ends(&client));
    let _ = client.read(&mut [0; 16]); // HERE: recv-timeout
}

/// The other end has had six bytes and the end of the stream, and read neither.
fn recv_half_closed() {
    let (mut client, server) = pair("127.0.0.1:0", "127.0.0.1:0");
    client.write_all(b"thanks").unwrap();
    client.shutdown(std::net::Shutdown::Write).unwrap();
    until_there(&server, 6);
    here(&ends(&client));
    let _ = client.read(&mut [0; 16]).unwrap(); // HERE: recv-half-closed
}

fn udp() {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    here(&[socket.local_addr().unwrap()]);
    socket.recv_from(&mut [0; 16]).unwrap(); // HERE: udp
}

fn udp_connected() {
    let other = UdpSocket::bind("127.0.0.1:0").unwrap();
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    socket.connect(other.local_addr().unwrap()).unwrap();
    here(&[socket.local_addr().unwrap(), socket.peer_addr().unwrap()]);
    socket.recv(&mut [0; 16]).unwrap(); // HERE: udp-connected
}

/// A peer that never reads.
fn send() {
    let (mut client, _server) = pair("127.0.0.1:0", "127.0.0.1:0");
    let chunk = vec![b'x'; 64 * 1024 * 1024];
    here(&ends(&client));
    client.write_all(&chunk).unwrap(); // HERE: send
}

fn poll_two() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (client, _server) = pair("127.0.0.1:0", "127.0.0.1:0");
    let mut entries = [listener.as_raw_fd(), 0, client.as_raw_fd()].map(|descriptor| PollEntry {
        descriptor,
        events: 1,
        returned: 0,
    });
    here(&[listener.local_addr().unwrap(), client.local_addr().unwrap()]);
    unsafe { poll(entries.as_mut_ptr(), 3, -1) }; // HERE: poll
}

fn poll_nothing() {
    here(&[]);
    unsafe { poll(std::ptr::null_mut(), 0, 600_000) }; // HERE: poll-nothing
}

fn select_one() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let descriptor = listener.as_raw_fd();
    let mut set = [0_u64; 16];
    set[descriptor as usize / 64] |= 1 << (descriptor % 64);
    let (none, no_time) = (std::ptr::null_mut(), std::ptr::null_mut());
    here(&[listener.local_addr().unwrap()]);
    unsafe { select(descriptor + 1, &mut set, none, none, no_time) }; // HERE: select
}

fn epoll_one() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let epoll = unsafe { epoll_create1(0) };
    let mut event = [1_u32, 0, 0, 0];
    unsafe { epoll_ctl(epoll, 1, listener.as_raw_fd(), &mut event) };
    here(&[listener.local_addr().unwrap()]);
    unsafe { epoll_wait(epoll, &mut event, 1, -1) }; // HERE: epoll
}

fn mutex() {
    let held = LOCK.lock().unwrap();
    let other = thread::Builder::new().name("impatient".to_owned());
    let other = other.spawn(|| {
        here(&[]);
        drop(LOCK.lock().unwrap()); // HERE: mutex
    });
    thread::sleep(LONG); // HERE: holder
    drop(held);
    other.unwrap().join().unwrap();
}

/// Waits for a thread that never comes, but not for ever.
fn patient() {
    let lock = LOCK.lock().unwrap();
    here(&[]);
    let _ = Condvar::new().wait_timeout(lock, LONG); // HERE: patient
}

fn join() {
    let (mut client, _server) = pair("127.0.0.1:0", "127.0.0.1:0");
    let ends = ends(&client);
    let reader = thread::spawn(move || {
        let mut buffer = [0; 16];
        client.read_exact(&mut buffer).unwrap(); // HERE: reader
    });
    here(&ends);
    reader.join().unwrap(); // HERE: join
}

fn stdin() {
    let mut line = String::new();
    here(&[]);
    std::io::stdin().read_line(&mut line).unwrap(); // HERE: stdin
}

fn sleep() {
    here(&[]);
    thread::sleep(LONG); // HERE: sleep
}

fn child() {
    let mut child = process::Command::new("sleep").arg("600").spawn().unwrap();
    here(&[]);
    child.wait().unwrap(); // HERE: child
}

fn busy() {
    here(&[]);
    let mut number = 0_u64;
    loop { number = number.wrapping_mul(3) ^ 5; std::hint::black_box(number); } // HERE: busy
}

/// Runs for the most part in the kernel's own code, the vDSO.
fn clock() {
    let began = Instant::now();
    here(&[]);
    while began.elapsed() < LONG {} // HERE: clock
}

fn nonblocking() {
    let (mut client, _server) = pair("127.0.0.1:0", "127.0.0.1:0");
    client.set_nonblocking(true).unwrap();
    let mut buffer = [0; 16];
    here(&ends(&client));
    while client.read(&mut buffer).is_err() {} // HERE: nonblocking
}

/// Leaves old return addresses of its own on the part of the stack that the call
/// it then hangs in uses again.
fn stale() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    for depth in 0..64 {
        litter(&listener, depth);
    }
    here(&[listener.local_addr().unwrap()]);
    listener.accept().unwrap(); // HERE: stale
}

#[inline(never)]
fn litter(listener: &TcpListener, depth: u32) -> u64 {
    let mut sum = u64::from(listener.local_addr().unwrap().port());
    if depth > 0 {
        sum += litter(listener, depth - 1);
    }
    let mut numbers = [1, 2, 3];
    numbers.sort_by_key(|number| sum ^ listener.ttl().map_or(0, u64::from) ^ number);
    sum + numbers[0]
}

/// Hangs in a function that the optimiser puts into its caller, in the caller's
/// caller, below a large buffer.
fn deep() {
    let mut buffer = [0; 200_000];
    inlined(&mut buffer);
    std::hint::black_box(&buffer);
}

#[inline(always)]
fn inlined(buffer: &mut [u8]) {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    here(&[socket.local_addr().unwrap()]);
    socket.recv_from(buffer).unwrap(); // HERE: deep
}

fn crowd() {
    let threads = (0..200).map(|_| {
        thread::spawn(|| {
            let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
            socket.recv_from(&mut [0; 16]).unwrap(); // HERE: crowd
        })
    });
    let threads: Vec<_> = threads.collect();
    here(&[]);
    for thread in threads {
        thread.join().unwrap(); // HERE: crowd-main
    }
}

/// Keeps other programs of its user from looking into it (`man 2 prctl`).
fn private() {
    const PR_SET_DUMPABLE: i32 = 4;
    assert_eq!(unsafe { prctl(PR_SET_DUMPABLE, 0_u64) }, 0);
    here(&[]);
    thread::sleep(LONG); // HERE: private
}

/// Ends by itself, after as many microseconds as its second argument says.
fn brief() {
    let time = std::env::args().nth(2).expect("a time");
    here(&[]);
    thread::sleep(Duration::from_micros(time.parse().unwrap()));
    process::exit(7);
}

/// Threads that come and go.
fn threads_end() {
    here(&[]);
    loop {
        let threads: Vec<_> = (0..8_u64)
            .map(|number| thread::spawn(move || thread::sleep(Duration::from_micros(number * 100))))
            .collect();
        for thread in threads {
            thread.join().unwrap();
        }
    }
}

#[repr(C)]
struct PollEntry {
    descriptor: i32,
    events: i16,
    returned: i16,
}

unsafe extern "C" {
    fn prctl(option: i32, ...) -> i32;
    fn listen(descriptor: i32, backlog: i32) -> i32;
    fn poll(entries: *mut PollEntry, count: u64, timeout: i32) -> i32;
    fn select(
        count: i32,
        read: *mut [u64; 16],
        write: *mut [u64; 16],
        except: *mut [u64; 16],
        timeout: *mut [u64; 2],
    ) -> i32;
    fn epoll_create1(flags: i32) -> i32;
    fn epoll_ctl(epoll: i32, operation: i32, descriptor: i32, event: *mut [u32; 4]) -> i32;
    fn epoll_wait(epoll: i32, events: *mut [u32; 4], count: i32, timeout: i32) -> i32;
}
