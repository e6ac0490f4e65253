//! What was recorded and what the check wrote down, in one order: the program goes on as far
//! as it can by itself, and a peer acts when the program waits for it. Where a scenario leaves
//! it open who is first, that is the order, in every run.

use super::named::Names;
use super::needs::{Counted, is_in_place, is_silence, name_in};
use super::reactors::Reactors;
use super::settled::settled;
use super::sockets::Sockets;
use super::threads::{lone_calls, order};
use probe::{Connect, Event as Told, Happening, Report};
use recording::{Call, Event, Outcome, Returned};
use std::collections::{BTreeMap, BTreeSet};

struct Merging<'a> {
    told: std::iter::Peekable<std::slice::Iter<'a, Told>>,
    counted: Counted,
    sockets: Sockets,
    events: Vec<Event>,
    reactors: &'a Reactors,
    /// How many of their waits are told.
    waits: u32,
    /// Calls that have begun, by the recorder's number.
    open: BTreeMap<u32, Call>,
    /// Whose connections are accepted some time.
    accepted: BTreeSet<String>,
    /// The check has seen something of a program.
    seen: bool,
    /// The last of what was recorded for which it did.
    seen_until: Option<usize>,
    /// The first of what was recorded after which it can have seen the last that it tells of.
    given_by: Option<usize>,
}

/// `recorded` are the calls as they began and ended. A program that the check has ended is told
/// of as far as the check has looked: what it did after that is another thing in every run.
pub(super) fn merge(recorded: &[Event], report: &Report) -> Vec<Event> {
    let reactors = &Reactors::of(recorded);
    let recorded = &with_gifts_at_once(&reactors.without_their_waits(recorded));
    let all = Merging::of(recorded, reactors, report);
    let is_over = recorded
        .iter()
        .any(|event| matches!(event, Event::Over { .. }));
    if is_over || report.actual.last().is_some_and(is_silence) {
        return settled(all.whole());
    }
    // A check that looks late has seen what was given away long before.
    let looked_at = match all.given_by.or(all.seen_until) {
        Some(last) => Merging::of(&recorded[..=last], reactors, report),
        None => all,
    };
    settled(looked_at.without_what_began_last().whole())
}

impl<'a> Merging<'a> {
    fn of(recorded: &[Event], reactors: &'a Reactors, report: &'a Report) -> Self {
        let mut names = Names::of(report);
        let has_lines = recorded
            .iter()
            .any(|event| event.call().is_some_and(|call| call.line.is_some()));
        let mut merging = Self {
            told: report.actual.iter().peekable(),
            counted: Counted::default(),
            sockets: Sockets::default(),
            events: Vec::new(),
            reactors,
            waits: 0,
            open: BTreeMap::new(),
            accepted: accepted(recorded, &names),
            seen: false,
            seen_until: None,
            given_by: None,
        };
        // A server that listens before the program is there.
        while merging.told.peek().is_some_and(|told| is_in_place(told)) {
            merging.tells();
        }
        let mut calls = 0;
        for (at, event) in recorded.iter().enumerate() {
            let mut event = event.clone();
            names.name(&mut event);
            match event {
                // What runs before main, and what the standard library asks by itself.
                Event::Begins { call } if has_lines && call.line.is_none() => {}
                Event::Begins { mut call } => {
                    if call.name == "close" && merging.sockets.is_of_a_listener(&call) {
                        merging.lets_those_connect_who_are_left_behind();
                    }
                    calls += 1;
                    let recorded = std::mem::replace(&mut call.id, calls);
                    merging.events.push(Event::Begins { call: call.clone() });
                    merging.open.insert(recorded, call);
                }
                Event::Ends { id, outcome } => {
                    if let Some(call) = merging.open.remove(&id) {
                        merging.ends(call, outcome);
                    }
                }
                Event::Over { who, how } => {
                    merging.tells_the_rest();
                    merging.events.push(Event::Over { who, how });
                }
                Event::Call { .. } | Event::Peer { .. } => {}
            }
            if std::mem::take(&mut merging.seen) {
                merging.seen_until = Some(at);
            }
            if merging.given_by.is_none() && merging.has_given_what_was_seen_last() {
                merging.given_by = Some(at);
            }
        }
        merging.hands_over(recorded.len());
        merging
    }

