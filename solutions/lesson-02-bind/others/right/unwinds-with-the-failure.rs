//! Right: a failed bind travels up as a quiet unwind that main catches with catch_unwind; English wording, exit status 3.
use socket2::{Domain, SockAddr, Socket, Type};
use std::io::{self, ErrorKind, Read};
use std::net::SocketAddr;
use std::panic::{catch_unwind, resume_unwind};
use std::process::exit;

struct Fail(String);

/// resume_unwind calls no panic hook: nothing is printed on the way.
fn or_fail<T>(outcome: io::Result<T>, say: impl FnOnce(io::Error) -> String) -> T {
    outcome.unwrap_or_else(|error| resume_unwind(Box::new(Fail(say(error)))))
}

fn work() {
    let text = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    let wanted: SocketAddr = or_fail(text.parse().map_err(io::Error::other), |e| format!("{text}: {e}"));
    let socket = or_fail(Socket::new(Domain::for_address(wanted), Type::STREAM, None), |e| e.to_string());
    #[cfg(unix)]
    or_fail(socket.set_reuse_address(true), |e| e.to_string());
    or_fail(socket.bind(&SockAddr::from(wanted)), |error| match error.kind() {
        ErrorKind::AddrInUse => format!("{wanted} is taken by another program: end that one, or choose another port."),
        _ => format!("{wanted} could not be bound ({error})."),
    });
    let got = or_fail(socket.local_addr(), |e| e.to_string());
    println!("묶었습니다: {} (Enter)", got.as_socket().unwrap_or(wanted));
    for byte in io::stdin().bytes() {
        if or_fail(byte, |e| e.to_string()) == b'\n' {
            break;
        }
    }
}

fn main() {
    if let Err(payload) = catch_unwind(work) {
        match payload.downcast::<Fail>() {
            Ok(fail) => eprintln!("{}", fail.0),
            Err(other) => resume_unwind(other),
        }
        exit(3);
    }
}
