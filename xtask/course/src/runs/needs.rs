//! Which of two has to come first: a call, or what a peer does. A call that accepts, receives
//! or reads a typed line ends after its peer has done something for it; what a peer receives
//! is sent before.

use probe::{Accept, Connect, Datagram, End, Event as Told, Flow, Happening, Input, Output};
use recording::{Call, Outcome, Returned};
use std::collections::BTreeMap;

/// What has been told so far, counted by who did it.
#[derive(Clone, Default)]
pub(super) struct Counted {
    /// Bytes that a peer has sent, and that a program has received from it.
    sent: BTreeMap<String, u64>,
    received: BTreeMap<String, u64>,
    /// Bytes that a program has sent to a peer, and that this one has received.
    given: BTreeMap<String, u64>,
    taken: BTreeMap<String, u64>,
    /// In how many calls the former, and how many messages the latter: of those only the meaning is told.
    handed: BTreeMap<String, u64>,
    understood: BTreeMap<String, u64>,
    /// Datagrams, likewise.
    datagrams_in: BTreeMap<String, u64>,
    datagrams_read: BTreeMap<String, u64>,
    datagrams_out: u64,
    datagrams_taken: u64,
    connected: Vec<String>,
    ended: Vec<String>,
    typed: u64,
    typed_read: u64,
    lines: u64,
    lines_printed: u64,
    /// Peers whose connection the program has ended.
    closed: Vec<String>,
    connections_made: u64,
    connections_taken: u64,
}

/// `<client-a>` of `127.0.0.1:<client-a>`.
pub(super) fn name_in(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once('<')?;
    rest.split_once('>').map(|(name, _)| name)
}

impl Counted {
    /// Whether the check has seen enough for this call to end as it did.
    pub(super) fn lets_end(&self, call: &Call, outcome: &Outcome, peer: Option<&str>) -> bool {
        let count = match outcome.returned {
            Returned::Value(count) => u64::try_from(count).unwrap_or_default(),
            Returned::Error(ref error) if error == "ECONNRESET" || error == "EPIPE" => {
                return peer.is_none_or(|peer| self.ended.iter().any(|it| it == peer));
            }
            _ => return true,
        };
        match call.name.as_str() {
            "accept" => {
                let from = outcome.wrote.iter().find(|it| it.name == "addr");
                let from = from.and_then(|it| name_in(&it.value));
                from.is_none_or(|name| self.connected.iter().any(|it| it == name))
            }
            "recv" | "read" | "readv" | "recvmsg" if is_stdin(call) => {
                self.typed_read + lines_in(outcome) <= self.typed
            }
            "recvfrom" if from_whom(outcome).is_some() => {
                let from = from_whom(outcome).unwrap_or_default();
                of(&self.datagrams_read, from) < of(&self.datagrams_in, from)
            }
            "recv" | "read" | "readv" | "recvmsg" => peer.is_none_or(|peer| {
                if count == 0 {
                    self.ended.iter().any(|it| it == peer)
                } else {
                    of(&self.received, peer) + count <= of(&self.sent, peer)
                }
            }),
            _ => true,
        }
    }

    /// Whether a peer can have seen this by now: what is due first has happened.
    pub(super) fn lets_be_seen(&self, told: &Told) -> bool {
        match &told.what {
            Happening::Recv(Flow::Bytes(payload)) => {
                let count = u64::try_from(payload.count).unwrap_or(u64::MAX);
                of(&self.taken, &told.who) + count <= of(&self.given, &told.who)
            }
            Happening::Recv(Flow::Message(_)) => {
                of(&self.understood, &told.who) < of(&self.handed, &told.who)
            }
            Happening::Recv(Flow::Fin | Flow::Rst) => self.closed.contains(&told.who),
            Happening::RecvFrom(Datagram::Came { .. }) => self.datagrams_taken < self.datagrams_out,
            Happening::Accept(Accept::From(_)) => self.connections_taken < self.connections_made,
            Happening::Stdout(Output::Line(_)) => self.lines < self.lines_printed,
            _ => !is_silence(told),
        }
    }

    /// Is it something that a peer only sees, and does nothing for?
    pub(super) fn only_sees(told: &Told) -> bool {
        matches!(
            told.what,
            Happening::Recv(_)
                | Happening::RecvFrom(_)
                | Happening::Accept(_)
                | Happening::Stdout(_)
                | Happening::Stderr(_)
                | Happening::End(_)
        )
    }

