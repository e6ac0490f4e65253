//! Right: the listener is shut down in both directions and then dropped; CR LF on stdout, one byte of stdin at a time.
use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr};
use std::process::ExitCode;

fn say(line: std::fmt::Arguments<'_>) { print!("{line}\r\n"); io::stdout().flush().unwrap(); }
fn enter() {
    let mut one = [0u8];
    loop { match io::stdin().read(&mut one) { Ok(1) if one[0] != b'\n' => {} _ => return } }
}
fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let address: SocketAddr = match arguments.next().as_deref().unwrap_or("127.0.0.1:12345").parse() {
        Ok(address) => address,
        Err(error) => { eprintln!("{error}"); return ExitCode::from(2) }
    };
    let backlog = match arguments.next() {
        None => 128,
        Some(text) => match text.parse::<i32>() {
            Ok(number) => number,
            Err(_) => { eprintln!("백로그 \"{text}\"은(는) 숫자가 아닙니다."); return ExitCode::from(2) }
        },
    };
    let run = || -> io::Result<()> {
        let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
        if cfg!(unix) { socket.set_reuse_address(true)?; }
        socket.bind(&address.into())?;
        say(format_args!("묶었습니다: {} (Enter)", socket.local_addr()?.as_socket().expect("IP")));
        enter();
        socket.listen(backlog)?;
        say(format_args!("듣고 있습니다. (Enter)"));
        enter();
        let _ = socket.shutdown(Shutdown::Both);
        drop(socket);
        say(format_args!("닫았습니다. (Enter)"));
        enter();
        Ok(())
    };
    match run() { Ok(()) => ExitCode::SUCCESS, Err(error) => { eprintln!("{error}"); ExitCode::from(9) } }
}
