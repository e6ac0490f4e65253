//! How each socket is after each step: its state, and what waits in it. The kernel is not
//! asked, for what it answers depends on the moment; these follow from the calls and from what
//! the peers did (RFC 9293, section 3.3.2, on loopback, where an ACK takes no time).

use super::needs::{fd_of, is_receive, name_in};
use probe::{Connect, Event as Told, Flow, Happening};
use recording::{Call, Outcome, Returned, Socket};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// By program and descriptor.
#[derive(Default)]
pub(super) struct Sockets {
    open: BTreeMap<(String, i32), Socket>,
    /// Which descriptors are copies of one another: they have the same number here.
    copies: BTreeMap<(String, i32), usize>,
    /// What a peer that nobody has accepted yet has sent, and whether it has finished.
    waiting: BTreeMap<String, (u64, bool)>,
    /// What a peer still has to send: a piece each, once the one before has been read.
    pieces: BTreeMap<String, VecDeque<u64>>,
    /// Those in which a `recv` waits for so long and no longer.
    limited: BTreeSet<(String, i32)>,
}

impl Sockets {
    /// Does a call close one that listens?
    pub(super) fn is_of_a_listener(&self, call: &Call) -> bool {
        let socket = fd_of(call).and_then(|fd| self.open.get(&(call.who.clone(), fd)));
        socket.is_some_and(|socket| socket.state == "LISTEN")
    }

    /// Has it waited for as long as it may, and nothing came?
    pub(super) fn has_waited_in_vain(&self, call: &Call, outcome: &Outcome) -> bool {
        let limited = fd_of(call).is_some_and(|fd| self.limited.contains(&(call.who.clone(), fd)));
        let nothing = matches!(&outcome.returned, Returned::Error(error) if error == "EAGAIN");
        limited && nothing && is_receive(call)
    }

    /// The peer at the other end of the socket that a call is about.
    pub(super) fn peer(&self, call: &Call) -> Option<String> {
        let socket = self.open.get(&(call.who.clone(), fd_of(call)?))?;
        name_in(&socket.peer).map(str::to_owned)
    }

    /// Those that a call has changed, as they are after it, each by all its descriptors.
    pub(super) fn after_call(&mut self, call: &Call, outcome: &Outcome) -> Vec<Socket> {
        let mut changed = self.changed_by(call, outcome);
        for socket in changed.clone().iter().filter(|it| !it.kind.is_empty()) {
            changed.extend(self.copied(&call.who, socket));
        }
        changed
    }

    /// The other descriptors of a socket, after it has changed.
    fn copied(&mut self, who: &str, socket: &Socket) -> Vec<Socket> {
        let Some(number) = self.copies.get(&(who.to_owned(), socket.fd)) else {
            return Vec::new();
        };
        let keys = self.copies.iter().filter(|(_, other)| *other == number);
        let keys = keys.map(|(key, _)| key.clone());
        let keys: Vec<_> = keys.filter(|key| key.1 != socket.fd).collect();
        let copies = keys.into_iter().filter_map(|key| {
            let now = Socket {
                fd: key.1,
                ..socket.clone()
            };
            let before = self.open.insert(key, now.clone());
            (before.as_ref() != Some(&now)).then_some(now)
        });
        copies.collect()
    }

