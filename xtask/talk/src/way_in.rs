//! How the peer comes to a connection: it goes to an address, or waits for others there.

use crate::datagrams::Datagrams;
use crate::link::Link;
use crate::screen::Screen;
use crate::settings::Settings;
use crate::stream::Stream;
use crate::trouble::Trouble;
use std::io::{self, ErrorKind};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::{Duration, Instant};
use talk::lang::Lang;
use talk::tr;

/// How long a connect may take at each address.
const LONGEST_CONNECT: Duration = Duration::from_secs(4);

/// Between two looks for a client; a listener has no time limit of its own.
const LOOK: Duration = Duration::from_millis(5);

pub(crate) enum WayIn {
    /// Goes to the first of these addresses where somebody is.
    Connects(Vec<SocketAddr>),
    /// Waits for clients, each as long as this; `None`: for ever.
    Listens(TcpListener, Option<Duration>),
    /// Sends datagrams there.
    SendsTo(SocketAddr),
    /// Waits for datagrams there.
    ReceivesAt(SocketAddr),
}

impl WayIn {
    pub(crate) fn of(settings: &Settings, screen: &Screen) -> Result<Self, Trouble> {
        let addresses = &settings.addresses;
        match (settings.listens, settings.udp) {
            (false, false) => Ok(Self::Connects(addresses.clone())),
            (false, true) => Ok(Self::SendsTo(addresses[0])),
            (true, true) => Ok(Self::ReceivesAt(addresses[0])),
            (true, false) => {
                let listener = TcpListener::bind(&addresses[..]).and_then(|listener| {
                    listener.set_nonblocking(true)?;
                    Ok((listener.local_addr()?, listener))
                });
                let (own, listener) =
                    listener.map_err(|error| not_bound(addresses[0], &error, settings.lang))?;
                screen.did("listen", &own.to_string());
                Ok(Self::Listens(listener, settings.patience))
            }
        }
    }

    pub(crate) fn is_a_stream(&self) -> bool {
        matches!(self, Self::Connects(_) | Self::Listens(..))
    }

    /// The next connection, or a fresh socket. Where there is none to be had, that is shown.
    ///
    /// # Errors
    /// The own address cannot be had.
    pub(crate) fn open(&self, screen: &Screen) -> Result<Option<Link>, Trouble> {
        match self {
            Self::Connects(addresses) => Ok(connect(addresses, screen)),
            Self::Listens(listener, longest) => Ok(accept(listener, *longest, screen)),
            Self::SendsTo(other) => {
                let socket = Datagrams::to(*other)
                    .map_err(|error| not_bound(*other, &error, screen.lang()))?;
                tell_own_address(&socket, screen);
                Ok(Some(Link::Datagrams(socket)))
            }
            Self::ReceivesAt(own) => {
                let socket =
                    Datagrams::at(*own).map_err(|error| not_bound(*own, &error, screen.lang()))?;
                tell_own_address(&socket, screen);
                Ok(Some(Link::Datagrams(socket)))
            }
        }
    }
}

fn tell_own_address(socket: &Datagrams, screen: &Screen) {
    let own = socket.address().map(|own| own.to_string());
    screen.did("bind", &own.unwrap_or_default());
}

/// An address that another program has, or that is not this machine's, is a wrong one.
fn not_bound(address: SocketAddr, error: &io::Error, lang: Lang) -> Trouble {
    let wrong = matches!(
        error.kind(),
        ErrorKind::AddrInUse | ErrorKind::AddrNotAvailable | ErrorKind::PermissionDenied
    );
    let sentence = tr!(
        lang,
        "{address}에 바인드할 수 없습니다: {error}",
        "{address} cannot be bound: {error}"
    );
    if wrong {
        Trouble::usage(sentence)
    } else {
        Trouble::machine(sentence)
    }
}

fn connect(addresses: &[SocketAddr], screen: &Screen) -> Option<Link> {
    let lang = screen.lang();
    for address in addresses {
        let stream = TcpStream::connect_timeout(address, LONGEST_CONNECT);
        let opened = stream.and_then(|stream| Ok((stream.local_addr()?, Stream::over(stream)?)));
        match opened {
            Ok((own, stream)) => {
                let told = tr!(lang, "{address} (이쪽은 {own})", "{address} (here {own})");
                screen.did("connect", &told);
                return Some(Link::Stream(stream));
            }
            Err(error) => screen.missed("connect", &why_not(*address, &error, lang)),
        }
    }
    None
}

fn why_not(address: SocketAddr, error: &io::Error, lang: Lang) -> String {
    match error.kind() {
        // A listener that goes away in the middle of the handshake resets.
        ErrorKind::ConnectionRefused | ErrorKind::ConnectionReset => tr!(
            lang,
            "{address} 거부 (이 포트에서 기다리는 프로그램이 없습니다)",
            "{address} refused (no program listens at this port)"
        ),
        ErrorKind::TimedOut | ErrorKind::WouldBlock => tr!(
            lang,
            "{address} 무응답 (아무 답도 없습니다)",
            "{address} silence (there is no answer)"
        ),
        _ => format!("{address} {error}"),
    }
}

fn accept(listener: &TcpListener, longest: Option<Duration>, screen: &Screen) -> Option<Link> {
    let since = Instant::now();
    loop {
        match listener.accept() {
            Ok((stream, from)) => {
                // Windows and BSD hand the listener's mode on.
                let opened = stream.set_nonblocking(false);
                if let Ok(stream) = opened.and_then(|()| Stream::over(stream)) {
                    screen.saw("accept", &from.to_string());
                    return Some(Link::Stream(stream));
                }
            }
            // Nobody there yet, or somebody who left before (ECONNABORTED).
            Err(_) if longest.is_none_or(|longest| since.elapsed() < longest) => {
                std::thread::sleep(LOOK);
            }
            Err(_) => {
                let told = tr!(
                    screen.lang(),
                    "무응답 (아무도 연결하지 않았습니다)",
                    "silence (nobody has connected)"
                );
                screen.missed("accept", &told);
                return None;
            }
        }
    }
}
