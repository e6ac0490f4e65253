//! What to do about a program that hangs: the first rule of `waiting.toml` that fits one of its
//! threads.

use super::names::{name_of, word};
use crate::lang::{Lang, Text};
use anyhow::{Context, Result};
use probe::{Happening, Report};
use serde::Deserialize;
use tracer::{Doing, Kind, Socket, State, Thread};

#[derive(Deserialize)]
struct File {
    #[serde(rename = "rule")]
    rules: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    /// What a thread does, as [`word`] calls it.
    waits_in: Vec<String>,
    /// What it waits on: `stdin`, `listener`, `connecting`, `udp`, or any other `socket`.
    on: Option<String>,
    /// Is there something in a queue of the socket?
    received: Option<bool>,
    sending: Option<bool>,
    /// What the scenario stood at.
    at: Option<At>,
    /// With whom the sockets are connected.
    peer: Option<With>,
    advice: Text,
}

/// With whom the sockets are connected that a thread waits on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum With {
    /// One of them with the peer that the scenario stood at.
    Due,
    /// All with others, whose names are known.
    Another,
}

/// Where a scenario stands that waits for the program.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum At {
    /// A peer was to receive something.
    Recv,
}

impl At {
    fn is(self, what: &Happening) -> bool {
        match self {
            Self::Recv => matches!(what, Happening::Recv(_) | Happening::RecvFrom(_)),
        }
    }
}

pub fn advice(report: &Report, lang: Lang) -> Result<Option<String>> {
    let file: File =
        toml::from_str(include_str!("../../../waiting.toml")).context("waiting.toml")?;
    // The main thread comes first, for another may well be waiting for its turn; but one that
    // waits for a thread has its reason there, and threads of their own for the keyboard or for
    // new clients, or for peers to whom nothing is due, which right programs have as well, are
    // hardly it.
    let rank = |index: usize, thread: &Thread| match &thread.doing {
        Doing::WaitsForThread => 2,
        Doing::Blocked { sockets, .. } if is_for_others(sockets, report) => 3,
        Doing::Blocked { file, .. } if index > 0 && file.as_deref() == Some("stdin") => 1,
        Doing::Blocked { call, .. } if call == "accept" && others_wait(report) => 3,
        _ => 0,
    };
    let mut threads: Vec<_> = report.waiting.iter().enumerate().collect();
    threads.sort_by_key(|(index, thread)| rank(*index, thread));
    let fitting =
        |(_, thread): (_, &Thread)| file.rules.iter().find(|rule| rule.fits(thread, report));
    let rule = threads.into_iter().find_map(fitting);
    Ok(rule.map(|rule| rule.advice.of(lang).to_owned()))
}

/// Does any thread wait for something else than the keyboard or a new client?
fn others_wait(report: &Report) -> bool {
    report.waiting.iter().any(|thread| match &thread.doing {
        Doing::Blocked { call, file, .. } => call != "accept" && file.as_deref() != Some("stdin"),
        _ => true,
    })
}

/// Where one thread of several waits for peers to whom nothing is due here, what is due may be
/// another one's.
fn is_for_others(sockets: &[Socket], report: &Report) -> bool {
    report.waiting.len() > 1 && with(sockets, report) == Some(With::Another)
}

/// Does any thread wait for the peer to whom something is due here?
fn some_wait_for(due: &str, report: &Report) -> bool {
    report.waiting.iter().any(|thread| match &thread.doing {
        Doing::Blocked { sockets, .. } => sockets.iter().any(|socket| {
            let peer = socket.peer.and_then(|peer| name_of(peer, report));
            peer.is_some_and(|name| name == due)
        }),
        _ => false,
    })
}

fn with(sockets: &[Socket], report: &Report) -> Option<With> {
    let due = &report.actual.get(report.differs_at?)?.who;
    let name = |socket: &Socket| name_of(socket.peer?, report);
    let names: Vec<_> = sockets.iter().map(name).collect();
    if names.contains(&Some(due)) {
        return Some(With::Due);
    }
    let all_known = !names.is_empty() && names.iter().all(Option::is_some);
    all_known.then_some(With::Another)
}

