//! Right: the socket is shared in an Arc by a pool of idle watchers; closing means waiting until every watcher has let go, then taking the last one apart. CR LF on stdout.
use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, BufRead};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::{Arc, Barrier};
use std::thread;

fn backlog(argument: Option<String>) -> Result<i32, String> {
    argument.map_or(Ok(128), |text| {
        text.parse::<i32>().or(Err(format!("`{text}` is no number, so it cannot be a backlog")))
    })
}

fn run() -> Result<(), String> {
    let mut arguments = std::env::args();
    let address = arguments.nth(1).unwrap_or("127.0.0.1:12345".to_owned());
    let backlog = backlog(arguments.next())?;
    let address: SocketAddr = address.parse().map_err(|e| format!("{address}: {e}"))?;
    show(address, backlog).map_err(|e| e.to_string())
}

fn show(address: SocketAddr, backlog: i32) -> io::Result<()> {
    let mut keyboard = io::BufReader::with_capacity(1, io::stdin());
    let mut line = Vec::new();
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    if cfg!(unix) {
        socket.set_reuse_address(true)?;
    }
    socket.bind(&address.into())?;
    let socket = Arc::new(socket);
    let closing = Arc::new(Barrier::new(4));
    let watchers: Vec<_> = (0..3)
        .map(|_| {
            let (socket, closing) = (Arc::clone(&socket), Arc::clone(&closing));
            thread::spawn(move || {
                closing.wait();
                drop(socket);
            })
        })
        .collect();
    let bound = socket.local_addr()?.as_socket();
    print!("묶었습니다: {} (Enter)\r\n", bound.unwrap_or(address));
    keyboard.read_until(b'\n', &mut line)?;
    socket.listen(backlog)?;
    print!("듣고 있습니다. (Enter)\r\n");
    keyboard.read_until(b'\n', &mut line)?;
    closing.wait();
    for watcher in watchers {
        watcher.join().map_err(|_| io::Error::other("a watcher died"))?;
    }
    let last = Arc::into_inner(socket).ok_or_else(|| io::Error::other("somebody still holds it"))?;
    drop(last);
    print!("닫았습니다. (Enter)\r\n");
    keyboard.read_until(b'\n', &mut line)?;
    Ok(())
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("error: {why}");
            ExitCode::from(5)
        }
    }
}
