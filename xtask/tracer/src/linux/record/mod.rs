//! A program's calls written down while it runs (`man 2 ptrace`, `man 2 seccomp`). It is
//! stopped at the calls of sockets, and at no others.
//!
//! ```text
//! recorder   follows every thread from one stop to the next
//! stops      where the kernel stops a thread, and how it goes on
//! process    a process that is recorded: its memory, its lines
//! call       a call from its beginning to its end
//! frame      how a program goes on after a signal's handler
//! shown      arguments as C would write them
//! sockets    what the kernel says of a socket
//! filter     the kernel's filter for them
//! spawn      a program started so
//! ```

mod call;
mod filter;
mod frame;
mod process;
mod recorder;
mod shown;
mod sockets;
mod spawn;
mod stops;

pub(crate) use recorder::record;
