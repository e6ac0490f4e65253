//! One end of a TCP connection as the kernel knows it.

use proc::State;

/// Each connection over loopback has two of these.
pub(super) struct End {
    pub(super) state: State,
    /// What its program has not read, in bytes.
    pub(super) receive_queue: u32,
    /// What the other end has not acknowledged, in bytes.
    pub(super) send_queue: u32,
    /// Does a program hold it still?
    pub(super) open: bool,
}
