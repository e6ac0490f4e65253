//! The waits that are due: while one is, a program that gives no sign is not silent.

use std::cell::Cell;
use std::time::Duration;

/// The waits that are due, in a scenario that judges them.
#[derive(Default)]
pub(crate) struct Due {
    before_the_next_sign: Cell<Duration>,
    longest: Cell<Duration>,
}

impl Due {
    /// As long as the next sign of a program may take.
    pub(crate) fn before_the_next_sign(&self) -> Duration {
        self.before_the_next_sign.get()
    }

    /// What `sees` returns, before which a wait of up to `most` is due.
    pub(crate) fn before<T>(&self, most: Duration, sees: impl FnOnce() -> T) -> T {
        self.before_the_next_sign.set(most);
        self.longest.set(self.longest.get().max(most));
        let seen = sees();
        self.before_the_next_sign.set(Duration::ZERO);
        seen
    }

    /// In milliseconds.
    pub(crate) fn longest_ms(&self) -> u64 {
        u64::try_from(self.longest.get().as_millis()).unwrap_or(u64::MAX)
    }
}
