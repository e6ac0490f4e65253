//! What `strace` (`man 1 strace`) says of a program's calls, in the words of a recording:
//! `accept(3) = 4`, thread by thread.

use recording::{Call, Event, Returned};
use std::collections::BTreeMap;

/// The calls that a recording has, by all names that the kernel has for them.
pub const CALLS: &str = "trace=socket,bind,listen,accept,accept4,connect,getsockname,getpeername,\
    shutdown,setsockopt,getsockopt,sendto,recvfrom,sendmsg,recvmsg,read,write,readv,writev,close,\
    dup,dup2,dup3,fcntl,ioctl,poll,ppoll,select,pselect6,epoll_create1,epoll_ctl,epoll_wait,\
    epoll_pwait";

/// What was made in each thread, in its order; the threads in no order.
pub type Threads = Vec<Vec<Made>>;

/// A call as both tell it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Made {
    pub name: String,
    pub descriptors: Vec<String>,
    /// A number, or the name of an error.
    pub returned: String,
}

/// Of the file that `strace -f -yy -o FILE` wrote.
pub fn of_strace(text: &str) -> Threads {
    let mut threads: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for line in text.lines() {
        let (thread, said) = line.split_once(' ').unwrap();
        let (calls, said) = (threads.entry(thread).or_default(), said.trim_start());
        if said.starts_with("+++") || said.starts_with("---") {
            continue;
        }
        match said.split_once(" resumed>") {
            Some((before, rest)) if before.starts_with("<... ") => {
                calls.last_mut().unwrap().push_str(rest);
            }
            _ => calls.push(
                said.trim_end_matches("<unfinished ...>")
                    .trim_end()
                    .to_owned(),
            ),
        }
    }
    let calls = threads.into_values();
    let made = calls.map(|calls| calls.iter().filter_map(|call| one(call)).collect());
    settled(made)
}

/// A socket of the internet, as `-yy` writes it behind the descriptor.
fn is_a_socket(descriptor: &(String, String)) -> bool {
    let kinds = ["TCP:", "TCPv6:", "UDP:", "UDPv6:"];
    kinds.iter().any(|kind| descriptor.1.starts_with(kind))
}

/// `None` for a call that is of no interest to a recording: one on a file, mostly.
fn one(text: &str) -> Option<Made> {
    let (name, rest) = text.split_once('(')?;
    let (arguments, result) = rest.rsplit_once(" = ")?;
    let arguments = arguments.trim_end();
    let descriptors = descriptors(arguments);
    let of_socket = descriptors.iter().any(is_a_socket);
    let standard = |numbers: &[&str]| {
        let first = descriptors.first();
        first.is_some_and(|(number, _)| numbers.contains(&number.as_str()))
    };
    let without_address = |end: &str| arguments.ends_with(end);
    let (name, counts) = match name {
        "socket" => (name, arguments.starts_with("AF_INET")),
        "read" | "readv" => (name, of_socket || standard(&["0"])),
        "write" | "writev" => (name, of_socket || standard(&["1", "2"])),
        "fcntl" if arguments.contains("F_DUPFD_CLOEXEC") => ("dup", of_socket),
        "fcntl" => (name, of_socket && arguments.contains("F_SETFL")),
        "ioctl" => (name, of_socket && arguments.contains("FIONBIO")),
        "accept4" => ("accept", of_socket),
        "sendto" if without_address("NULL, 0)") => ("send", of_socket),
        "recvfrom" if without_address("NULL, NULL)") => ("recv", of_socket),
        "dup3" => ("dup2", of_socket),
        "ppoll" => ("poll", of_socket),
        "pselect6" => ("select", of_socket),
        "epoll_pwait" => ("epoll_wait", true),
        "epoll_create1" | "epoll_wait" => (name, true),
        _ => (name, of_socket),
    };
    let mut words = result.split([' ', '<']);
    let number = words.next()?;
    let returned = if number == "-1" {
        words.next()?
    } else {
        number
    };
    counts.then(|| Made {
        name: name.to_owned(),
        descriptors: descriptors.into_iter().map(|(number, _)| number).collect(),
        returned: returned.to_owned(),
    })
}

/// Every `4<TCP:[…]>` of the arguments: the number, and what it is. What is quoted, and the
/// addresses within, is none.
fn descriptors(arguments: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let (mut quoted, mut number, mut rest) = (false, String::new(), arguments.chars());
    while let Some(letter) = rest.next() {
        match letter {
            '\\' if quoted => drop(rest.next()),
            '"' => quoted = !quoted,
            _ if quoted => {}
            '<' if !number.is_empty() => {
                let mut what = String::new();
                // `[127.0.0.1:1->127.0.0.1:2]`: an arrow ends nothing.
                for letter in rest.by_ref() {
                    if letter == '>' && !what.ends_with('-') {
                        break;
                    }
                    what.push(letter);
                }
                found.push((std::mem::take(&mut number), what));
            }
            digit if digit.is_ascii_digit() => number.push(digit),
            _ => number.clear(),
        }
    }
    found
}

/// Of a recording.
pub fn of_recording(events: &[Event]) -> Threads {
    let mut threads: BTreeMap<(String, u32), Vec<Made>> = BTreeMap::new();
    for event in events {
        let Event::Begins { call } = event else {
            continue;
        };
        let ends = events.iter().filter_map(Event::outcome);
        let ends: Vec<_> = ends.filter(|(id, _)| *id == call.id).collect();
        assert_eq!(ends.len(), 1, "{call:?}");
        let returned = match &ends[0].1.returned {
            Returned::Value(value) => value.to_string(),
            Returned::Error(error) => error.clone(),
            Returned::Some | Returned::Never => "?".to_owned(),
        };
        let thread = threads.entry((call.who.clone(), call.thread)).or_default();
        thread.push(Made {
            name: call.name.clone(),
            descriptors: descriptors_of(call),
            returned,
        });
    }
    settled(threads.into_values())
}

fn descriptors_of(call: &Call) -> Vec<String> {
    let given = call.arguments.iter();
    let given = given.flat_map(|it| match it.name.as_str() {
        "sockfd" | "fd" | "epfd" | "oldfd" => vec![it.value.clone()],
        // `[3 POLLIN, 4 POLLOUT]`, `[3, 4]`
        "fds" | "readfds" | "writefds" | "exceptfds" => {
            let entries = it.value.trim_matches(['[', ']']).split(", ");
            let numbers = entries.filter_map(|entry| entry.split(' ').next());
            numbers.map(str::to_owned).collect()
        }
        _ => Vec::new(),
    });
    given.collect()
}

fn settled(threads: impl Iterator<Item = Vec<Made>>) -> Threads {
    let mut threads: Vec<_> = threads.filter(|calls| !calls.is_empty()).collect();
    threads.sort();
    threads
}

/// With the descriptors of each thread by the order in which it got them, for threads that race
/// for numbers.
pub fn without_numbers(threads: Threads) -> Threads {
    let threads = threads.into_iter().map(|calls| {
        let mut known: BTreeMap<String, String> = BTreeMap::new();
        let mut count = 0;
        let calls = calls.into_iter().map(|mut call| {
            for descriptor in &mut call.descriptors {
                let number = descriptor.clone();
                *descriptor = known.get(&number).cloned().unwrap_or(number);
            }
            let makes_one = ["socket", "accept", "dup"].contains(&call.name.as_str());
            if makes_one && !call.returned.starts_with('E') {
                count += 1;
                let name = format!("socket {count}");
                known.insert(std::mem::replace(&mut call.returned, name.clone()), name);
            }
            call
        });
        calls.collect()
    });
    settled(threads)
}
