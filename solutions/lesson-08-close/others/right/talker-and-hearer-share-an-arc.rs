//! Right: two roles share one socket by Arc, the hearer is a generic reader, and outcomes are values of an enum with Display.
use socket2::{Domain, Protocol, Socket, Type};
use std::fmt::{self, Display};
use std::io::{self, BufRead, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

const LIMIT: u64 = 1024;

struct Talker(Arc<Socket>);
struct Hearer(Arc<Socket>);

impl Talker {
    /// The last words: nothing can be said after that.
    fn say_and_finish(self, words: String) -> io::Result<()> {
        (&*self.0).write_all(words.as_bytes())?;
        self.0.shutdown(Shutdown::Write)
    }
}

impl Read for Hearer {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match (&*self.0).read(buffer) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                outcome => return outcome,
            }
        }
    }
}

enum Parting {
    Closed,
    Broken,
    Else(io::Error),
}

impl From<io::Result<()>> for Parting {
    fn from(outcome: io::Result<()>) -> Self {
        match outcome {
            Ok(()) => Self::Closed,
            Err(error) if error.kind() == ErrorKind::ConnectionReset => Self::Broken,
            Err(error) => Self::Else(error),
        }
    }
}

impl Display for Parting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed => f.write_str("손님이 닫았습니다 (FIN)"),
            Self::Broken => f.write_str("손님이 끊었습니다 (RST)"),
            Self::Else(error) => write!(f, "손님과 헤어지지 못했습니다: {error}"),
        }
    }
}

fn conversation(client: Socket) -> io::Result<()> {
    client.set_read_timeout(Some(Duration::from_secs(10)))?;
    let client = Arc::new(client);
    let (talker, mut hearer) = (Talker(Arc::clone(&client)), Hearer(client));
    let heard = io::copy(&mut Read::by_ref(&mut hearer).take(LIMIT + 1), &mut io::sink())?;
    talker.say_and_finish(if heard <= LIMIT {
        format!("{heard}바이트를 받았습니다\n")
    } else {
        String::from("너무 깁니다\n")
    })?;
    println!("할 말을 다 했습니다.");
    let mut nothing = [0; 1500];
    while hearer.read(&mut nothing)? != 0 {}
    Ok(())
}

fn run() -> io::Result<()> {
    let text = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:12345".to_owned());
    let address: SocketAddr =
        text.parse().map_err(|_| io::Error::other(format!("{text}은(는) 주소가 아닙니다")))?;
    let door = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    if cfg!(unix) {
        door.set_reuse_address(true)?;
    }
    door.bind(&address.into())?;
    door.listen(128)?;
    let name = door.local_addr()?.as_socket().unwrap_or(address);
    println!("서버가 시작되었습니다: {name} (Enter로 끝냅니다)");
    std::thread::Builder::new().name("enter".into()).spawn(|| {
        // One line ends it; the end of the input does not.
        if matches!(io::stdin().lock().skip_until(b'\n'), Ok(1..)) {
            std::process::exit(0);
        }
    })?;
    loop {
        let (client, _) = door.accept()?;
        println!("{}", Parting::from(conversation(client)));
    }
}

fn main() -> ExitCode {
    run().map_or_else(
        |error| {
            eprintln!("오류: {error}");
            ExitCode::FAILURE
        },
        |()| ExitCode::SUCCESS,
    )
}
