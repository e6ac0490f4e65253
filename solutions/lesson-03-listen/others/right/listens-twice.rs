//! Right: listen is called twice, first with 1 and then with the real backlog, before the line is printed.
use socket2::{Domain, Protocol, Socket, Type};
use std::io;
use std::net::SocketAddr;

fn enter() { let _ = io::stdin().read_line(&mut String::new()); }
fn give_up(why: impl std::fmt::Display) -> ! { eprintln!("오류: {why}"); std::process::exit(1) }

fn main() -> io::Result<()> {
    let mut args = std::env::args().skip(1);
    let text = args.next().unwrap_or_else(|| "127.0.0.1:12345".into());
    let Ok(address) = text.parse::<SocketAddr>() else { give_up(format!("{text} is no address")) };
    let backlog: i32 = match args.next().map(|text| (text.parse(), text)) {
        None => 128,
        Some((Ok(number), _)) => number,
        Some((Err(_), text)) => give_up(format!("'{text}'은(는) 대기열의 길이가 될 수 없습니다. 숫자를 주세요.")),
    };
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    if cfg!(unix) { socket.set_reuse_address(true)?; }
    socket.bind(&address.into())?;
    println!("묶었습니다: {} (Enter)", socket.local_addr()?.as_socket().unwrap());
    enter();
    socket.listen(1)?;
    socket.listen(backlog)?;
    println!("듣고 있습니다. (Enter)");
    enter();
    drop(socket);
    println!("닫았습니다. (Enter)");
    enter();
    Ok(())
}
