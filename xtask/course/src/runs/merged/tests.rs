//! Which of two comes first, where the recorder and the check each tell of their own.

use super::*;
use crate::runs::threads::with_late_waits;
use probe::Verdict;
use recording::Argument;

fn call(id: u32, thread: u32, name: &str) -> Call {
    Call {
        id,
        who: "program".to_owned(),
        thread,
        name: name.to_owned(),
        arguments: Vec::new(),
        line: None,
    }
}

fn begins(id: u32, thread: u32, name: &str) -> Event {
    Event::Begins {
        call: call(id, thread, name),
    }
}

fn ends(id: u32, value: i64) -> Event {
    Event::Ends {
        id,
        outcome: Outcome::from(Returned::Value(value)),
    }
}

/// As a server does that wakes its own accept.
#[test]
fn a_connect_ends_before_another_thread_has_accepted_it() {
    let waits = [begins(1, 1, "accept"), begins(2, 0, "connect")];
    let one = [&waits[..], &[ends(2, 0), ends(1, 4)]].concat();
    let other = [&waits[..], &[ends(1, 4), ends(2, 0)]].concat();
    assert_eq!(with_gifts_at_once(&other), one);
    assert_eq!(with_gifts_at_once(&one), one);
}

/// A client that asks again at once for each datagram that comes, and a server that looks when
/// it has sent all of its own: the second question is what it sees.
#[test]
fn a_check_that_looks_late_has_seen_what_was_given_away_before() {
    let argument = |name: &str, value: &str| Argument {
        name: name.to_owned(),
        value: value.to_owned(),
    };
    let asks = |id, name: &str| {
        let mut call = call(id, 0, name);
        call.arguments = vec![argument("sockfd", "3"), argument("len", "1")];
        Event::Begins { call }
    };
    let comes = |id| {
        let mut outcome = Outcome::from(Returned::Value(1));
        outcome.wrote = vec![argument("src_addr", "127.0.0.1:<server-a>")];
        Event::Ends { id, outcome }
    };
    let mut recorded = vec![asks(1, "sendto"), ends(1, 1)];
    for id in [2, 4, 6] {
        recorded.extend([asks(id, "recvfrom"), comes(id)]);
        recorded.extend([asks(id + 1, "sendto"), ends(id + 1, 1)]);
    }
    let lines = [
        "server-a recvfrom \"a\" 1 byte from 127.0.0.1:<program>",
        "server-a sendto 127.0.0.1:<program> \"b\" 1 byte",
        "server-a sendto 127.0.0.1:<program> \"b\" 1 byte",
        "server-a sendto 127.0.0.1:<program> \"b\" 1 byte",
        "server-a recvfrom \"a\" 1 byte from 127.0.0.1:<program>",
    ];
    let report = Report {
        actual: lines.map(|line| Told::parse(line).unwrap()).to_vec(),
        ..Report::new("scenario", 1, Verdict::Differs)
    };
    let merged = merge(&recorded, &report);
    let calls: Vec<_> = merged.iter().filter_map(Event::call).collect();
    let names: Vec<_> = calls.iter().map(|call| call.name.as_str()).collect();
    assert_eq!(names, ["sendto", "recvfrom", "sendto"]);
    let peers = merged.iter().filter(|it| matches!(it, Event::Peer { .. }));
    assert_eq!(peers.count(), lines.len());
}

/// Whichever of two threads was quicker, and whatever stood between and was left out.
#[test]
fn a_wait_begins_after_what_another_thread_does_at_once() {
    let accept = [begins(1, 0, "accept")];
    let option = [begins(2, 1, "setsockopt"), ends(2, 0)];
    let rest = [begins(3, 1, "recv"), ends(3, 0), ends(1, 0)];
    let quicker = [&accept[..], &option, &rest].concat();
    let slower = [&option[..], &accept, &rest].concat();
    let between = [&option[..1], &accept, &option[1..], &rest].concat();
    let wanted = with_late_waits(slower);
    assert!(matches!(&wanted[0], Event::Call { call, .. } if call.id == 2));
    assert_eq!(with_late_waits(quicker), wanted);
    assert_eq!(with_late_waits(between), wanted);
}
