//! Which of two threads comes to its wait first is open: here they come in one order that is as
//! possible as any.

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
    let never = events.iter().filter_map(Event::outcome);
    let never: BTreeSet<u32> = never
        .filter_map(|(id, outcome)| (outcome.returned == Returned::Never).then_some(id))
        .collect();
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

/// A wait begins at the latest moment at which it can have begun, so that two threads which
/// come to theirs at once always come in one order.
pub(super) fn with_late_waits(mut events: Vec<Event>) -> Vec<Event> {
    let calls = events.iter().filter_map(Event::call);
    let of_call = |call: &Call| (call.who.clone(), call.thread);
    let threads: BTreeMap<u32, Thread> = calls.map(|call| (call.id, of_call(call))).collect();
    let thread = |event: &Event| match event {
        Event::Call { call, .. } | Event::Begins { call } => threads.get(&call.id),
        Event::Ends { id, .. } => threads.get(id),
        Event::Peer { .. } | Event::Over { .. } => None,
    };
    for from in (0..events.len()).rev() {
        let mut at = from;
        while let (Event::Begins { .. }, Some(next)) = (&events[at], events.get(at + 1)) {
            let (own, other) = (thread(&events[at]), thread(next));
            let is_in_order = matches!(next, Event::Begins { .. }) && own < other;
            if other.is_none() || own == other || is_in_order {
                break;
            }
            events.swap(at, at + 1);
            at += 1;
        }
    }
    joined(events)
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