    pub(super) fn tell(&mut self, told: &Told) {
        let who = || told.who.clone();
        match &told.what {
            Happening::Connect(_) => self.connected.push(who()),
            Happening::Send(Flow::Bytes(payload)) => add(&mut self.sent, &told.who, payload.count),
            Happening::SendTo { .. } => add(&mut self.datagrams_in, &told.who, 1),
            Happening::Recv(Flow::Bytes(payload)) => {
                add(&mut self.taken, &told.who, payload.count);
            }
            Happening::Recv(Flow::Message(_)) => add(&mut self.understood, &told.who, 1),
            Happening::RecvFrom(Datagram::Came { .. }) => self.datagrams_taken += 1,
            Happening::Accept(_) => {
                self.connections_taken += 1;
                self.connected.push(who());
            }
            Happening::Shutdown | Happening::Close | Happening::Reset => self.ended.push(who()),
            Happening::Stdin(Input::Line(_) | Input::End) => self.typed += 1,
            Happening::Stdout(_) => self.lines += 1,
            _ => {}
        }
    }

    /// A call has ended; `peer` is at the other end of its socket.
    pub(super) fn end(&mut self, call: &Call, outcome: &Outcome, peer: Option<&str>) {
        let Returned::Value(count) = outcome.returned else {
            return;
        };
        let count = usize::try_from(count).unwrap_or_default();
        match (call.name.as_str(), peer) {
            ("write" | "writev", _) if is_stdout(call) => {
                let newlines = call.arguments.iter().filter(|it| it.name == "buf");
                let lines: usize = newlines.map(|it| it.value.matches("\\n").count()).sum();
                self.lines_printed += lines as u64;
            }
            ("send" | "sendto" | "write" | "writev" | "sendmsg", Some(peer)) => {
                add(&mut self.given, peer, count);
                add(&mut self.handed, peer, 1);
                self.datagrams_out += 1;
            }
            ("sendto" | "send", None) => self.datagrams_out += 1,
            ("recv" | "read" | "readv" | "recvmsg", _) if is_stdin(call) => {
                self.typed_read += lines_in(outcome)
            }
            ("recvfrom", _) if from_whom(outcome).is_some() => {
                let from = from_whom(outcome).unwrap_or_default().to_owned();
                add(&mut self.datagrams_read, &from, 1);
            }
            ("recv" | "read" | "readv" | "recvmsg", Some(peer)) => {
                add(&mut self.received, peer, count);
            }
            ("close" | "shutdown", Some(peer)) => self.closed.push(peer.to_owned()),
            ("connect", _) => self.connections_made += 1,
            _ => {}
        }
    }
}

/// How many typed lines, or ends of the input, a read takes at once.
fn lines_in(outcome: &Outcome) -> u64 {
    let came = outcome.wrote.iter().filter(|it| it.name == "buf");
    let lines: usize = came.map(|it| it.value.matches("\\n").count()).sum();
    lines.max(1) as u64
}

/// Somebody holds a port, for whom no program has to do anything.
pub(super) fn is_in_place(told: &Told) -> bool {
    matches!(
        told.what,
        Happening::Holds(..) | Happening::Neighbour { .. }
    )
}

/// Does it hand something to a peer?
pub(super) fn is_send(call: &Call) -> bool {
    let sends = ["send", "sendto", "sendmsg", "write", "writev"];
    sends.contains(&call.name.as_str()) && !matches!(fd_of(call), Some(1 | 2))
}

/// Does it take what has come?
pub(super) fn is_receive(call: &Call) -> bool {
    ["recv", "read", "readv", "recvmsg", "recvfrom"].contains(&call.name.as_str())
}

/// Somebody waited, and nothing came.
pub(super) fn is_silence(told: &Told) -> bool {
    matches!(
        told.what,
        Happening::Recv(Flow::Silence)
            | Happening::RecvFrom(Datagram::Silence)
            | Happening::Accept(Accept::Silence)
            | Happening::Connect(Connect::Silence)
            | Happening::Stdout(Output::Silence)
            | Happening::End(End::Silence)
            | Happening::Unread
    )
}

fn from_whom(outcome: &Outcome) -> Option<&str> {
    let from = outcome.wrote.iter().find(|it| it.name == "src_addr");
    from.and_then(|it| name_in(&it.value))
}

/// The descriptor that a call is about.
pub(super) fn fd_of(call: &Call) -> Option<i32> {
    let first = call.arguments.first()?;
    let is_one = ["sockfd", "fd", "oldfd", "epfd"].contains(&first.name.as_str());
    is_one.then(|| first.value.parse().ok())?
}

fn is_stdin(call: &Call) -> bool {
    fd_of(call) == Some(0)
}

fn is_stdout(call: &Call) -> bool {
    fd_of(call) == Some(1)
}

fn of(counts: &BTreeMap<String, u64>, who: &str) -> u64 {
    counts.get(who).copied().unwrap_or_default()
}

fn add(counts: &mut BTreeMap<String, u64>, who: &str, count: usize) {
    *counts.entry(who.to_owned()).or_default() += count as u64;
}
