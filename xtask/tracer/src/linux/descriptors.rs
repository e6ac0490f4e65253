//! Which descriptors a call waits on, and what they are.

use super::calls::On;
use super::memory::Memory;
use super::sockets::Tables;
use crate::Socket;
use proc::{Process, Target};
use std::fs;

/// More descriptors in one call than a learner can want to hear of.
const MOST: usize = 64;

/// The size of `struct pollfd`, in bytes (`man 2 poll`).
const POLL_ENTRY: usize = 8;

/// The sockets that a call waits on, and the first other file that has a name.
pub(super) fn waited_on(
    process: Process,
    memory: Option<&Memory>,
    tables: &Tables,
    on: &On,
) -> (Vec<Socket>, Option<String>) {
    let mut sockets = Vec::new();
    let mut file = None;
    for descriptor in descriptors(process, memory, on) {
        let Ok(open) = process.descriptor(descriptor) else {
            continue;
        };
        match open.target {
            Target::Socket(inode) => sockets.push(tables.socket(descriptor, inode)),
            other => file = file.or_else(|| name(descriptor, &other)),
        }
    }
    (sockets, file)
}

fn name(descriptor: i32, target: &Target) -> Option<String> {
    match (descriptor, target) {
        (0, _) => Some("stdin".to_owned()),
        (1, _) => Some("stdout".to_owned()),
        (2, _) => Some("stderr".to_owned()),
        (_, Target::Pipe) => Some("pipe".to_owned()),
        (_, Target::Path(path)) => Some(path.display().to_string()),
        _ => None,
    }
}

fn descriptors(process: Process, memory: Option<&Memory>, on: &On) -> Vec<i32> {
    let mut found = match on {
        On::Nothing => Vec::new(),
        On::One(descriptor) => vec![*descriptor],
        On::Poll { address, count } => {
            let count = usize::try_from(*count).unwrap_or(MOST).min(MOST);
            let entries = memory.map(|memory| memory.read(*address, count * POLL_ENTRY));
            polled(&entries.unwrap_or_default())
        }
        On::Select { descriptors, sets } => {
            let sets = sets.iter().filter(|set| **set != 0);
            let count = usize::try_from(*descriptors)
                .unwrap_or(FD_SETSIZE)
                .min(FD_SETSIZE);
            let read = |set: &u64| memory.map(|memory| memory.read(*set, count.div_ceil(64) * 8));
            let sets: Vec<Vec<u8>> = sets.filter_map(read).collect();
            selected(&sets, count)
        }
        On::Epoll(descriptor) => {
            let path = format!("/proc/{}/fdinfo/{descriptor}", process.id);
            watched(&fs::read_to_string(path).unwrap_or_default())
        }
    };
    found.truncate(MOST);
    found
}

/// How many descriptors an `fd_set` holds (`man 2 select`).
const FD_SETSIZE: usize = 1024;

/// From an array of `struct pollfd`; a negative descriptor is not waited on.
fn polled(entries: &[u8]) -> Vec<i32> {
    let entries = entries.chunks_exact(POLL_ENTRY);
    let descriptors = entries.filter_map(|entry| Some(i32::from_le_bytes(*entry.first_chunk()?)));
    let mut found: Vec<i32> = descriptors.filter(|descriptor| *descriptor >= 0).collect();
    found.dedup();
    found
}

/// From `fd_set`s, in which bit `n` is descriptor `n`.
fn selected(sets: &[Vec<u8>], count: usize) -> Vec<i32> {
    let set = |number: usize| {
        sets.iter().any(|bytes| {
            let byte = bytes.get(number / 8);
            byte.is_some_and(|byte| byte & (1 << (number % 8)) != 0)
        })
    };
    let numbers = (0..count).filter(|number| set(*number));
    numbers
        .filter_map(|number| i32::try_from(number).ok())
        .collect()
}

/// From the lines `tfd: 5 events: …` that tell of an epoll (`man 5 proc_pid_fdinfo`).
fn watched(information: &str) -> Vec<i32> {
    let lines = information.lines();
    let mut found: Vec<i32> = lines
        .filter_map(|line| {
            line.strip_prefix("tfd:")?
                .split_whitespace()
                .next()?
                .parse()
                .ok()
        })
        .collect();
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use super::{polled, selected, watched};

    #[test]
    fn a_poll_skips_what_it_does_not_wait_on() {
        let entries = [5, 0, 0, 0, 1, 0, 0, 0, 255, 255, 255, 255, 1, 0, 0, 0];
        assert_eq!(polled(&entries), [5]);
    }

    #[test]
    fn a_set_is_a_row_of_bits() {
        let sets = [vec![0b1000, 0b10, 0, 0], vec![0, 0b100, 0, 0]];
        assert_eq!(selected(&sets, 10), [3, 9]);
        assert_eq!(selected(&sets, 11), [3, 9, 10]);
    }

    #[test]
    fn an_epoll_lists_its_descriptors() {
        let information =
            "pos:\t0\nflags:\t02\ntfd:       10 events:  19 data:  1\ntfd: 4 events: 1\n";
        assert_eq!(watched(information), [4, 10]);
    }
}
