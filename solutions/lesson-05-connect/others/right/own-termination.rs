//! Right: main returns an own type that implements Termination and chooses the status; the text is cut by hand at its last colon, and std's TcpStream connects.
use std::fmt;
use std::io::{Error, ErrorKind};
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::process::{ExitCode, Termination};
use std::time::Duration;

const HALF_A_SECOND: Duration = Duration::from_millis(500);

enum Outcome {
    Connected(SocketAddr, SocketAddr),
    Malformed(String),
    NoSuchHost(String, Error),
    Refused(SocketAddr),
    Silent(SocketAddr),
    Strange(SocketAddr, Error),
}
use Outcome::*;

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Connected(own, peer) => write!(f, "연결되었습니다.\n내 쪽 {own}, 상대 쪽 {peer}"),
            Malformed(text) => write!(f, "\"{text}\" is not of the form host:port"),
            NoSuchHost(text, why) => write!(f, "no host found for \"{text}\": {why}"),
            Refused(address) => write!(f, "nobody listens on {address}"),
            Silent(address) => write!(f, "{address} did not answer within {HALF_A_SECOND:?}"),
            Strange(address, why) => write!(f, "{address}: {why}"),
        }
    }
}

impl Termination for Outcome {
    fn report(self) -> ExitCode {
        let status = match &self {
            Connected(..) => {
                println!("{self}");
                return ExitCode::SUCCESS;
            }
            Malformed(_) => 10,
            NoSuchHost(..) => 11,
            Refused(_) => 12,
            Silent(_) => 13,
            Strange(..) => 1,
        };
        eprintln!("{self}");
        ExitCode::from(status)
    }
}

fn find(text: &str) -> Result<SocketAddr, Outcome> {
    let malformed = || Malformed(text.to_owned());
    let (host, port) = text.rsplit_once(':').ok_or_else(malformed)?;
    let port: u16 = port.parse().map_err(|_| malformed())?;
    let host = host.strip_prefix('[').and_then(|h| h.strip_suffix(']')).unwrap_or(host);
    (host, port)
        .to_socket_addrs()
        .and_then(|mut all| all.next().ok_or_else(|| ErrorKind::NotFound.into()))
        .map_err(|why| NoSuchHost(text.to_owned(), why))
}

fn open(address: SocketAddr) -> Outcome {
    let ends = TcpStream::connect_timeout(&address, HALF_A_SECOND)
        .and_then(|stream| Ok(Connected(stream.local_addr()?, stream.peer_addr()?)));
    ends.unwrap_or_else(|why| match why.kind() {
        ErrorKind::ConnectionRefused => Refused(address),
        ErrorKind::TimedOut => Silent(address),
        _ => Strange(address, why),
    })
}

fn main() -> Outcome {
    let text = std::env::args().nth(1);
    find(text.as_deref().unwrap_or("127.0.0.1:12345")).map_or_else(|failed| failed, open)
}