impl Rule {
    fn fits(&self, thread: &Thread, report: &Report) -> bool {
        let (sockets, file): (&[Socket], _) = match &thread.doing {
            Doing::Blocked { sockets, file, .. } => (sockets, file.as_deref()),
            _ => (&[], None),
        };
        let any = |holds: fn(&Socket) -> bool| sockets.iter().any(holds);
        let on = match self.on.as_deref() {
            Some("listener") => any(|socket| socket.state == Some(State::Listen)),
            Some("connecting") => any(|socket| socket.state == Some(State::SynSent)),
            Some("udp") => any(|socket| socket.kind == Kind::Udp),
            Some("socket") => any(|socket| socket.state != Some(State::Listen)),
            Some(name) => file == Some(name),
            None => true,
        };
        let stood = report.differs_at.and_then(|at| report.actual.get(at));
        let at = self
            .at
            .is_none_or(|at| stood.is_some_and(|event| at.is(&event.what)));
        self.waits_in
            .iter()
            .any(|wanted| wanted == word(&thread.doing))
            && on
            && at
            && self.peer.is_none_or(|peer| {
                with(sockets, report) == Some(peer)
                    && (peer == With::Due
                        || !stood.is_some_and(|it| some_wait_for(&it.who, report)))
            })
            && self
                .received
                .is_none_or(|wanted| wanted == any(|socket| socket.receive_queue > 0))
            && self
                .sending
                .is_none_or(|wanted| wanted == any(|socket| socket.send_queue > 0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use probe::{Event, Verdict};
    use tracer::ThreadName;

    fn thread(name: ThreadName, doing: Doing) -> Thread {
        Thread {
            name,
            doing,
            line: None,
        }
    }

    /// Waits in `recv` for the peer with this port; 1 is client-a's, 2 client-b's.
    fn in_recv(port: u16) -> Doing {
        crate::explain::waiting::tests::in_recv(port, State::Established)
    }

    /// What is advised where `client-a` is due to receive something.
    fn advised(threads: Vec<Thread>) -> String {
        let report = Report {
            actual: vec![Event::parse("client-a recv silence").unwrap()],
            differs_at: Some(0),
            waiting: threads,
            ports: vec![(1, "client-a".to_owned()), (2, "client-b".to_owned())],
            ..Report::new("", 1, Verdict::Hung)
        };
        advice(&report, Lang::En).unwrap().unwrap()
    }

    #[test]
    fn who_waits_for_another_does_not_wait_for_the_peer() {
        let advised = |port| advised(vec![thread(ThreadName::Main, in_recv(port))]);
        assert!(advised(1).contains("wait for each other"));
        assert!(advised(2).contains("another peer than the one"));
        // Nobody knows who that is.
        assert!(advised(3).contains("waits for more"));
    }

    #[test]
    fn who_waits_for_another_rightly_is_not_why() {
        let beside = |doing| {
            let other = thread(ThreadName::Main, in_recv(2));
            advised(vec![other, thread(ThreadName::Numbered(2), doing)])
        };
        assert!(beside(in_recv(1)).contains("wait for each other"));
        assert!(beside(Doing::WaitsForThread).contains("waits to be woken"));
        assert!(beside(in_recv(2)).contains("another peer than the one"));
    }

    #[test]
    fn threads_for_the_keyboard_and_for_new_clients_are_hardly_why() {
        let keyboard = || Doing::Blocked {
            call: "read".to_owned(),
            sockets: Vec::new(),
            file: Some("stdin".to_owned()),
        };
        let joins = || thread(ThreadName::Main, Doing::WaitsForThread);
        let (second, third) = (ThreadName::Numbered(2), ThreadName::Numbered(3));
        let threads = vec![
            joins(),
            thread(second, keyboard()),
            thread(third, in_recv(1)),
        ];
        assert!(advised(threads).contains("wait for each other"));
        let accepts = Doing::Blocked {
            call: "accept".to_owned(),
            sockets: Vec::new(),
            file: None,
        };
        let served = |doing| {
            let accepts = thread(ThreadName::Main, accepts.clone());
            vec![accepts, thread(ThreadName::Numbered(2), doing)]
        };
        assert!(advised(served(in_recv(1))).contains("wait for each other"));
        assert!(advised(served(Doing::WaitsForThread)).contains("waits to be woken"));
        assert!(advised(vec![thread(ThreadName::Main, accepts)]).contains("a new connection"));
        let main = vec![thread(ThreadName::Main, keyboard())];
        assert!(advised(main).contains("keyboard"));
    }
}
