//! What the session waits for. Keys, signals and saves come from threads of their own, all
//! through one channel.

use crate::key::Key;

/// One thing that has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happening {
    Pressed(Key),
    /// A file was saved, as those saw it that were made with this number.
    Saved(usize),
    /// Ctrl-C.
    Interrupted,
    /// The program was stopped, and goes on.
    #[cfg_attr(windows, allow(dead_code, reason = "Windows stops no program"))]
    Continued,
    /// The program was told to end, or its terminal is gone.
    Gone,
}
