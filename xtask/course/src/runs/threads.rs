//! Which of two threads comes to its wait first is open: here they come in one order that is as
//! possible as any.

use super::needs::fd_of;
use recording::{Call, Event, Returned};
use std::collections::{BTreeMap, BTreeSet};

/// A thread of one of the programs.
pub(super) type Thread = (String, u32);

/// The calls that are the only ones of a thread which is not its program's first.
pub(super) fn lone_calls(events: &[Event]) -> BTreeSet<u32> {
    let mut of_thread: BTreeMap<(&str, u32), Vec<u32>> = BTreeMap::new();
    for call in events.iter().filter_map(Event::call) {
        let thread = (call.who.as_str(), call.thread);
        of_thread.entry(thread).or_default().push(call.id);
    }
    let lone = of_thread
        .into_iter()
        .filter_map(|((_, thread), calls)| match calls[..] {
            [call] if thread > 0 => Some(call),
            _ => None,
        });
    lone.collect()
}

/// A thread that does nothing but wait, in vain, may have begun it at any moment: it is told
/// of where the run ends.
pub(super) fn with_vain_waits_last(events: Vec<Event>) -> Vec<Event> {
    let lone = lone_calls(&events);
    let never = that_never_returned(&events);
    let is_vain = |event: &Event| match event {
        Event::Begins { call } => lone.contains(&call.id) && never.contains(&call.id),
        _ => false,
    };
    let (vain, rest): (Vec<_>, Vec<_>) = events.into_iter().partition(is_vain);
    let mut vain: BTreeMap<u32, Event> = vain
        .into_iter()
        .filter_map(|event| Some((event.call()?.id, event)))
        .collect();
    let mut all = Vec::new();
    for event in rest {
        if let Event::Ends { id, .. } = event {
            all.extend(vain.remove(&id));
        }
        all.push(event);
    }
    all
}

/// When one thread ends its program, the others may have begun one call more, or not.
pub(super) fn without_what_the_end_cut_short(mut events: Vec<Event>) -> Vec<Event> {
    let over: BTreeSet<String> = events
        .iter()
        .filter_map(|event| match event {
            Event::Over { who, .. } => Some(who.clone()),
            _ => None,
        })
        .collect();
    let several = of_several_threads(&events);
    let never = that_never_returned(&events);
    let calls = events.iter().filter_map(Event::call);
    let cut_short: BTreeSet<u32> = calls
        .filter(|call| over.contains(&call.who) && several.contains(&call.who))
        .map(|call| call.id)
        .filter(|id| never.contains(id))
        .collect();
    events.retain(|event| match event {
        Event::Call { call, .. } | Event::Begins { call } => !cut_short.contains(&call.id),
        Event::Ends { id, .. } => !cut_short.contains(id),
        Event::Peer { .. } | Event::Over { .. } => true,
    });
    events
}

fn that_never_returned(events: &[Event]) -> BTreeSet<u32> {
    let outcomes = events.iter().filter_map(Event::outcome);
    outcomes
        .filter_map(|(id, outcome)| (outcome.returned == Returned::Never).then_some(id))
        .collect()
}

/// The programs of which several threads make calls that return.
fn of_several_threads(events: &[Event]) -> BTreeSet<String> {
    let never = that_never_returned(events);
    let calls = events.iter().filter_map(Event::call);
    calls
        .filter(|call| call.thread > 0 && !never.contains(&call.id))
        .map(|call| call.who.clone())
        .collect()
}

/// A wait begins at the latest moment at which it can have begun, so that two threads which
/// come to theirs at once always come in one order. A thread may be slow to come to it: where
/// several do more than wait in vain, it begins right before what it waits for.
pub(super) fn with_late_waits(mut events: Vec<Event>) -> Vec<Event> {
    // What was told in between may have been left out by now.
    events = joined(events);
    let several = of_several_threads(&events);
    let calls = events.iter().filter_map(Event::call);
    let calls: BTreeMap<u32, Call> = calls.map(|call| (call.id, call.clone())).collect();
    let call = |event: &Event| match event {
        Event::Call { call, .. } | Event::Begins { call } => calls.get(&call.id),
        Event::Ends { id, .. } => calls.get(id),
        Event::Peer { .. } | Event::Over { .. } => None,
    };
    for from in (0..events.len()).rev() {
        let mut at = from;
        while let (Event::Begins { call: own }, Some(next)) = (&events[at], events.get(at + 1)) {
            let passes = match call(next) {
                Some(other) if is_of_one_thread(own, other) => false,
                Some(other) => {
                    let waits = matches!(next, Event::Begins { .. });
                    !waits || order(other) < order(own) || ends_at_once(other, &events[at + 2..])
                }
                None => several.contains(&own.who) && is_woken_later(own.id, &events[at + 2..]),
            };
            if !passes {
                break;
            }
            events.swap(at, at + 1);
            at += 1;
        }
    }
    joined(events)
}

/// Is its end the next of all events?
fn ends_at_once(call: &Call, later: &[Event]) -> bool {
    matches!(later.first(), Some(Event::Ends { id, .. }) if *id == call.id)
}

fn is_of_one_thread(one: &Call, other: &Call) -> bool {
    (&one.who, one.thread) == (&other.who, other.thread)
}

/// Of two that wait at once: a program's first thread, and then by what they wait for. Which
/// number another thread has is another in every run.
pub(super) fn order(call: &Call) -> (String, bool, Option<i32>, u32) {
    (call.who.clone(), call.thread > 0, fd_of(call), call.thread)
}

/// Does a peer do something in `later` before the call `id` ends?
fn is_woken_later(id: u32, later: &[Event]) -> bool {
    let until_it_ends = later
        .iter()
        .take_while(|event| !matches!(event, Event::Ends { id: ended, .. } if *ended == id));
    let mut peers = until_it_ends.filter(|event| matches!(event, Event::Peer { .. }));
    peers.next().is_some()
}

/// Threads are numbered in the order in which they are met here.
pub(super) fn number_threads(events: &mut [Event]) {
    let mut met: BTreeMap<Thread, u32> = BTreeMap::new();
    let mut of_program: BTreeMap<String, u32> = BTreeMap::new();
    for event in events {
        let (Event::Call { call, .. } | Event::Begins { call }) = event else {
            continue;
        };
        if call.thread > 0 {
            let number = met
                .entry((call.who.clone(), call.thread))
                .or_insert_with(|| {
                    let last = of_program.entry(call.who.clone()).or_default();
                    *last += 1;
                    *last
                });
            call.thread = *number;
        }
    }
}

/// What begins and ends with nothing in between is one event.
fn joined(events: Vec<Event>) -> Vec<Event> {
    let mut all: Vec<Event> = Vec::new();
    for event in events {
        let began = match (all.last(), &event) {
            (Some(Event::Begins { call }), Event::Ends { id, .. }) => call.id == *id,
            _ => false,
        };
        match event {
            Event::Ends { outcome, .. } if began => {
                if let Some(Event::Begins { call }) = all.pop() {
                    all.push(Event::Call { call, outcome });
                }
            }
            event => all.push(event),
        }
    }
    all
}
