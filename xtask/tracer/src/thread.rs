//! A thread of a program, and what it was found doing.

use crate::socket::Socket;
use serde::{Deserialize, Serialize};

/// One thread of a program at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thread {
    /// Which one it is.
    pub name: ThreadName,
    /// What it was found doing.
    pub doing: Doing,
    /// `None` when no frame of the thread is in the learner's source, or none that
    /// could be told for certain enough.
    pub line: Option<Line>,
}

/// What identifies a thread within its process.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ThreadName {
    /// The thread that the process began with.
    Main,
    /// As given to `std::thread::Builder::name`; Linux keeps 15 bytes of it.
    Named(String),
    /// Without a name of its own: its place among the living threads, by age, the
    /// main thread being 1.
    Numbered(u32),
}

/// What a thread does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Doing {
    /// Waits in a call for the outside world.
    Blocked {
        /// As the C library calls it: `accept`, `connect`, `recv`, `recvfrom`, `send`,
        /// `read`, `poll`, `epoll_wait`, … (`recvfrom` without an address is `recv`).
        call: String,
        /// The sockets it waits on; several for `poll` and its kin.
        sockets: Vec<Socket>,
        /// The first thing it waits on that is no socket: `stdin`, `stdout`, `stderr`,
        /// `pipe`, or a path.
        file: Option<String>,
    },
    /// For a lock, a channel, or the end of another thread (`man 2 futex`).
    WaitsForThread,
    /// For a time to pass (`man 2 nanosleep`).
    Sleeps,
    /// For a process that it started to end (`man 2 wait`).
    WaitsForChild,
    /// Computes, or makes calls that do not wait: a busy loop, if it never ends.
    Runs {
        /// The processor time it has used since it began, in milliseconds.
        cpu_ms: u64,
    },
    /// By a signal such as SIGSTOP, or by a debugger.
    Stopped,
    /// The system does not say, or says what has no name here.
    Unknown,
}

/// A line of the learner's source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// From the last folder of `own_source` on: `src/main.rs`.
    pub file: String,
    /// Counted from 1.
    pub line: u32,
    /// False where it is only *probably* this line: the system did not let the thread be
    /// stopped, and its frames had to be told from the words on its stack; or it was
    /// stopped at an instruction that has no line, and this is the one before.
    pub sure: bool,
}
