//! Right: an extension trait words the error, stdout is a File on a duplicated descriptor, and a scoped thread reads the keyboard byte by byte.

use socket2::{Domain, Protocol, Socket, Type};
use std::fs::File;
use std::io::{self, Read, Write};
use std::net::SocketAddr;
use std::os::fd::AsFd;
use std::process::ExitCode;
use std::sync::mpsc;
use std::thread;

trait Worded {
    fn worded(&self, at: SocketAddr) -> String;
}

impl Worded for io::Error {
    fn worded(&self, at: SocketAddr) -> String {
        if self.kind() == io::ErrorKind::AddrInUse {
            format!("{at}: 이 포트는 이미 쓰이고 있습니다. 쓰고 있는 프로그램을 끝내거나 다른 포트를 고르세요.")
        } else {
            format!("{at}에 묶을 수 없습니다. {self}")
        }
    }
}

struct Held {
    _socket: Socket,
    at: SocketAddr,
}

impl TryFrom<SocketAddr> for Held {
    type Error = io::Error;

    fn try_from(wanted: SocketAddr) -> io::Result<Held> {
        let socket = Socket::new(
            Domain::for_address(wanted),
            Type::STREAM,
            Some(Protocol::TCP),
        )?;
        #[cfg(unix)]
        socket.set_reuse_address(true)?;
        socket.bind(&wanted.into())?;
        let at = socket.local_addr()?.as_socket();
        let at = at.ok_or(io::ErrorKind::AddrNotAvailable)?;
        Ok(Held { _socket: socket, at })
    }
}

fn say(line: &str) -> io::Result<()> {
    let mut out = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    out.write_all(format!("{line}\r\n").as_bytes())
}

fn wait_for_a_key(done: mpsc::SyncSender<io::Result<()>>) {
    let mut byte = [0];
    let keyboard = io::stdin();
    let outcome = loop {
        match keyboard.lock().read(&mut byte) {
            Ok(0) => break Ok(()),
            Ok(_) if byte == *b"\n" => break Ok(()),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => break Err(error),
        }
    };
    let _ = done.send(outcome);
}

fn hold(text: &str) -> Result<(), String> {
    let wanted = text
        .parse::<SocketAddr>()
        .map_err(|_| format!("{text}은(는) 주소가 아닙니다"))?;
    let held = Held::try_from(wanted).map_err(|error| error.worded(wanted))?;
    thread::scope(|scope| {
        say(&format!("묶었습니다: {} (Enter)", held.at))?;
        let (done, waiting) = mpsc::sync_channel(0);
        scope.spawn(move || wait_for_a_key(done));
        waiting.recv().unwrap_or(Ok(()))
    })
    .map_err(|error| error.to_string())
}

fn main() -> ExitCode {
    let text = std::env::args().nth(1);
    match hold(text.as_deref().unwrap_or("127.0.0.1:12345")) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("오류: {sentence}");
            ExitCode::FAILURE
        }
    }
}
