//! Right: two buffers of odd sizes travel between a scoped reading thread and the gathering main thread over two channels.

use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, Read, Write};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

struct Filled {
    buffer: Vec<u8>,
    count: usize,
}

fn fill(mut client: &Socket, empty: Receiver<Vec<u8>>, full: Sender<io::Result<Filled>>) {
    for mut buffer in empty {
        let outcome = loop {
            match client.read(&mut buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                outcome => break outcome,
            }
        };
        let over = !matches!(outcome, Ok(1..));
        if full.send(outcome.map(|count| Filled { buffer, count })).is_err() || over {
            return;
        }
    }
}

fn gather(client: &Socket) -> (Vec<u8>, io::Result<()>) {
    let (give, empty) = mpsc::channel();
    let (full, take) = mpsc::channel();
    let _ = give.send(vec![0; 37]);
    let _ = give.send(vec![0; 5003]);
    thread::scope(|scope| {
        scope.spawn(move || fill(client, empty, full));
        let mut message = Vec::new();
        for filled in take {
            match filled {
                Ok(filled) => {
                    message.extend(&filled.buffer[..filled.count]);
                    let _ = give.send(filled.buffer);
                }
                Err(error) => return (message, Err(error)),
            }
        }
        (message, Ok(()))
    })
}

fn tell(message: &[u8], ended: io::Result<()>) -> io::Result<()> {
    let line = match (ended, std::str::from_utf8(message)) {
        (Ok(()), Ok(text)) => format!("메시지: {text}"),
        (Ok(()), Err(error)) => format!(
            "UTF-8이 아닙니다: {}바이트까지만 글자입니다",
            error.valid_up_to()
        ),
        (Err(error), _) if error.kind() == io::ErrorKind::ConnectionReset => {
            "상대가 연결을 끊었습니다 (RST)".to_string()
        }
        (Err(error), _) => format!("받다가 오류가 났습니다: {error}"),
    };
    let mut out = io::stdout().lock();
    writeln!(out, "받은 바이트: {}", message.len())?;
    writeln!(out, "{line}")
}

fn serve_all(text: &str) -> io::Result<()> {
    let Ok(address) = text.parse::<SocketAddr>() else {
        return Err(io::Error::other(format!("{text}은(는) 주소가 아닙니다")));
    };
    let door = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    if cfg!(unix) {
        door.set_reuse_address(true)?;
    }
    door.bind(&address.into())?;
    door.listen(128)?;
    println!("서버가 시작되었습니다: {}", door.local_addr()?.as_socket().unwrap_or(address));
    loop {
        let (client, _) = door.accept()?;
        let (message, ended) = gather(&client);
        tell(&message, ended)?;
    }
}

fn main() -> ExitCode {
    let text = std::env::args().nth(1);
    let Err(error) = serve_all(text.as_deref().unwrap_or("127.0.0.1:12345")) else {
        return ExitCode::SUCCESS;
    };
    eprintln!("오류: {error}");
    ExitCode::FAILURE
}
