//! What is another thing in every run, and means nothing: how much the kernel takes at a time
//! of what is too long for it, and which of two threads comes to its wait first. Here it is
//! settled: marked as the kernel's choice, or put in one order that is as possible as any.

use super::needs::{fd_of, is_send};
use recording::{Argument, Call, Event, Line, Returned};
use std::collections::{BTreeMap, BTreeSet};

/// Of longer texts only the beginning is kept.
const MOST_LETTERS: usize = 60;

const CHOSEN: &str = "…";

pub(super) fn settled(events: Vec<Event>) -> Vec<Event> {
    let events = with_vain_waits_last(events);
    let mut events = without_what_the_kernel_chose(with_late_waits(events));
    let_silence_come_first(&mut events);
    for event in &mut events {
        shorten(event);
    }
    number(&mut events);
    events
}

/// From 1 on, in the order in which the calls stand here.
fn number(events: &mut [Event]) {
    let mut numbers = BTreeMap::new();
    for event in events {
        let next = u32::try_from(numbers.len())
            .unwrap_or(u32::MAX)
            .saturating_add(1);
        match event {
            Event::Call { call, .. } | Event::Begins { call } => {
                call.id = *numbers.entry(call.id).or_insert(next);
            }
            Event::Ends { id, .. } => *id = *numbers.entry(*id).or_insert(next),
            Event::Peer { .. } | Event::Over { .. } => {}
        }
    }
}

