//! How long the check waits for a program, and for itself.

use std::time::{Duration, Instant};

/// The longest wait for the next sign of progress from a program: a line, a
/// byte, an ending. Default and only value: 4 seconds; a passing scenario needs
/// milliseconds, so that a busy machine is not taken for a hung program.
pub const PATIENCE: Duration = Duration::from_secs(4);

/// The longest wait for the first sign of a program that an interpreter runs, which
/// takes its time to start beside many others.
pub(crate) const STARTING: Duration = Duration::from_secs(6);

/// A wait is cut into parts of this length where something else has to be looked at as
/// well.
pub(crate) const PART: Duration = Duration::from_millis(100);

/// How long a silence has to last that is itself what a scenario shows: 300 milliseconds.
pub const QUIET: Duration = Duration::from_millis(300);

/// How long a program that is failing already may take to end by itself, so
/// that its own ending is seen and not the check's kill.
pub(crate) const LAST_WORDS: Duration = Duration::from_millis(300);

/// How long the check waits for the pipes of a program that has ended to run dry. They
/// stay open only where a descendant outside its process group holds them; on a very
/// busy machine it takes a while until they were read.
pub(crate) const DRAINING: Duration = Duration::from_secs(2);

/// Between two looks at something that cannot be waited for.
pub(crate) const GLANCE: Duration = Duration::from_millis(1);

/// Looks at `seen` again and again until it gives a value or `limit` has passed.
pub(crate) fn watch<T>(limit: Duration, mut seen: impl FnMut() -> Option<T>) -> Option<T> {
    let until = Instant::now() + limit;
    loop {
        if let Some(value) = seen() {
            return Some(value);
        }
        if Instant::now() >= until {
            return None;
        }
        std::thread::sleep(GLANCE);
    }
}
