//! What an event does to a socket: how it was before, and how it is after.

use crate::story::Said;
use crate::{Event, Socket};
use std::collections::BTreeMap;

/// A socket that is another way after an event.
#[derive(Clone, Debug)]
pub struct Change<'run> {
    /// The program whose it is.
    pub of: &'run str,
    /// `None` of a socket that was made here.
    pub before: Option<&'run Socket>,
    /// With an empty `kind` it is closed.
    pub after: &'run Socket,
}

/// All sockets of a run, as they are after the events that were looked at.
#[derive(Default)]
pub(crate) struct Sockets<'run> {
    open: BTreeMap<(&'run str, i32), &'run Socket>,
}

impl<'run> Sockets<'run> {
    /// Has this program any that is open?
    pub(crate) fn has_open(&self, who: &str) -> bool {
        self.open.keys().any(|(of, _)| *of == who)
    }

    /// Those that are another way after `event`, which `who` has made, or a peer.
    pub(crate) fn after(&mut self, who: &'run str, event: &'run Event) -> Vec<Change<'run>> {
        let sockets = match event {
            Event::Peer { sockets, .. } => sockets.as_slice(),
            event => event
                .outcome()
                .map_or(&[][..], |(_, outcome)| &outcome.sockets),
        };
        let changes = sockets.iter().map(|after| {
            let of = if after.of.is_empty() { who } else { &after.of };
            let key = (of, after.fd);
            let before = match after.kind.as_str() {
                "" => self.open.remove(&key),
                _ => self.open.insert(key, after),
            };
            Change { of, before, after }
        });
        changes.collect()
    }
}

impl Change<'_> {
    /// `소켓 4: ESTABLISHED → CLOSE-WAIT`
    pub fn said(&self) -> Said {
        let Socket { fd, kind, .. } = self.after;
        let (ko, en) = match self.before {
            _ if kind.is_empty() => ("닫힘".to_owned(), "closed".to_owned()),
            None => made(self.after),
            Some(before) => changed(before, self.after),
        };
        Said {
            ko: format!("소켓 {fd}: {ko}"),
            en: format!("socket {fd}: {en}"),
        }
    }
}

fn made(socket: &Socket) -> (String, String) {
    let ends = [&socket.local, &socket.peer].map(String::as_str);
    let ends = ends.into_iter().filter(|end| !end.is_empty());
    let ends = ends.collect::<Vec<_>>().join(" ↔ ");
    let words = [&socket.kind, &ends, &socket.state].map(String::as_str);
    let words = words.into_iter().filter(|word| !word.is_empty());
    let words = words.collect::<Vec<_>>().join(" ");
    match queue(socket, &socket.queue.to_string()) {
        (ko, en) if socket.queue > 0 => (format!("{words}, {ko}"), format!("{words}, {en}")),
        _ => (words.clone(), words),
    }
}

fn changed(before: &Socket, after: &Socket) -> (String, String) {
    let arrow = |one: &str, other: &str| match (one.is_empty(), one == other) {
        (_, true) => None,
        (true, _) => Some(other.to_owned()),
        (false, _) => Some(format!("{one} → {other}")),
    };
    let same = [
        arrow(&before.local, &after.local),
        arrow(&before.peer, &after.peer).map(|peer| format!("↔ {peer}")),
        arrow(&before.state, &after.state),
    ];
    let same: Vec<_> = same.into_iter().flatten().collect();
    let (mut ko, mut en) = (same.clone(), same);
    if before.queue != after.queue {
        let count = format!("{} → {}", before.queue, after.queue);
        let (of_queue_ko, of_queue_en) = queue(after, &count);
        ko.push(of_queue_ko);
        en.push(of_queue_en);
    }
    (ko.join(", "), en.join(", "))
}

/// What waits in it, and how much of that: connections, datagrams, or bytes.
fn queue(socket: &Socket, count: &str) -> (String, String) {
    match (socket.state.as_str(), socket.kind.as_str()) {
        ("LISTEN", _) => (format!("대기열 {count}"), format!("queue {count}")),
        (_, "UDP") => (
            format!("데이터그램 {count}개"),
            format!("datagrams {count}"),
        ),
        _ => (
            format!("읽지 않은 바이트 {count}"),
            format!("unread bytes {count}"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn socket(state: &str, queue: u64) -> Socket {
        Socket {
            of: String::new(),
            fd: 4,
            kind: "TCP".to_owned(),
            state: state.to_owned(),
            local: "127.0.0.1:<server>".to_owned(),
            peer: String::new(),
            queue,
        }
    }

    fn peer(sockets: Vec<Socket>) -> Event {
        let line = "client-a shutdown".to_owned();
        Event::Peer { line, sockets }
    }

    #[test]
    fn only_what_is_another_way_is_told() {
        let closed = Socket {
            kind: String::new(),
            ..socket("", 0)
        };
        let events = [
            peer(vec![socket("LISTEN", 0)]),
            peer(vec![socket("LISTEN", 1)]),
            peer(vec![socket("CLOSED", 0)]),
            peer(vec![closed]),
        ];
        let mut sockets = Sockets::default();
        let told = events.iter().flat_map(|event| sockets.after("", event));
        let told: Vec<_> = told.map(|change| change.said().en).collect();
        assert_eq!(
            told,
            [
                "socket 4: TCP 127.0.0.1:<server> LISTEN",
                "socket 4: queue 0 → 1",
                "socket 4: LISTEN → CLOSED, unread bytes 1 → 0",
                "socket 4: closed",
            ]
        );
    }
}
