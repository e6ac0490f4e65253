//! Right: each client gets a detached reader thread that reports its leaving through a Mutex and Condvar on which the accepting loop waits before the next accept; CR LF on stdout, huge buffer.
use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::ExitCode;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;

type Left = Arc<(Mutex<Option<io::Result<()>>>, Condvar)>;

fn read_until_gone(mut client: TcpStream, left: &Left) {
    let mut buffer = vec![0; 8 << 20].into_boxed_slice();
    let outcome = loop {
        match client.read(&mut buffer) {
            Ok(0) => break Ok(()),
            Ok(_) => continue,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => break Err(error),
        }
    };
    drop(client);
    *left.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome);
    left.1.notify_all();
}

fn together(mut client: TcpStream) -> io::Result<()> {
    client.write_all("반갑습니다".as_bytes())?;
    let left: Left = Left::default();
    let other = Arc::clone(&left);
    thread::spawn(move || read_until_gone(client, &other));
    let guard = left.0.lock().unwrap_or_else(PoisonError::into_inner);
    let mut guard = left
        .1
        .wait_while(guard, |outcome| outcome.is_none())
        .unwrap_or_else(PoisonError::into_inner);
    guard.take().unwrap_or(Ok(()))
}

fn run(address: SocketAddr) -> io::Result<()> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    if cfg!(unix) {
        socket.set_reuse_address(true)?;
    }
    socket.bind(&address.into())?;
    socket.listen(64)?;
    let listener: TcpListener = socket.into();
    print!("서버가 시작되었습니다: {}\r\n", listener.local_addr()?);
    io::stdout().flush()?;
    loop {
        let (client, peer) = listener.accept()?;
        print!("손님이 왔습니다: {peer}\r\n");
        io::stdout().flush()?;
        together(client).unwrap_or_else(|error| eprint!("<{peer}> {error}\r\n"));
    }
}

fn main() -> ExitCode {
    let text = std::env::args().nth(1).unwrap_or_else(|| String::from("127.0.0.1:12345"));
    let outcome = text.parse().map_err(io::Error::other).and_then(run);
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{text}: {error}");
            ExitCode::from(111)
        }
    }
}
