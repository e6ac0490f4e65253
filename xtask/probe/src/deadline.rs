//! How long the check waits for a program, and for itself.

use crate::environment::PATIENCE_VARIABLE;
use crate::glimpse;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// The longest wait for the next sign of progress from a program: a line, a
/// byte, an ending. 4 seconds, unless a proof says otherwise ([`PATIENCE_VARIABLE`]); a passing
/// scenario needs milliseconds, so that a busy machine is not taken for a hung program.
pub const PATIENCE: Duration = Duration::from_secs(4);

/// [`PATIENCE`], or what this run was told.
pub(crate) fn patience() -> Duration {
    static TOLD: OnceLock<Duration> = OnceLock::new();
    let told = || {
        let text = std::env::var(PATIENCE_VARIABLE).ok()?;
        text.parse().ok().map(Duration::from_millis)
    };
    *TOLD.get_or_init(|| told().unwrap_or(PATIENCE))
}

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
const GLANCE: Duration = Duration::from_millis(1);

/// Between two looks at something that has not come for long.
const SELDOM: Duration = Duration::from_millis(5);

/// The pauses between the looks at one thing: longer ones as time goes by, for what comes at all
/// comes soon, and a look takes what others need. What is judged by when it came is looked at
/// as often as ever.
pub(crate) struct Pauses(Instant);

impl Pauses {
    pub(crate) fn begin() -> Self {
        Self(Instant::now())
    }

    fn next(&self) -> Duration {
        if glimpse::is_awaited() {
            GLANCE
        } else {
            (self.0.elapsed() / 50).clamp(GLANCE, SELDOM)
        }
    }
}

/// Looks at `seen` again and again until it gives a value or `limit` has passed.
pub(crate) fn watch<T>(limit: Duration, seen: impl FnMut() -> Option<T>) -> Option<T> {
    watch_with(&Pauses::begin(), limit, seen)
}

/// The same, where somebody has looked before.
pub(crate) fn watch_with<T>(
    pauses: &Pauses,
    limit: Duration,
    mut seen: impl FnMut() -> Option<T>,
) -> Option<T> {
    let until = Instant::now() + limit;
    loop {
        glimpse::look();
        if let Some(value) = seen() {
            return Some(value);
        }
        glimpse::nothing();
        if Instant::now() >= until {
            return None;
        }
        std::thread::sleep(pauses.next());
    }
}

/// The time that somebody has looked for something, part by part. What lies between two looks
/// counts as two parts at most: while the check itself had no turn, or the whole machine stood
/// still, no program could show anything.
pub(crate) struct Looking {
    last: Instant,
    time: Duration,
}

impl Looking {
    pub(crate) fn begin() -> Self {
        Self {
            last: Instant::now(),
            time: Duration::ZERO,
        }
    }

    /// How long it has been, now that it is looked again.
    pub(crate) fn time(&mut self) -> Duration {
        self.time_at(Instant::now())
    }

    fn time_at(&mut self, now: Instant) -> Duration {
        self.time += now.saturating_duration_since(self.last).min(PART * 2);
        self.last = now;
        self.time
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_could_see_is_no_time_to_look() {
        let mut looking = Looking::begin();
        let start = looking.last;
        assert_eq!(looking.time_at(start + PART), PART);
        // The machine stood still for an hour.
        let later = start + PART + Duration::from_secs(3600);
        assert_eq!(looking.time_at(later), PART * 3);
        assert_eq!(looking.time_at(later + PART), PART * 4);
    }
}