    /// Whatever the peers do until then, of themselves: can the last that was told be seen now?
    fn has_given_what_was_seen_last(&self) -> bool {
        let mut rest = self.told.clone();
        let Some(last) = rest.next_back().filter(|last| Counted::only_sees(last)) else {
            return false;
        };
        let mut counted = self.counted.clone();
        rest.for_each(|told| counted.tell(told));
        counted.lets_be_seen(last)
    }

    /// What a program gives away is seen before the call is over that did it, and the check may
    /// end the program in between.
    fn hands_over(&mut self, recorded: usize) {
        let open: Vec<_> = self
            .open
            .iter()
            .map(|(id, call)| (*id, call.clone()))
            .collect();
        for (recorded_as, call) in open {
            let Some(count) = given_away(&call) else {
                continue;
            };
            self.open.remove(&recorded_as);
            self.ends(call, Outcome::from(Returned::Value(count)));
            if std::mem::take(&mut self.seen) {
                self.seen_until = recorded.checked_sub(1);
            }
        }
    }

    /// When the check ends a program, one call more may have begun, or not.
    fn without_what_began_last(mut self) -> Self {
        while let Some(Event::Begins { call }) = self.events.last() {
            let last = call.id;
            self.open.retain(|_, call| call.id != last);
            self.events.pop();
        }
        self.without_threads_that_only_wait()
    }

    /// So may the only call of a thread, which can begin at any moment.
    fn without_threads_that_only_wait(mut self) -> Self {
        let alone = lone_calls(&self.events);
        let open: BTreeSet<u32> = self.open.values().map(|call| call.id).collect();
        let alone: Vec<u32> = alone.intersection(&open).copied().collect();
        self.open.retain(|_, call| !alone.contains(&call.id));
        self.events
            .retain(|event| event.call().is_none_or(|call| !alone.contains(&call.id)));
        self
    }

    /// All events, those included that no call waited for.
    fn whole(mut self) -> Vec<Event> {
        self.tells_the_rest();
        let mut open: Vec<_> = std::mem::take(&mut self.open).into_values().collect();
        open.sort_by_key(order);
        for call in open {
            self.push_end(call, Outcome::from(Returned::Never));
        }
        self.events
    }
}

/// What a call gives away is there before the call is over, and another thread may do something
/// in between: it ends where it has begun. So does a connect, which another thread of the same
/// program may accept.
fn with_gifts_at_once(recorded: &[Event]) -> Vec<Event> {
    let calls = recorded.iter().filter_map(Event::call);
    let gives: BTreeSet<u32> = calls
        .filter(|call| given_away(call).is_some() || call.name == "connect")
        .map(|call| call.id)
        .collect();
    let ends_a_gift = |event: &Event| match event {
        Event::Ends { id, outcome } => {
            gives.contains(id) && matches!(outcome.returned, Returned::Value(_))
        }
        _ => false,
    };
    let (ends, others): (Vec<_>, Vec<_>) = recorded.iter().cloned().partition(ends_a_gift);
    let mut ends: BTreeMap<u32, Event> = ends
        .into_iter()
        .filter_map(|event| Some((event.outcome()?.0, event)))
        .collect();
    let mut all = Vec::new();
    for event in others {
        let end = match &event {
            Event::Begins { call } => ends.remove(&call.id),
            _ => None,
        };
        all.push(event);
        all.extend(end);
    }
    all
}

/// The clients whose connections are accepted in the course of a run.
fn accepted(recorded: &[Event], names: &Names) -> BTreeSet<String> {
    let outcomes = recorded.iter().filter_map(Event::outcome);
    let wrote = outcomes.flat_map(|(_, outcome)| &outcome.wrote);
    let addresses = wrote.filter(|it| it.name == "addr");
    let named = addresses.map(|it| names.put_in(&it.value));
    named
        .filter_map(|address| name_in(&address).map(str::to_owned))
        .collect()
}

