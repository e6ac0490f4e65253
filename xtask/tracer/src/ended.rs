//! How a recorded program ended.

/// As a parent is told it (`man 2 wait`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// With this exit status.
    Exit(i32),
    /// By this signal, by its number.
    Signal(i32),
}
