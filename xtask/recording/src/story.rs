//! A run step by step: what each event is about, whether it matters, and one sentence on it
//! in either language.

use crate::change::{Change, Sockets};
use crate::sentence::{ended, of_a_peer, over, waits};
use crate::{Call, Event, Outcome, Returned, Run};
use std::collections::BTreeMap;

/// An event as a reader steps on it.
#[derive(Clone, Debug)]
pub struct Step<'run> {
    /// The event itself.
    pub event: &'run Event,
    /// The call that it is about, also where it only ends here.
    pub call: Option<&'run Call>,
    /// Whether it blocks, fails, changes a socket, or moves bytes.
    pub matters: bool,
    /// What happens.
    pub said: Said,
    /// What became of sockets.
    pub changes: Vec<Change<'run>>,
}

/// A sentence in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// In Korean.
    pub ko: String,
    /// In English.
    pub en: String,
}

/// All steps of a run, in their order.
pub fn steps(run: &Run) -> Vec<Step<'_>> {
    let mut open: BTreeMap<u32, &Call> = BTreeMap::new();
    let mut sockets = Sockets::default();
    let mut steps = Vec::new();
    for event in &run.events {
        let has_open = matches!(event, Event::Over { who, .. } if sockets.has_open(who));
        let call_of = |id| open.get(&id).map(|call: &&Call| call.who.as_str());
        let who = match event {
            Event::Ends { id, .. } => call_of(*id),
            event => event.call().map(|call| call.who.as_str()),
        };
        let changes = sockets.after(who.unwrap_or_default(), event);
        let (call, said, matters) = match event {
            Event::Call { call, outcome } => (
                Some(call),
                ended(call, outcome, &changes, false),
                moves(call, outcome),
            ),
            Event::Begins { call } => {
                open.insert(call.id, call);
                (Some(call), waits(call), true)
            }
            Event::Ends { id, outcome } => {
                let call = open.remove(id);
                let said = call.map(|call| ended(call, outcome, &changes, true));
                let said = said.unwrap_or_default();
                (call, said, true)
            }
            Event::Peer { line, .. } => (None, of_a_peer(line), true),
            Event::Over { who, how } => (None, over(who, how, has_open), true),
        };
        steps.push(Step {
            event,
            call,
            matters,
            said,
            changes,
        });
    }
    steps
}

fn moves(call: &Call, outcome: &Outcome) -> bool {
    let asks = [
        "getsockname",
        "getpeername",
        "getsockopt",
        "setsockopt",
        "fcntl",
        "ioctl",
    ];
    let stops_waiting = call
        .arguments
        .iter()
        .any(|it| it.value == "O_NONBLOCK" || it.value == "FIONBIO");
    let fails = matches!(outcome.returned, Returned::Error(_));
    fails || stops_waiting || !outcome.sockets.is_empty() || !asks.contains(&call.name.as_str())
}