    fn changed_by(&mut self, call: &Call, outcome: &Outcome) -> Vec<Socket> {
        if ["poll", "select", "epoll_wait"].contains(&call.name.as_str()) {
            return self.after_a_look(call, outcome);
        }
        let Some(fd) = fd_of(call).or_else(|| outcome.sockets.first().map(|it| it.fd)) else {
            return Vec::new();
        };
        let key = |fd| (call.who.clone(), fd);
        let count = match outcome.returned {
            Returned::Value(count) => count,
            Returned::Error(ref error) => return self.after_error(key(fd), call, error),
            Returned::Some | Returned::Never => return Vec::new(),
        };
        let mut changed = Vec::new();
        match call.name.as_str() {
            "close" => {
                self.copies.remove(&key(fd));
                self.limited.remove(&key(fd));
                if let Some(mut socket) = self.open.remove(&key(fd)) {
                    socket.kind.clear();
                    socket.state.clear();
                    changed.push(socket);
                }
            }
            "accept" => {
                if let Some(listener) = self.open.get_mut(&key(fd)) {
                    listener.queue = listener.queue.saturating_sub(1);
                    changed.push(listener.clone());
                }
                for mut socket in outcome.sockets.iter().cloned() {
                    // Of a connection that is broken off the kernel tells no peer any more.
                    let from = outcome.wrote.iter().find(|it| it.name == "addr");
                    if let Some(from) = from {
                        socket.peer.clone_from(&from.value);
                    }
                    let peer = name_in(&socket.peer).unwrap_or_default();
                    let (sent, finished) = self.waiting.remove(peer).unwrap_or_default();
                    socket.queue = sent;
                    socket.state = if finished {
                        "CLOSE-WAIT"
                    } else {
                        "ESTABLISHED"
                    }
                    .to_owned();
                    self.open.insert(key(socket.fd), socket.clone());
                    changed.push(socket);
                }
            }
            _ if is_receive(call) => {
                changed.extend(self.after_a_read(&key(fd), count.unsigned_abs()));
            }
            "setsockopt" if call.arguments.iter().any(|it| it.value == "SO_RCVTIMEO") => {
                self.limited.insert(key(fd));
            }
            "shutdown" => {
                if let Some(socket) = self.open.get_mut(&key(fd)) {
                    let ends = call
                        .arguments
                        .iter()
                        .any(|it| it.value != "SHUT_RD" && it.name == "how");
                    let state = match socket.state.as_str() {
                        "ESTABLISHED" if ends => "FIN-WAIT-2",
                        "CLOSE-WAIT" if ends => "CLOSED",
                        "LISTEN" => "CLOSED",
                        same => same,
                    };
                    if state != socket.state {
                        socket.state = state.to_owned();
                        changed.push(socket.clone());
                    }
                }
            }
            "dup" | "dup2" => {
                let fresh = self.copies.values().max().map_or(0, |last| last + 1);
                let number = *self.copies.entry(key(fd)).or_insert(fresh);
                for socket in &outcome.sockets {
                    let Some(before) = self.open.get(&key(fd)) else {
                        break;
                    };
                    let now = Socket {
                        fd: socket.fd,
                        ..before.clone()
                    };
                    self.copies.insert(key(now.fd), number);
                    self.open.insert(key(now.fd), now.clone());
                    changed.push(now);
                }
            }
            name => {
                for socket in &outcome.sockets {
                    let mut now = socket.clone();
                    if let Some(before) = self.open.get(&key(socket.fd)) {
                        now.queue = before.queue;
                        now.state.clone_from(&before.state);
                        if now.peer.is_empty() {
                            now.peer.clone_from(&before.peer);
                        }
                    }
                    match name {
                        "socket" if now.kind == "TCP" => "CLOSED".clone_into(&mut now.state),
                        "listen" => "LISTEN".clone_into(&mut now.state),
                        "connect" if now.kind == "TCP" => {
                            "ESTABLISHED".clone_into(&mut now.state);
                        }
                        _ => {}
                    }
                    if self.open.insert(key(now.fd), now.clone()).as_ref() != Some(&now) {
                        changed.push(now);
                    }
                }
            }
        }
        changed
    }

    /// With the next piece of what its peer sends, where it was waiting for that.
    fn after_a_read(&mut self, key: &(String, i32), count: u64) -> Option<Socket> {
        let socket = self.open.get_mut(key).filter(|socket| socket.queue > 0)?;
        let read = if socket.kind == "UDP" { 1 } else { count };
        socket.queue = socket.queue.saturating_sub(read);
        if socket.queue == 0 {
            let pieces = name_in(&socket.peer).and_then(|peer| self.pieces.get_mut(peer));
            socket.queue = pieces.and_then(VecDeque::pop_front).unwrap_or_default();
        }
        Some(socket.clone())
    }

    /// Who is told that a socket can be written to which was connecting knows how that went.
    fn after_a_look(&mut self, call: &Call, outcome: &Outcome) -> Vec<Socket> {
        let mut changed = Vec::new();
        let told = outcome.wrote.iter().filter(|it| it.name == "fds");
        let told = told.flat_map(|it| it.value.trim_matches(['[', ']']).split(", "));
        for ready in told {
            let mut words = ready.split(' ');
            let fd = words.next().and_then(|fd| fd.parse().ok());
            let key = fd.map(|fd| (call.who.clone(), fd));
            let Some(socket) = key.and_then(|key| self.open.get_mut(&key)) else {
                continue;
            };
            let failed = ready.contains("POLLERR") || ready.contains("POLLHUP");
            if socket.state == "SYN-SENT" && words.next().is_some() {
                let state = if failed { "CLOSED" } else { "ESTABLISHED" };
                state.clone_into(&mut socket.state);
                changed.push(socket.clone());
            }
        }
        changed
    }

    fn after_error(&mut self, key: (String, i32), call: &Call, error: &str) -> Vec<Socket> {
        let Some(socket) = self.open.get_mut(&key) else {
            return Vec::new();
        };
        let state = match (call.name.as_str(), error) {
            ("connect", "EINPROGRESS") => "SYN-SENT",
            (_, "ECONNRESET" | "EPIPE" | "ECONNREFUSED" | "ETIMEDOUT") => "CLOSED",
            _ => return Vec::new(),
        };
        if socket.kind != "TCP" || socket.state == state {
            return Vec::new();
        }
        state.clone_into(&mut socket.state);
        vec![socket.clone()]
    }

