//! Right: the program is a Vec of boxed FnOnce steps over an Option<Socket>, run by try_for_each with an Enter after each.

use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, BufRead, Write};
use std::net::SocketAddr;
use std::process::ExitCode;

type Slot = Option<Socket>;
type Step = Box<dyn FnOnce(&mut Slot) -> io::Result<String>>;

fn script(address: SocketAddr, backlog: i32) -> Vec<Step> {
    vec![
        Box::new(move |slot| {
            let kind = (Domain::for_address(address), Type::STREAM, Some(Protocol::TCP));
            let socket = slot.insert(Socket::new(kind.0, kind.1, kind.2)?);
            if cfg!(unix) {
                socket.set_reuse_address(true)?;
            }
            socket.bind(&address.into())?;
            let bound = socket.local_addr()?.as_socket().unwrap_or(address);
            Ok(format!("묶었습니다: {bound} (Enter)"))
        }),
        Box::new(move |slot| {
            let socket = slot.as_ref().ok_or(io::ErrorKind::NotFound)?;
            socket.listen(backlog)?;
            Ok("듣고 있습니다. (Enter)".into())
        }),
        Box::new(|slot| {
            *slot = None;
            Ok("닫았습니다. (Enter)".into())
        }),
    ]
}

fn play(mut arguments: impl Iterator<Item = String>) -> io::Result<()> {
    let address = arguments.next().unwrap_or("127.0.0.1:12345".into());
    let Ok(address) = address.parse() else {
        return Err(io::Error::other(format!("{address}은(는) 주소가 아닙니다")));
    };
    let backlog = arguments.next().map_or(Ok(128), |typed| {
        let wrong = format!("백로그는 숫자여야 합니다: {typed}");
        typed.parse().map_err(|_| io::Error::other(wrong))
    })?;

    let mut slot = None;
    let mut keyboard = io::stdin().lock();
    let mut screen = io::stdout();
    script(address, backlog).into_iter().try_for_each(|step| {
        let line = step(&mut slot)?;
        screen.write_all((line + "\n").as_bytes())?;
        screen.flush()?;
        keyboard.read_until(b'\n', &mut Vec::new()).map(drop)
    })
}

fn main() -> ExitCode {
    if let Err(error) = play(std::env::args().skip(1)) {
        eprintln!("오류: {error}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
