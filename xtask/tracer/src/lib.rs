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

#[cfg(all(
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "aarch64")
))]
mod linux;
mod socket;
mod thread;

pub use socket::{Kind, Socket, State};
pub use thread::{Doing, Line, Thread, ThreadName};

/// What each thread of `process` does right now, the main thread first.
///
/// `process` is a child of the calling process (Yama's `ptrace_scope` 1 allows no
/// other). A source file belongs to the learner when its path contains
/// `own_source`, such as `lessons/lesson-06-recv/src/`.
///
/// `None` where the system shows nothing: the process is gone, or this is not Linux
/// on x86-64 or aarch64. What is merely refused is left out of the answer.
///
/// Takes about 40 ms, never more than a second, and does not panic. The threads
/// are stopped for a moment and go on afterwards, except that a few calls then
/// return `EINTR` (`man 7 signal`, "Interruption of system calls … by stop
/// signals": `epoll_wait`, and a socket with a time-out): ask before you
/// kill, not before you go on judging. Nobody else may wait for `process` meanwhile, for
/// `waitpid` would hand out the stops as if they were its end (`man 2 ptrace`).
pub fn waits(process: u32, own_source: &str) -> Option<Vec<Thread>> {
    #[cfg(all(
        target_os = "linux",
        any(target_arch = "x86_64", target_arch = "aarch64")
    ))]
    return linux::waits(process, own_source);
    #[cfg(not(all(
        target_os = "linux",
        any(target_arch = "x86_64", target_arch = "aarch64")
    )))]
    {
        let _ = (process, own_source);
        None
    }
}
