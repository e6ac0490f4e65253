//! The tracer: says what a program that does not go on waits in, thread by
//! thread: the call, its sockets and their queues, and the learner's own line.
//!
//! ```text
//! Thread      one thread of the program
//! ├─ Doing      the call it waits in, or that it runs, sleeps, is stopped
//! │  └─ Socket    each socket it waits on, as the kernel's tables show it
//! └─ Line       the innermost line of the learner's own source
//! ```
//!
//! Only Linux shows all this to an ordinary user. What it means to a learner, and
//! in which language, is left to `xtask`.

#![warn(missing_docs, unreachable_pub)]

mod ended;
#[cfg(all(
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "aarch64")
))]
mod linux;
pub mod recorder;
mod socket;
mod thread;
mod unrecorded;

use std::ffi::OsString;

pub use ended::Ended;
pub use socket::{Kind, Socket, State};
pub use thread::{Doing, Line, Thread, ThreadName};
pub use unrecorded::{Refused, Unrecorded};

/// What each thread of `process` does right now, the main thread first.
///
/// `process` is a child of the calling process (where Yama's `ptrace_scope` is 1, no
/// other may be asked about; `man 2 ptrace`). A crate is the learner's when the path of
/// its root file contains `own_source`, such as `lessons/lesson-06-recv/src/`.
///
/// `None` where the system shows nothing: the process has ended, or this is not Linux
/// on x86-64 or aarch64. What is merely refused, or takes too long, is left out of the
/// answer. Takes about 35 ms, at most nine seconds on a busy machine, and does not panic.
///
/// The threads are stopped for a moment and go on. A few calls then fail with EINTR:
/// `epoll_wait`, and those on a socket that has a time-out (`man 7 signal`,
/// "Interruption of system calls and library functions by stop signals"): what the program
/// says and does after it was asked does not count.
///
/// Nobody else may wait for `process` meanwhile: `waitpid` would hand out the stops
/// as if they were its end.
pub fn waits(process: u32, own_source: &str) -> Option<Vec<Thread>> {
    ask(process, own_source)
}

/// May `process`, a child of the calling process, be stopped for a moment by ptrace? Without
/// it [`waits`] still tells the calls, and the lines less surely.
///
/// `None` where this is not Linux on x86-64 or aarch64. The process goes on.
pub fn may_stop(process: u32) -> Option<bool> {
    ask_to_stop(process)
}

/// Runs `command` with its calls written down: each is given to `sink` as it begins and as it
/// ends. `who` is what the program is called; a crate is the learner's as in [`waits`].
///
/// Returns when the program, and all that it started, have ended. Ports are as the system gave
/// them, and the states of sockets are left out. The calling process may have no other children
/// meanwhile, and each call makes it larger by the program's files: it is for one run.
///
/// There is a table of aarch64's calls as well; nothing of it has been run there.
///
/// # Errors
/// There is no such program; or the system does not let it be watched, and it has not run.
pub fn record(
    command: &[OsString],
    who: &str,
    own_source: &str,
    sink: &mut dyn FnMut(recording::Event),
) -> Result<Ended, Unrecorded> {
    run_recorded(command, who, own_source, sink)
}

#[cfg(all(
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "aarch64")
))]
use linux::record::record as run_recorded;

#[cfg(not(all(
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "aarch64")
)))]
fn run_recorded(
    _command: &[OsString],
    _who: &str,
    _own_source: &str,
    _sink: &mut dyn FnMut(recording::Event),
) -> Result<Ended, Unrecorded> {
    Err(Unrecorded::Refused(Refused::NoMeans))
}

#[cfg(all(
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "aarch64")
))]
fn ask_to_stop(process: u32) -> Option<bool> {
    Some(linux::may_stop(process))
}

#[cfg(not(all(
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "aarch64")
)))]
fn ask_to_stop(_process: u32) -> Option<bool> {
    None
}

#[cfg(all(
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "aarch64")
))]
fn ask(process: u32, own_source: &str) -> Option<Vec<Thread>> {
    linux::waits(process, own_source)
}

#[cfg(not(all(
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "aarch64")
)))]
fn ask(_process: u32, _own_source: &str) -> Option<Vec<Thread>> {
    None
}
