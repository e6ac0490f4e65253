//! Right: a second handle reads in its own thread and reports two events, the request's length and the end; the first handle only writes and shuts down.

use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr};
use std::process::{self, ExitCode};
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::Duration;

const LIMIT: usize = 1024;
const PATIENCE: Duration = Duration::from_secs(10);

enum Event {
    Request(usize),
    Gone(io::Result<()>),
}

fn listen_to(mut guest: Socket, tell: &Sender<Event>) -> io::Result<()> {
    let mut buffer = [0; 1021];
    let mut heard = 0;
    let mut told = false;
    loop {
        let count = match guest.read(&mut buffer) {
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            outcome => outcome?,
        };
        heard += count;
        if !told && (count == 0 || heard > LIMIT) {
            told = true;
            let _ = tell.send(Event::Request(heard));
        }
        if count == 0 {
            return Ok(());
        }
    }
}

fn talk_to(mut guest: Socket) -> io::Result<()> {
    guest.set_read_timeout(Some(PATIENCE))?;
    let ears = guest.try_clone()?;
    let (tell, events) = mpsc::channel();
    let reader = thread::spawn(move || {
        let gone = listen_to(ears, &tell);
        let _ = tell.send(Event::Gone(gone));
    });
    let mut said = Ok(());
    let mut gone = Ok(());
    for event in events {
        match event {
            Event::Request(length) => {
                let reply = if length > LIMIT {
                    "너무 깁니다\n".to_owned()
                } else {
                    format!("{length}바이트를 받았습니다\n")
                };
                said = guest
                    .write_all(reply.as_bytes())
                    .and_then(|()| guest.shutdown(Shutdown::Write));
                match &said {
                    Ok(()) => println!("할 말을 다 했습니다."),
                    // 읽는 쪽도 깨웁니다. / Wake the reader, too.
                    Err(_) => drop(guest.shutdown(Shutdown::Both)),
                }
            }
            Event::Gone(how) => gone = how,
        }
    }
    let _ = reader.join();
    gone.and(said)
}

fn last_words(ended: io::Result<()>) -> String {
    let Err(error) = ended else {
        return "손님이 닫았습니다 (FIN)".into();
    };
    if error.kind() == ErrorKind::ConnectionReset {
        return "손님이 끊었습니다 (RST)".into();
    }
    format!("오류: {error}")
}

fn run() -> io::Result<()> {
    let text = std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into());
    let address: SocketAddr = text
        .parse()
        .map_err(|_| io::Error::other(format!("{text}은(는) 주소가 아닙니다")))?;
    let door = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    if cfg!(unix) {
        door.set_reuse_address(true)?;
    }
    door.bind(&address.into())?;
    door.listen(128)?;
    let bound = door.local_addr()?.as_socket().unwrap_or(address);
    println!("서버가 시작되었습니다: {bound} (Enter로 끝냅니다)");
    thread::spawn(|| {
        if io::stdin().lines().next().is_some_and(|line| line.is_ok()) {
            process::exit(0);
        }
    });
    loop {
        let (guest, _) = door.accept()?;
        println!("{}", last_words(talk_to(guest)));
    }
}

fn main() -> ExitCode {
    if let Err(error) = run() {
        eprintln!("오류: {error}");
    }
    ExitCode::FAILURE
}