/// A thread of one of the programs.
type Thread = (String, u32);

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
fn with_vain_waits_last(events: Vec<Event>) -> Vec<Event> {
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
fn with_late_waits(mut events: Vec<Event>) -> Vec<Event> {
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

/// Who hands something over piece by piece: the thread, its socket, and the line.
type Sender = (Thread, Option<i32>, Option<Line>);

fn sender(call: &Call) -> Sender {
    let thread = (call.who.clone(), call.thread);
    (thread, fd_of(call), call.line.clone())
}

/// A message that is handed over piece by piece.
struct Handing {
    by: Sender,
    /// The event that stands for the rest is there already.
    told: bool,
    /// The last attempt, if there was no room for it.
    in_vain: Option<Event>,
}

/// Of what is too long for one `send`, the kernel takes as much as it has room for: after the
/// first, all that send the rest from the same line are one event. An attempt for which there
/// was no room is told where no other follows it.
fn without_what_the_kernel_chose(events: Vec<Event>) -> Vec<Event> {
    let mut all: Vec<Event> = Vec::new();
    let mut handing: Option<Handing> = None;
    for mut event in events {
        if let Event::Begins { call } = &mut event
            && handing.as_ref().is_some_and(|it| it.by == sender(call))
        {
            leave_what_is_sent_out(call);
        }
        let Event::Call { call, outcome } = &mut event else {
            all.push(event);
            continue;
        };
        if !is_send(call) {
            if waits_for_room(call) {
                if handing.as_ref().is_none_or(|it| !it.told) {
                    all.push(event);
                }
                continue;
            }
            if handing.as_ref().is_some_and(|it| it.by.0 == sender(call).0) {
                all.extend(handing.take().and_then(|it| it.in_vain));
            }
            all.push(event);
            continue;
        }
        let taken = match &outcome.returned {
            Returned::Value(count) if *count < length(call) => Taken::APart,
            Returned::Value(_) => Taken::All,
            Returned::Error(error) if error == "EAGAIN" => Taken::Nothing,
            _ => Taken::Failed,
        };
        let mut begun = handing.take_if(|it| it.by == sender(call));
        let is_rest = begun.is_some();
        let told = begun.as_ref().is_some_and(|it| it.told);
        if is_rest {
            leave_what_is_sent_out(call);
        }
        let by = sender(call);
        let goes_on = |told, in_vain| Handing { by, told, in_vain };
        match taken {
            Taken::Nothing if is_rest => {
                handing = Some(goes_on(told, Some(event)));
                continue;
            }
            Taken::APart | Taken::All if is_rest => {
                outcome.returned = Returned::Some;
                outcome.again = true;
            }
            Taken::APart => outcome.returned = Returned::Some,
            Taken::Failed => all.extend(begun.take().and_then(|it| it.in_vain)),
            Taken::All | Taken::Nothing => {}
        }
        let is_the_rest_again = told && outcome.again;
        if matches!(taken, Taken::APart | Taken::Nothing) {
            handing = Some(goes_on(is_rest, None));
        }
        if !is_the_rest_again {
            all.push(event);
        }
    }
    all.extend(handing.and_then(|it| it.in_vain));
    all
}

/// How much of what it was given a `send` took.
#[derive(Clone, Copy)]
enum Taken {
    All,
    APart,
    Nothing,
    Failed,
}

fn waits_for_room(call: &Call) -> bool {
    ["poll", "select", "epoll_wait"].contains(&call.name.as_str())
}

/// A peer that reads nothing for a while does so before the program is rid of the rest.
fn let_silence_come_first(events: &mut [Event]) {
    let is_rest = |event: &Event| event.outcome().is_some_and(|(_, outcome)| outcome.again);
    let is_silence = |event: &Event| {
        let Event::Peer { line, .. } = event else {
            return false;
        };
        line.split_whitespace().nth(1) == Some("silent")
    };
    let rest = events.iter().position(is_rest);
    let silence = events.iter().position(is_silence);
    if let (Some(rest), Some(silence)) = (rest, silence)
        && rest < silence
    {
        events[rest..=silence].rotate_right(1);
    }
}

fn leave_what_is_sent_out(call: &mut Call) {
    for argument in &mut call.arguments {
        if ["buf", "len", "count"].contains(&argument.name.as_str()) {
            CHOSEN.clone_into(&mut argument.value);
        }
    }
}

/// How many bytes a call is to send.
fn length(call: &Call) -> i64 {
    let mut lengths = call
        .arguments
        .iter()
        .filter(|it| ["len", "count"].contains(&it.name.as_str()));
    let length = lengths.next().and_then(|it| it.value.parse().ok());
    length.unwrap_or_default()
}

fn shorten(event: &mut Event) {
    let in_all = |arguments: &mut Vec<Argument>| {
        for argument in arguments.iter_mut().filter(|it| it.name == "buf") {
            if let Some(short) = beginning(&argument.value) {
                argument.value = short;
            }
        }
    };
    match event {
        Event::Call { call, outcome } => {
            in_all(&mut call.arguments);
            in_all(&mut outcome.wrote);
        }
        Event::Begins { call } => in_all(&mut call.arguments),
        Event::Ends { outcome, .. } => in_all(&mut outcome.wrote),
        Event::Peer { .. } | Event::Over { .. } => {}
    }
}

/// `"가나다"…` of a longer text, which is never cut within an escaped letter.
fn beginning(text: &str) -> Option<String> {
    let inside = text.strip_prefix('"')?;
    let inside = inside
        .strip_suffix(CHOSEN)
        .unwrap_or(inside)
        .strip_suffix('"')?;
    let mut rest = inside;
    let mut shown = 0;
    while shown < MOST_LETTERS {
        let mut letters = rest.chars();
        let (length, columns) = match (letters.next()?, letters.next()) {
            ('\\', Some('x')) => (4, 4),
            ('\\', Some('u')) => rest.find('}').map(|end| (end + 1, end + 1))?,
            ('\\', Some(_)) => (2, 2),
            (letter, _) => (letter.len_utf8(), 1),
        };
        rest = rest.get(length..)?;
        shown += columns;
    }
    let kept = &inside[..inside.len() - rest.len()];
    (!rest.is_empty()).then(|| format!("\"{kept}\"{CHOSEN}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use recording::Outcome;

    fn call(id: u32, thread: u32, name: &str, len: &str) -> Call {
        let argument = |name: &str, value: &str| Argument {
            name: name.to_owned(),
            value: value.to_owned(),
        };
        Call {
            id,
            who: "program".to_owned(),
            thread,
            name: name.to_owned(),
            arguments: vec![argument("sockfd", "4"), argument("len", len)],
            line: None,
        }
    }

    fn sends(id: u32, len: &str, returned: Returned) -> Event {
        Event::Call {
            call: call(id, 0, "send", len),
            outcome: Outcome::from(returned),
        }
    }

    fn eagain() -> Returned {
        Returned::Error("EAGAIN".to_owned())
    }

    #[test]
    fn however_many_pieces_the_kernel_makes_of_it_the_run_is_the_same() {
        let few = [
            sends(1, "900", Returned::Value(500)),
            sends(2, "400", Returned::Value(400)),
            sends(3, "7", Returned::Value(7)),
        ];
        let many = [
            sends(1, "900", Returned::Value(300)),
            sends(2, "600", eagain()),
            sends(3, "600", Returned::Value(200)),
            sends(4, "400", Returned::Value(400)),
            sends(5, "7", Returned::Value(7)),
        ];
        let told = |events: &[Event]| {
            let events = settled(events.to_vec());
            let outcomes = events
                .iter()
                .filter_map(|event| Some(event.outcome()?.1.clone()));
            outcomes
                .map(|it| (it.returned, it.again))
                .collect::<Vec<_>>()
        };
        assert_eq!(told(&few), told(&many));
        let last = (Returned::Value(7), false);
        assert_eq!(told(&few).last(), Some(&last));
        assert_eq!(told(&few).len(), 3);
    }

    #[test]
    fn two_threads_come_to_their_waits_in_one_order() {
        let waits = |id, thread| Event::Begins {
            call: call(id, thread, "recv", "9"),
        };
        let said = sends(3, "7", Returned::Value(7));
        let one = settled(vec![waits(1, 1), said.clone(), waits(2, 0)]);
        let other = settled(vec![said, waits(2, 0), waits(1, 1)]);
        assert_eq!(one, other);
    }

    #[test]
    fn who_gives_up_for_want_of_room_is_seen_to() {
        let told = |attempts: usize| {
            let mut events = vec![sends(1, "900", Returned::Value(500))];
            events.extend((0..attempts).map(|_| sends(2, "400", eagain())));
            let events = settled(events);
            let outcomes = events
                .iter()
                .filter_map(|event| Some(event.outcome()?.1.clone()));
            outcomes.map(|it| it.returned).collect::<Vec<_>>()
        };
        assert_eq!(told(0), [Returned::Some]);
        assert_eq!(told(1), [Returned::Some, eagain()]);
        assert_eq!(told(3), told(1));
    }

    #[test]
    fn no_letter_is_cut_in_two() {
        let long = "\\u{7f}\\x80\\n".repeat(30);
        let short = beginning(&format!("\"{long}\"…"));
        let kept = "\\u{7f}\\x80\\n".repeat(5);
        assert_eq!(short, Some(format!("\"{kept}\"…")));
        assert_eq!(beginning("\"짧다\""), None);
    }
}
