//! The system calls: how a learner knows them, and in which a thread waits for what.
//!
//! ```text
//! table   all of them, by their numbers
//! known   what the table says of one
//! ```

mod known;
mod table;

pub(super) use known::{Kind, Known};

use known::Wait;

/// A call as a thread is found in it.
pub(super) enum Call {
    Waits {
        name: &'static str,
        on: On,
    },
    ForThread,
    Sleeps,
    ForChild,
    /// Goes on with a call that a stop interrupted; the kernel no longer tells
    /// which (`man 2 restart_syscall`).
    Restarted,
}

/// Where the descriptors are that a call waits on.
pub(super) enum On {
    Nothing,
    One(i32),
    /// An array of `struct pollfd` in the program's memory.
    Poll {
        address: u64,
        count: u64,
    },
    /// Up to three `fd_set`s in the program's memory.
    Select {
        descriptors: u64,
        sets: [u64; 3],
    },
    Epoll(i32),
}

/// `None` for a call that has no name here, or in which no thread waits.
pub(super) fn call(number: i64, arguments: &[u64; 6]) -> Option<Call> {
    let known = Known::of(number)?;
    Some(match known.wait {
        Wait::Never => return None,
        Wait::ForThread => Call::ForThread,
        Wait::ForTime => Call::Sleeps,
        Wait::ForChild => Call::ForChild,
        Wait::ForAnother => Call::Restarted,
        Wait::OnThem => match on(known, arguments) {
            // Waiting for nothing but the time to pass is how some programs sleep.
            On::Poll { count: 0, .. } | On::Select { descriptors: 0, .. } => Call::Sleeps,
            on => Call::Waits {
                name: known.called_with(arguments),
                on,
            },
        },
    })
}

/// Those among its arguments.
fn on(known: &Known, registers: &[u64; 6]) -> On {
    // The kernel takes the lower half of the register.
    let descriptor = |at: usize| registers[at] as u32 as i32;
    let kinds = known.arguments.iter().map(|(_, kind)| kind).zip(0..);
    let mut on = kinds.filter_map(|(kind, at)| match kind {
        Kind::Socket | Kind::Descriptor => Some(On::One(descriptor(at))),
        Kind::Epoll => Some(On::Epoll(descriptor(at))),
        Kind::PollSet => Some(On::Poll {
            address: registers[at],
            count: registers[at + 1],
        }),
        Kind::SelectSet => Some(On::Select {
            descriptors: registers[0],
            sets: [registers[at], registers[at + 1], registers[at + 2]],
        }),
        _ => None,
    });
    on.next().unwrap_or(On::Nothing)
}

/// The call behind a restarted one, for the arguments are still those of the first.
/// `wait_channel` is the kernel function that the thread sleeps in
/// (`/proc/PID/task/TID/wchan`); the kernel restarts so no others than these.
pub(super) fn restarted(wait_channel: &str, arguments: &[u64; 6]) -> Option<Call> {
    if wait_channel == "0" {
        // It does not say.
        None
    } else if wait_channel.contains("futex") {
        Some(Call::ForThread)
    } else if wait_channel.contains("poll") {
        call(libc::SYS_ppoll, arguments)
    } else {
        Some(Call::Sleeps)
    }
}