/// What a call returns by which a peer sees something: how many bytes it is to send or to
/// print, or that it ends a connection.
fn given_away(call: &Call) -> Option<i64> {
    let name = match call.name.as_str() {
        "close" | "shutdown" => return Some(0),
        "send" | "sendto" => "len",
        "write" => "count",
        _ => return None,
    };
    let count = call.arguments.iter().find(|it| it.name == name)?;
    count.value.parse().ok()
}

impl Merging<'_> {
    fn ends(&mut self, call: Call, mut outcome: Outcome) {
        let peer = self.sockets.peer(&call);
        let lets_end = |counted: &Counted| counted.lets_end(&call, &outcome, peer.as_deref());
        let wait = self.reactors.wait_before(&call);
        let wait = wait.filter(|_| !lets_end(&self.counted));
        let wait = wait.map(|wait| self.waits_before(&call, wait));
        while !lets_end(&self.counted) {
            if !self.tells() {
                break;
            }
        }
        if let Some(wait) = wait {
            self.push_end(wait, Outcome::from(Returned::Some));
            self.events.push(Event::Begins { call: call.clone() });
        }
        if self.sockets.has_waited_in_vain(&call, &outcome) {
            self.lets_others_act(peer.as_deref());
        }
        self.counted.end(&call, &outcome, peer.as_deref());
        outcome.sockets = self.sockets.after_call(&call, &outcome);
        self.push_end(call, outcome);
        while let Some(told) = self.told.peek()
            && Counted::only_sees(told)
            && self.counted.lets_be_seen(told)
        {
            self.tells();
        }
    }

    /// `call` begins when the wait of its reactor is over, and not before.
    fn waits_before(&mut self, call: &Call, mut wait: Call) -> Call {
        let begun =
            |event: &Event| matches!(event, Event::Begins { call: begun } if begun.id == call.id);
        if let Some(at) = self.events.iter().rposition(begun) {
            self.events.remove(at);
        }
        self.waits += 1;
        wait.id = u32::MAX - self.waits;
        self.events.push(Event::Begins { call: wait.clone() });
        wait
    }

    /// While a program waits in vain for one peer, the others do what they do of themselves.
    fn lets_others_act(&mut self, peer: Option<&str>) {
        while let (Some(told), Some(peer)) = (self.told.peek(), peer)
            && !(Counted::only_sees(told) || is_silence(told))
            && !told.is_of_a_program()
            && told.who != peer
        {
            self.tells();
        }
    }

    /// Who connects and is accepted by nobody had a listener to connect to: before it was closed.
    fn lets_those_connect_who_are_left_behind(&mut self) {
        while let Some(told) = self.told.peek()
            && matches!(told.what, Happening::Connect(Connect::To(_)))
            && !self.accepted.contains(&told.who)
        {
            self.tells();
        }
    }

    /// The next of what the check wrote down; false when that is all.
    fn tells(&mut self) -> bool {
        let Some(told) = self.told.next() else {
            return false;
        };
        self.counted.tell(told);
        self.seen |= Counted::only_sees(told);
        let sockets = self.sockets.after_told(told);
        // What a program prints, and how it ends, is among its calls.
        let typed = matches!(
            told.what,
            Happening::Stdin(_) | Happening::CtrlC | Happening::Sigterm
        );
        if !told.is_of_a_program() || typed {
            let line = told.to_string();
            self.events.push(Event::Peer { line, sockets });
        }
        true
    }

    fn tells_the_rest(&mut self) {
        while self.tells() {}
    }

    /// One event, where nothing of others came in between.
    fn push_end(&mut self, call: Call, outcome: Outcome) {
        let began_just_now =
            matches!(self.events.last(), Some(Event::Begins { call: last }) if last.id == call.id);
        if began_just_now {
            self.events.pop();
            self.events.push(Event::Call { call, outcome });
        } else {
            let id = call.id;
            self.events.push(Event::Ends { id, outcome });
        }
    }
}

#[cfg(test)]
mod tests;
