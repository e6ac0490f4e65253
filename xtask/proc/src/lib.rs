//! What Linux tells of processes and their sockets in `/proc` (`man 5 proc`). Only that which
//! a check looks at, a thousand times a second now and then: each question opens one file and
//! reads it once, and no more of it is understood than is asked for. (The crate `procfs` knows
//! all of it; a first verdict would wait three seconds for it, and each look takes five calls.)
//!
//! ```text
//! process   a process, its threads, its descriptors
//! stat      the files stat, status and schedstat
//! syscall   the system call that a thread waits in
//! maps      what lies where in a process's memory
//! net       the kernel's tables of sockets
//! ```
//!
//! An error is that of the system where a file is not there or not shown (the process is gone,
//! or somebody else's), and [`std::io::ErrorKind::InvalidData`] where it is not as its man
//! page says.

#[cfg(target_os = "linux")]
mod linux;

#[cfg(target_os = "linux")]
pub use linux::*;
