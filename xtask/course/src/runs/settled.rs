//! What is another thing in every run, and means nothing: how much the kernel takes at a time
//! of what is too long for it, and which of two threads comes to its wait first. Here it is
//! settled: marked as the kernel's choice, or put in one order that is as possible as any.

use super::handing::{CHOSEN, let_silence_come_first, without_what_the_kernel_chose};
use super::threads::{
    number_threads, with_late_waits, with_vain_waits_last, without_what_the_end_cut_short,
};
use recording::{Argument, Event};
use std::collections::BTreeMap;

/// Of longer texts only the beginning is kept.
const MOST_LETTERS: usize = 60;

pub(super) fn settled(events: Vec<Event>) -> Vec<Event> {
    let events = with_vain_waits_last(without_what_the_end_cut_short(events));
    let mut events = without_what_the_kernel_chose(with_late_waits(events));
    let_silence_come_first(&mut events);
    for event in &mut events {
        shorten(event);
    }
    number(&mut events);
    number_threads(&mut events);
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
    use recording::{Call, Outcome, Returned};

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
    fn a_thread_may_be_slow_to_come_to_its_wait_and_have_any_number() {
        let peer = |line: &str| Event::Peer {
            line: line.to_owned(),
            sockets: Vec::new(),
        };
        let run = |slow: bool, thread: u32| {
            let said = Event::Call {
                call: call(1, thread, "send", "7"),
                outcome: Outcome::from(Returned::Value(7)),
            };
            let waits = Event::Begins {
                call: call(2, thread, "recv", "9"),
            };
            let ends = Event::Ends {
                id: 2,
                outcome: Outcome::from(Returned::Value(1)),
            };
            let mut events = vec![said, peer("another"), peer("its own"), ends];
            events.insert(if slow { 2 } else { 1 }, waits);
            settled(events)
        };
        assert_eq!(run(false, 2), run(true, 3));
        assert!(matches!(run(false, 2)[2], Event::Begins { ref call } if call.thread == 1));
    }

    #[test]
    fn what_another_thread_s_end_cut_short_is_left_out() {
        let call = |id, thread, returned| Event::Call {
            call: call(id, thread, "recv", "9"),
            outcome: Outcome::from(returned),
        };
        let over = Event::Over {
            who: "program".to_owned(),
            how: "exit 0".to_owned(),
        };
        let whole = vec![call(1, 1, Returned::Value(1)), over];
        let mut cut = whole.clone();
        cut.insert(1, call(2, 2, Returned::Never));
        assert_eq!(settled(whole), settled(cut));
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