    /// Those that a peer has changed.
    pub(super) fn after_told(&mut self, told: &Told) -> Vec<Socket> {
        let who = told.who.as_str();
        let of_it = |socket: &Socket| name_in(&socket.peer) == Some(who);
        match &told.what {
            Happening::Connect(Connect::To(to)) => {
                let to = to.to_string();
                let is_there = |socket: &Socket| name_in(&socket.local) == name_in(&to);
                self.changed(
                    |socket| socket.state == "LISTEN" && is_there(socket),
                    |socket| socket.queue += 1,
                )
            }
            Happening::Send(Flow::Bytes(payload)) => {
                let mut pieces: VecDeque<_> =
                    payload.lengths().into_iter().map(|it| it as u64).collect();
                let count = pieces.pop_front().unwrap_or_default();
                self.pieces.insert(who.to_owned(), pieces);
                let changed = self.changed(of_it, |socket| socket.queue += count);
                if changed.is_empty() {
                    self.waiting.entry(who.to_owned()).or_default().0 += count;
                }
                changed
            }
            Happening::Shutdown | Happening::Close => {
                let changed = self.changed(of_it, |socket| {
                    let state = match socket.state.as_str() {
                        "ESTABLISHED" => "CLOSE-WAIT",
                        "FIN-WAIT-2" => "TIME-WAIT",
                        same => same,
                    };
                    state.to_owned().clone_into(&mut socket.state);
                });
                if changed.is_empty() {
                    self.waiting.entry(who.to_owned()).or_default().1 = true;
                }
                changed
            }
            Happening::Reset => {
                self.changed(of_it, |socket| "CLOSED".clone_into(&mut socket.state))
            }
            Happening::SendTo { .. } => {
                // One that is connected gets nothing from anybody else (`man 2 connect`).
                let is_for = |socket: &Socket| {
                    socket.kind == "UDP" && (socket.peer.is_empty() || of_it(socket))
                };
                self.changed(is_for, |socket| socket.queue += 1)
            }
            _ => Vec::new(),
        }
    }

    fn changed(
        &mut self,
        which: impl Fn(&Socket) -> bool,
        change: impl Fn(&mut Socket),
    ) -> Vec<Socket> {
        let mut changed = Vec::new();
        let concerned = self.open.iter_mut().filter(|(_, socket)| which(socket));
        for ((of, _), socket) in concerned {
            let before = socket.clone();
            change(socket);
            if *socket != before {
                let of = of.clone();
                changed.push(Socket {
                    of,
                    ..socket.clone()
                });
            }
        }
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use recording::Argument;

    fn made(sockets: &mut Sockets, name: &str, fd: Option<i32>, value: i64) -> Vec<Socket> {
        let argument = |fd: i32| Argument {
            name: "sockfd".to_owned(),
            value: fd.to_string(),
        };
        let call = Call {
            id: 1,
            who: "program".to_owned(),
            thread: 0,
            name: name.to_owned(),
            arguments: fd.map(argument).into_iter().collect(),
            line: None,
        };
        let about = match name {
            "listen" => fd.unwrap_or(-1),
            _ => i32::try_from(value).unwrap_or(-1),
        };
        let socket = Socket {
            of: String::new(),
            fd: about,
            kind: "TCP".to_owned(),
            state: String::new(),
            local: String::new(),
            peer: String::new(),
            queue: 0,
        };
        let outcome = Outcome {
            returned: Returned::Value(value),
            wrote: Vec::new(),
            sockets: vec![socket],
            again: false,
        };
        sockets.after_call(&call, &outcome)
    }

    /// What becomes of a socket becomes of it by every descriptor, until that one is closed.
    #[test]
    fn two_descriptors_are_of_one_socket() {
        let told = |sockets: Vec<Socket>| {
            let told = sockets.into_iter().map(|it| (it.fd, it.state));
            told.collect::<Vec<_>>()
        };
        let state = |fd, state: &str| (fd, state.to_owned());
        let mut sockets = Sockets::default();
        made(&mut sockets, "socket", None, 3);
        let copied = told(made(&mut sockets, "dup", Some(3), 4));
        assert_eq!(copied, [state(4, "CLOSED")]);
        let listens = told(made(&mut sockets, "listen", Some(3), 0));
        assert_eq!(listens, [state(3, "LISTEN"), state(4, "LISTEN")]);
        assert_eq!(
            told(made(&mut sockets, "close", Some(3), 0)),
            [state(3, "")]
        );
        // The number is another socket's from now on.
        made(&mut sockets, "socket", None, 3);
        let listens = told(made(&mut sockets, "listen", Some(3), 0));
        assert_eq!(listens, [state(3, "LISTEN")]);
    }

    /// A peer that sends a piece once the one before has been read: no more than that waits.
    #[test]
    fn of_what_is_sent_in_pieces_one_at_a_time_waits() {
        let mut sockets = Sockets::default();
        let line = r#"client-a send "안" [eb 85], then, once read, [95] 6 bytes"#;
        let sends = Told::parse(line).unwrap();
        made(&mut sockets, "socket", None, 4);
        sockets.open.values_mut().for_each(|socket| {
            "127.0.0.1:<client-a>".clone_into(&mut socket.peer);
        });
        let queue = |sockets: Vec<Socket>| sockets.first().map(|socket| socket.queue);
        assert_eq!(queue(sockets.after_told(&sends)), Some(5));
        let mut read = |count| queue(made(&mut sockets, "recv", Some(4), count));
        assert_eq!(read(3), Some(2));
        assert_eq!(read(2), Some(1), "the second piece has come");
        assert_eq!(read(1), Some(0));
    }
}
