//! Right: each socket belongs to a thread of its own that answers questions over a channel; stderr is chatty.
use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, Read};
use std::net::SocketAddr;
use std::sync::mpsc::{Sender, channel};
use std::thread;

enum Ask { Kind(Sender<String>), Ends(Sender<String>), Connect(SocketAddr, Sender<io::Result<()>>) }

fn keeper(kind: Type, protocol: Protocol) -> Sender<Ask> {
    let (questions, inbox) = channel::<Ask>();
    let (ready, made) = channel();
    thread::spawn(move || {
        let socket = Socket::new(Domain::IPV4, kind, Some(protocol)).expect("a socket");
        ready.send(()).unwrap();
        let end = |a: io::Result<socket2::SockAddr>| a.ok().and_then(|a| a.as_socket()).filter(|a| a.port() != 0).map_or("없음".to_owned(), |a| a.to_string());
        for ask in inbox {
            match ask {
                Ask::Kind(to) => to.send(match socket.r#type() {
                    Ok(Type::STREAM) => "SOCK_STREAM".into(),
                    Ok(Type::DGRAM) => "SOCK_DGRAM".into(),
                    other => format!("{other:?}"),
                }).unwrap(),
                Ask::Ends(to) => to.send(format!("내 쪽 {}, 상대 쪽 {}", end(socket.local_addr()), end(socket.peer_addr()))).unwrap(),
                Ask::Connect(address, to) => to.send(socket.connect(&address.into())).unwrap(),
            }
        }
    });
    made.recv().expect("the socket is made");
    questions
}
fn ask<T>(keeper: &Sender<Ask>, question: impl FnOnce(Sender<T>) -> Ask) -> T {
    let (to, answer) = channel();
    keeper.send(question(to)).unwrap();
    answer.recv().unwrap()
}
fn enter() {
    let mut byte = [0];
    while io::stdin().read(&mut byte).is_ok_and(|n| n == 1) && byte[0] != b'\n' {}
}
fn main() {
    let text = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:12345".into());
    let address: SocketAddr = text.parse().unwrap_or_else(|e| { eprintln!("{text}: {e}"); std::process::exit(3) });
    eprintln!("(pid {}, making TCP)", std::process::id());
    let tcp = keeper(Type::STREAM, Protocol::TCP);
    println!("1. TCP 소켓을 만들었습니다. (Enter)");
    enter();
    eprintln!("(making UDP)");
    let udp = keeper(Type::DGRAM, Protocol::UDP);
    println!("2. UDP 소켓을 만들었습니다. (Enter)");
    enter();
    println!("3. 종류: {}, {}", ask(&tcp, Ask::Kind), ask(&udp, Ask::Kind));
    println!("4. connect 전: {}", ask(&udp, Ask::Ends));
    if let Err(error) = ask(&udp, |to| Ask::Connect(address, to)) {
        eprintln!("connect: {error}");
        std::process::exit(4);
    }
    println!("   connect 후: {}", ask(&udp, Ask::Ends));
}
