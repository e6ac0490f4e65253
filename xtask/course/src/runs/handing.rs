//! A message that is too long for one `send`: how much of it the kernel takes at a time, and so
//! how many calls it takes, is the kernel's choice, and marked as that.

use super::needs::{fd_of, is_send};
use super::threads::Thread;
use recording::{Call, Event, Line, Returned};

/// In place of what the kernel chose, and of what is left out.
pub(super) const CHOSEN: &str = "…";

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
pub(super) fn without_what_the_kernel_chose(events: Vec<Event>) -> Vec<Event> {
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
pub(super) fn let_silence_come_first(events: &mut [Event]) {
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
