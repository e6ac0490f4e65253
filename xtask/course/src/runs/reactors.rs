//! A thread that waits for many sockets at once: how often `epoll_wait` returns, how many sockets
//! it tells of at a time, and which calls were tried in vain before it, is another thing in every
//! run. In place of that there is one wait before each call for which a peer had to do something
//! first.

use super::needs::fd_of;
use super::threads::Thread;
use recording::{Call, Event, Outcome, Returned};
use std::collections::{BTreeMap, BTreeSet};

/// What a thread tries again when it has waited.
const WAITED_FOR: [&str; 5] = ["accept", "recv", "read", "readv", "recvmsg"];

/// The threads that wait in `epoll_wait`, each with the first such call of its own.
#[derive(Default)]
pub(super) struct Reactors(BTreeMap<Thread, Call>);

fn thread_of(call: &Call) -> Thread {
    (call.who.clone(), call.thread)
}

impl Reactors {
    pub(super) fn of(recorded: &[Event]) -> Self {
        let mut found = BTreeMap::new();
        for call in recorded.iter().filter_map(Event::call) {
            if call.name == "epoll_wait" && call.line.is_some() {
                found.entry(thread_of(call)).or_insert_with(|| call.clone());
            }
        }
        Self(found)
    }

    /// The wait that comes before `call`, if its thread is one of these, and waits for such calls.
    pub(super) fn wait_before(&self, call: &Call) -> Option<Call> {
        let waits = WAITED_FOR.contains(&call.name.as_str());
        let wait = self.0.get(&thread_of(call)).filter(|_| waits)?;
        Some(wait.clone())
    }

    /// `recorded` without their waits, and without what they tried in vain. A try that follows a
    /// success stays: that nothing is left is what it was to find out.
    pub(super) fn without_their_waits(&self, recorded: &[Event]) -> Vec<Event> {
        let outcomes: BTreeMap<u32, &Outcome> =
            recorded.iter().filter_map(Event::outcome).collect();
        let mut succeeded: BTreeMap<(Thread, String, Option<i32>), bool> = BTreeMap::new();
        let mut left_out = BTreeSet::new();
        for call in recorded.iter().filter_map(Event::call) {
            if !self.0.contains_key(&thread_of(call)) {
                continue;
            }
            if call.name == "epoll_wait" {
                left_out.insert(call.id);
            }
            if WAITED_FOR.contains(&call.name.as_str()) {
                let key = (thread_of(call), call.name.clone(), fd_of(call));
                let in_vain = outcomes.get(&call.id).is_some_and(|it| is_in_vain(it));
                let had_succeeded = succeeded.insert(key, !in_vain).unwrap_or(false);
                if in_vain && !had_succeeded {
                    left_out.insert(call.id);
                }
            }
        }
        let stays = |event: &&Event| match event {
            Event::Call { call, .. } | Event::Begins { call } => !left_out.contains(&call.id),
            Event::Ends { id, .. } => !left_out.contains(id),
            Event::Peer { .. } | Event::Over { .. } => true,
        };
        recorded.iter().filter(stays).cloned().collect()
    }
}

fn is_in_vain(outcome: &Outcome) -> bool {
    matches!(&outcome.returned, Returned::Error(error) if error == "EAGAIN")
}

#[cfg(test)]
mod tests {
    use super::*;
    use recording::{Argument, Line};

    fn call(id: u32, name: &str, fd: &str) -> Call {
        Call {
            id,
            who: "program".to_owned(),
            thread: 0,
            name: name.to_owned(),
            arguments: vec![Argument {
                name: "sockfd".to_owned(),
                value: fd.to_owned(),
            }],
            line: Some(Line {
                file: "src/main.rs".to_owned(),
                line: id,
            }),
        }
    }

    fn ended(id: u32, name: &str, fd: &str, returned: Returned) -> Event {
        Event::Call {
            call: call(id, name, fd),
            outcome: Outcome::from(returned),
        }
    }

    fn again() -> Returned {
        Returned::Error("EAGAIN".to_owned())
    }

    #[test]
    fn however_often_it_waits_and_tries_in_vain_the_calls_are_the_same() {
        let told = |events: &[Event]| {
            let left = Reactors::of(events).without_their_waits(events);
            let calls = left.iter().filter_map(Event::call);
            calls.map(|call| call.name.clone()).collect::<Vec<_>>()
        };
        let prompt = [
            ended(1, "epoll_wait", "3", Returned::Value(2)),
            ended(2, "accept", "6", Returned::Value(7)),
            ended(3, "accept", "6", again()),
            ended(4, "recv", "7", Returned::Value(5)),
        ];
        let slow = [
            ended(1, "epoll_wait", "3", Returned::Value(1)),
            ended(2, "accept", "6", Returned::Value(7)),
            ended(3, "accept", "6", again()),
            ended(4, "recv", "7", again()),
            ended(5, "epoll_wait", "3", Returned::Value(1)),
            ended(6, "recv", "7", again()),
            ended(7, "epoll_wait", "3", Returned::Value(1)),
            ended(8, "recv", "7", Returned::Value(5)),
        ];
        assert_eq!(told(&prompt), ["accept", "accept", "recv"]);
        assert_eq!(told(&slow), told(&prompt));
    }

    #[test]
    fn who_waits_for_one_socket_at_a_time_is_left_as_it_is() {
        let events = [ended(1, "recv", "4", again())];
        let reactors = Reactors::of(&events);
        assert_eq!(reactors.without_their_waits(&events), events);
        assert_eq!(reactors.wait_before(&call(2, "recv", "4")), None);
    }
}
