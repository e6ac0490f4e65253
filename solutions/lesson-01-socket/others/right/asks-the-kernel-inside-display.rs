//! Right: newtypes whose Display asks the kernel at the moment of printing; stdout is a raw file, byte by byte.
use socket2::{Domain, Protocol, Socket, Type};
use std::fmt::{self, Display, Formatter};
use std::fs::File;
use std::io::{self, Read, Write};
use std::mem::ManuallyDrop;
use std::net::SocketAddr;
use std::os::fd::{AsFd, BorrowedFd, FromRawFd};

struct Kind<'a>(&'a Socket);
struct Ends<'a>(&'a Socket);
struct End(Option<SocketAddr>);

impl Display for Kind<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Ok(kind) = self.0.r#type() else {
            return Err(fmt::Error);
        };
        if kind == Type::STREAM {
            f.write_str("SOCK_STREAM")
        } else if kind == Type::DGRAM {
            f.write_str("SOCK_DGRAM")
        } else {
            Err(fmt::Error)
        }
    }
}

impl Display for End {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(address) if address.port() > 0 => Display::fmt(&address, f),
            _ => f.write_str("없음"),
        }
    }
}

impl Display for Ends<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let own = End(self.0.local_addr().ok().and_then(|a| a.as_socket()));
        let other = End(self.0.peer_addr().ok().and_then(|a| a.as_socket()));
        write!(f, "내 쪽 {own}, 상대 쪽 {other}")
    }
}

/// One system call for each byte.
struct Typewriter(ManuallyDrop<File>);

impl Typewriter {
    fn type_out(&mut self, text: impl Display) -> io::Result<()> {
        // Display is asked once, before anything is written.
        let mut line = String::new();
        fmt::Write::write_fmt(&mut line, format_args!("{text}\n"))
            .map_err(|_| io::Error::other("소켓이 답하지 않습니다"))?;
        line.bytes().try_for_each(|byte| self.0.write_all(&[byte]))
    }
}

fn until_enter(keyboard: BorrowedFd<'_>) -> io::Result<()> {
    // A handle of its own: nothing is read ahead, so nothing is lost when it goes away.
    let mut keyboard = File::from(keyboard.try_clone_to_owned()?);
    let mut byte = [0];
    loop {
        match keyboard.read(&mut byte) {
            Ok(0) => return Ok(()),
            Ok(_) if byte == *b"\n" => return Ok(()),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

fn main() {
    let mut out = Typewriter(ManuallyDrop::new(unsafe { File::from_raw_fd(1) }));
    let mut run = || -> io::Result<()> {
        let stdin = io::stdin();
        let text = std::env::args().skip(1).next().unwrap_or_else(|| String::from("127.0.0.1:12345"));
        let address: SocketAddr =
            text.parse().map_err(|_| io::Error::other(text.clone() + "은(는) 주소가 아닙니다"))?;
        let stream = Socket::new(Domain::IPV4, Type::STREAM, Some(Protocol::TCP))?;
        out.type_out("1. TCP 소켓을 만들었습니다. (Enter)")?;
        until_enter(stdin.as_fd())?;
        let letters = Socket::new(Domain::IPV4, Type::DGRAM, Some(Protocol::UDP))?;
        out.type_out("2. UDP 소켓을 만들었습니다. (Enter)")?;
        until_enter(stdin.as_fd())?;
        out.type_out(format_args!("3. 종류: {}, {}", Kind(&stream), Kind(&letters)))?;
        out.type_out(format_args!("4. connect 전: {}", Ends(&letters)))?;
        letters.connect(&address.into())?;
        out.type_out(format_args!("   connect 후: {}", Ends(&letters)))
    };
    if let Err(error) = run() {
        eprintln!("오류: {error}");
        std::process::exit(1);
    }
}
