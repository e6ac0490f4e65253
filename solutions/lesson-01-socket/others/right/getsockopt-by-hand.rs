//! Right: asks for SO_TYPE with the C function getsockopt declared by hand, starts slowly, ends its lines with CR LF, and fails with status 42.
use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, Read, Write};
use std::net::SocketAddr;
use std::os::fd::AsRawFd;
use std::process::exit;
use std::thread::sleep;
use std::time::Duration;

unsafe extern "C" {
    fn getsockopt(fd: i32, level: i32, name: i32, value: *mut i32, length: *mut u32) -> i32;
}
#[cfg(any(target_os = "linux", target_os = "android"))]
const LEVEL_AND_NAME: (i32, i32) = (1, 3);
#[cfg(not(any(target_os = "linux", target_os = "android")))]
const LEVEL_AND_NAME: (i32, i32) = (0xffff, 0x1008);

fn type_name(socket: &Socket) -> io::Result<&'static str> {
    let (mut value, mut length) = (0i32, 4u32);
    let (level, name) = LEVEL_AND_NAME;
    if unsafe { getsockopt(socket.as_raw_fd(), level, name, &mut value, &mut length) } != 0 {
        return Err(io::Error::last_os_error());
    }
    match value {
        1 => Ok("SOCK_STREAM"),
        2 => Ok("SOCK_DGRAM"),
        n => Err(io::Error::other(format!("type {n}"))),
    }
}

fn line(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    write!(out, "{text}\r\n")?;
    out.flush()
}

/// One Enter, byte by byte; the end of the input counts as one, too.
fn enter() -> io::Result<()> {
    let mut byte = [0];
    while io::stdin().lock().read(&mut byte)? == 1 && byte[0] != b'\n' {}
    Ok(())
}

fn known(address: Option<SocketAddr>) -> String {
    address.filter(|a| a.port() != 0).map_or("없음".into(), |a| a.to_string())
}

fn describe(socket: &Socket) -> String {
    let local = socket.local_addr().ok().and_then(|a| a.as_socket());
    let peer = socket.peer_addr().ok().and_then(|a| a.as_socket());
    format!("내 쪽 {}, 상대 쪽 {}", known(local), known(peer))
}

fn run() -> io::Result<()> {
    let text = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    let address: SocketAddr = text.parse().map_err(|e| io::Error::other(format!("{text}: {e}")))?;
    sleep(Duration::from_millis(250));
    let tcp = Socket::new(Domain::IPV4, Type::STREAM, Some(Protocol::TCP))?;
    line("1. TCP 소켓을 만들었습니다. (Enter)")?;
    enter()?;
    let udp = Socket::new(Domain::IPV4, Type::DGRAM, Some(Protocol::UDP))?;
    line("2. UDP 소켓을 만들었습니다. (Enter)")?;
    enter()?;
    line(&format!("3. 종류: {}, {}", type_name(&tcp)?, type_name(&udp)?))?;
    line(&format!("4. connect 전: {}", describe(&udp)))?;
    udp.connect(&address.into())?;
    line(&format!("   connect 후: {}", describe(&udp)))
}

fn main() {
    if let Err(error) = run() {
        eprintln!("it did not work out: {error}");
        exit(42);
    }
}
