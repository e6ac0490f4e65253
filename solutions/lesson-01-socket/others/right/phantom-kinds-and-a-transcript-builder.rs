//! Right: the protocol is a type parameter (PhantomData), the texts come from an iterator of closures that is walked once.

use socket2::{Domain, Protocol, SockRef, Socket, Type};
use std::io::{self, BufRead, Write};
use std::marker::PhantomData;
use std::net::{SocketAddr, SocketAddrV4};
use std::os::fd::OwnedFd;
use std::process::exit;

trait Kind {
    const KIND: Type;
    const PROTOCOL: Protocol;
}
enum Stream {}
enum Datagram {}
impl Kind for Stream {
    const KIND: Type = Type::STREAM;
    const PROTOCOL: Protocol = Protocol::TCP;
}
impl Kind for Datagram {
    const KIND: Type = Type::DGRAM;
    const PROTOCOL: Protocol = Protocol::UDP;
}

struct Held<K>(OwnedFd, PhantomData<K>);

impl<K: Kind> Held<K> {
    fn new() -> io::Result<Self> {
        Socket::new(Domain::IPV4, K::KIND, Some(K::PROTOCOL)).map(|socket| Held(socket.into(), PhantomData))
    }

    fn name(&self) -> io::Result<String> {
        let kind = SockRef::from(&self.0).r#type()?;
        let known = [(Type::STREAM, "SOCK_STREAM"), (Type::DGRAM, "SOCK_DGRAM")];
        known
            .iter()
            .find_map(|(is, name)| (*is == kind).then(|| (*name).to_owned()))
            .ok_or_else(|| io::Error::other("unknown type"))
    }

    fn own(&self) -> Option<SocketAddrV4> {
        let own = SockRef::from(&self.0).local_addr().ok()?.as_socket_ipv4()?;
        if own.port() == 0 { None } else { Some(own) }
    }

    fn peer(&self) -> Option<SocketAddrV4> {
        SockRef::from(&self.0).peer_addr().ok()?.as_socket_ipv4()
    }

    fn both(&self) -> String {
        let shown = |end: Option<SocketAddrV4>| end.map(|end| end.to_string()).unwrap_or_else(|| "없음".to_owned());
        ["내 쪽 ", &shown(self.own()), ", 상대 쪽 ", &shown(self.peer())].concat()
    }
}

fn say(line: String) {
    let mut out = io::stdout().lock();
    if out.write_all((line + "\n").as_bytes()).and_then(|()| out.flush()).is_err() {
        exit(1);
    }
}

fn main() {
    let text = std::env::args().nth(1).unwrap_or_else(|| String::from("127.0.0.1:12345"));
    let Ok(address) = text.parse::<SocketAddr>() else {
        eprintln!("오류: {text}은(는) 주소가 아닙니다");
        exit(1)
    };
    let told = (|| -> io::Result<()> {
        let mut keyboard = io::stdin().lock();
        let mut skipped = Vec::new();
        let tcp = Held::<Stream>::new()?;
        say("1. TCP 소켓을 만들었습니다. (Enter)".to_owned());
        keyboard.read_until(b'\n', &mut skipped)?;
        let udp = Held::<Datagram>::new()?;
        say("2. UDP 소켓을 만들었습니다. (Enter)".to_owned());
        keyboard.read_until(b'\n', &mut skipped)?;
        let scenes: [Box<dyn Fn() -> io::Result<String> + '_>; 3] = [
            Box::new(|| Ok(format!("3. 종류: {}, {}", tcp.name()?, udp.name()?))),
            Box::new(|| Ok(format!("4. connect 전: {}", udp.both()))),
            Box::new(|| {
                SockRef::from(&udp.0).connect(&address.into())?;
                Ok(format!("   connect 후: {}", udp.both()))
            }),
        ];
        scenes.into_iter().try_for_each(|scene| scene().map(say))
    })();
    if let Err(error) = told {
        eprintln!("오류: {error}");
        exit(1)
    }
}
