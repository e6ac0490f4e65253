//! Where two runs of one scenario part: the first call that one of them makes and the other
//! does not, or that ends otherwise.

use super::needs::{fd_of, is_receive, is_send};
use recording::{Call, Event, Returned, Run};

/// The places in both runs, by event, at which they part; `None` where one has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parting {
    pub own: Option<usize>,
    pub other: Option<usize>,
}

/// `None` where both make the same calls, with the same ends, in the same order. Where they
/// are made from is another matter, and what was chosen by the kernel. How a socket is set up
/// tells two runs apart only where nothing else does.
pub fn compare(own: &Run, other: &Run) -> Option<Parting> {
    first_difference(own, other, effect).or_else(|| first_difference(own, other, set_up))
}

/// By those calls that `named` has a name for.
fn first_difference(own: &Run, other: &Run, named: Named) -> Option<Parting> {
    let (own, other) = (steps(own, named), steps(other, named));
    let same = own
        .iter()
        .zip(&other)
        .take_while(|((_, one), (_, two))| one == two)
        .count();
    if same == own.len() && same == other.len() {
        return None;
    }
    Some(Parting {
        own: own.get(same).map(|(at, _)| *at),
        other: other.get(same).map(|(at, _)| *at),
    })
}

/// The name by which a call is compared, if it is.
type Named = fn(&Call) -> Option<&str>;

/// The calls as they are compared: what they do to the world, by whichever of them does it.
fn steps(run: &Run, named: Named) -> Vec<(usize, String)> {
    let mut steps = Vec::new();
    for (at, event) in run.events.iter().enumerate() {
        let Some((call, name)) = event.call().and_then(|call| Some((call, named(call)?))) else {
            continue;
        };
        let given = call.arguments.iter();
        let given = given.filter(|it| COMPARED.contains(&it.name.as_str()));
        let given: Vec<_> = given.map(|it| it.value.as_str()).collect();
        let outcome = run.events[at..]
            .iter()
            .filter_map(Event::outcome)
            .find(|(id, _)| *id == call.id);
        let returned = match outcome.map(|(_, outcome)| &outcome.returned) {
            Some(Returned::Value(count)) if name == "recv" => count.to_string(),
            Some(Returned::Value(_) | Returned::Some) => "done".to_owned(),
            Some(Returned::Error(error)) => error.clone(),
            Some(Returned::Never) | None => "never".to_owned(),
        };
        let step = format!("{} {name} {} {returned}", call.who, given.join(" "));
        steps.push((at, step));
    }
    steps
}

/// The arguments that say what is done; sizes of buffers and descriptors are the program's own.
const COMPARED: [&str; 8] = [
    "domain",
    "type",
    "addr",
    "dest_addr",
    "buf",
    "how",
    "optname",
    "optval",
];

/// One name for the calls that do the same; `None` for those that only ask, wait for several,
/// or set the socket up, and for what is said on stderr.
fn effect(call: &Call) -> Option<&str> {
    Some(match call.name.as_str() {
        "write" | "writev" if fd_of(call) == Some(2) => return None,
        "write" | "writev" if fd_of(call) == Some(1) => "print",
        _ if is_send(call) => "send",
        _ if is_receive(call) => "recv",
        "setsockopt" | "getsockopt" | "getsockname" | "getpeername" | "fcntl" | "ioctl" | "dup"
        | "dup2" | "poll" | "select" | "epoll_create1" | "epoll_ctl" | "epoll_wait" => return None,
        name => name,
    })
}

fn set_up(call: &Call) -> Option<&str> {
    (call.name == "setsockopt").then_some("setsockopt")
}

#[cfg(test)]
mod tests {
    use super::*;
    use recording::{Argument, Outcome};

    fn call(id: u32, name: &str, arguments: &[(&str, &str)], returned: Returned) -> Event {
        let arguments = arguments.iter().map(|(name, value)| Argument {
            name: (*name).to_owned(),
            value: (*value).to_owned(),
        });
        Event::Call {
            call: Call {
                id,
                who: "program".to_owned(),
                thread: 0,
                name: name.to_owned(),
                arguments: arguments.collect(),
                line: None,
            },
            outcome: Outcome::from(returned),
        }
    }

    fn run(events: Vec<Event>) -> Run {
        Run {
            lesson: "lesson-04-accept".to_owned(),
            scenario: "greets".to_owned(),
            events,
        }
    }

    fn listens(backlog: &str) -> Event {
        call(
            1,
            "listen",
            &[("sockfd", "3"), ("backlog", backlog)],
            Returned::Value(0),
        )
    }

    #[test]
    fn how_it_is_done_makes_no_difference() {
        let sent = Returned::Value(6);
        let own = run(vec![
            listens("4096"),
            call(2, "getsockname", &[("sockfd", "4")], Returned::Value(0)),
            call(
                3,
                "write",
                &[("fd", "4"), ("buf", "\"안녕\"")],
                sent.clone(),
            ),
        ]);
        let arguments = [("sockfd", "5"), ("buf", "\"안녕\""), ("len", "6")];
        let other = run(vec![listens("128"), call(2, "send", &arguments, sent)]);
        assert_eq!(compare(&own, &other), None);
    }

    #[test]
    fn how_a_socket_is_set_up_is_asked_last() {
        let option = |name| {
            let arguments = [("sockfd", "3"), ("optname", name), ("optval", "1")];
            call(1, "setsockopt", &arguments, Returned::Value(0))
        };
        let reuses = run(vec![option("SO_REUSEADDR"), listens("128")]);
        let parting = Parting {
            own: Some(0),
            other: Some(0),
        };
        let delays = run(vec![option("TCP_NODELAY"), listens("128")]);
        assert_eq!(compare(&delays, &reuses), Some(parting));
        assert_eq!(compare(&reuses, &reuses), None);
    }

    #[test]
    fn the_first_that_does_something_else_is_where_they_part() {
        let own = run(vec![
            listens("128"),
            call(2, "recv", &[("sockfd", "4")], Returned::Never),
        ]);
        let other = run(vec![
            listens("128"),
            call(2, "getsockname", &[("sockfd", "3")], Returned::Value(0)),
            call(
                3,
                "send",
                &[("sockfd", "4"), ("buf", "\"a\"")],
                Returned::Value(1),
            ),
        ]);
        let parting = Parting {
            own: Some(1),
            other: Some(2),
        };
        assert_eq!(compare(&own, &other), Some(parting));
        let shorter = Parting {
            own: None,
            other: Some(2),
        };
        assert_eq!(compare(&run(vec![listens("1")]), &other), Some(shorter));
    }
}
