//! Right: a small machine of scenes; each Enter comes over a channel from a keyboard thread and moves it to the next scene.
use socket2::{Domain, Protocol, Socket, Type};
use std::io;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

enum Scene {
    Nothing,
    HasTcp(Socket),
    HasBoth { tcp: Socket, udp: Socket },
    Connected { _tcp: Socket, udp: Socket },
    Over,
}

trait Named {
    fn name(&self) -> io::Result<String>;
}
impl Named for Socket {
    fn name(&self) -> io::Result<String> {
        Ok(match self.r#type()? {
            t if t == Type::STREAM => "SOCK_STREAM".into(),
            t if t == Type::DGRAM => "SOCK_DGRAM".into(),
            t => format!("{t:?}"),
        })
    }
}

fn ends(socket: &Socket) -> String {
    let mut told = Vec::new();
    for (side, asked) in [("내 쪽", socket.local_addr()), ("상대 쪽", socket.peer_addr())] {
        let address: Option<SocketAddr> = asked.ok().and_then(|a| a.as_socket());
        match address {
            Some(address) if address.port() != 0 => told.push(format!("{side} {address}")),
            _ => told.push(format!("{side} 없음")),
        }
    }
    told.join(", ")
}

fn next(scene: Scene, enters: &Receiver<()>, address: SocketAddr) -> io::Result<Scene> {
    Ok(match scene {
        Scene::Nothing => {
            let tcp = Socket::new(Domain::IPV4, Type::STREAM, Some(Protocol::TCP))?;
            println!("1. TCP 소켓을 만들었습니다. (Enter)");
            let _ = enters.recv();
            Scene::HasTcp(tcp)
        }
        Scene::HasTcp(tcp) => {
            let udp = Socket::new(Domain::IPV4, Type::DGRAM, Some(Protocol::UDP))?;
            println!("2. UDP 소켓을 만들었습니다. (Enter)");
            let _ = enters.recv();
            Scene::HasBoth { tcp, udp }
        }
        Scene::HasBoth { tcp, udp } => {
            println!("3. 종류: {}, {}", tcp.name()?, udp.name()?);
            println!("4. connect 전: {}", ends(&udp));
            udp.connect(&address.into())?;
            Scene::Connected { _tcp: tcp, udp }
        }
        Scene::Connected { udp, .. } => {
            println!("   connect 후: {}", ends(&udp));
            Scene::Over
        }
        Scene::Over => Scene::Over,
    })
}

fn play() -> Result<(), String> {
    let text = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:12345".to_owned());
    let address = text.parse().map_err(|_| format!("{text}?"))?;
    let (enter, enters) = sync_channel(0);
    thread::spawn(move || {
        let mut line = String::new();
        // At the end of the input the sender goes away, and recv no longer waits.
        while io::stdin().read_line(&mut line).is_ok_and(|n| n > 0) {
            if enter.send(()).is_err() {
                break;
            }
        }
    });
    let mut scene = Scene::Nothing;
    while !matches!(scene, Scene::Over) {
        scene = next(scene, &enters, address).map_err(|error| error.to_string())?;
    }
    Ok(())
}

fn main() -> ExitCode {
    play().map_or_else(
        |why| {
            eprintln!("[lesson 01] {why}");
            ExitCode::from(2)
        },
        |()| ExitCode::SUCCESS,
    )
}
