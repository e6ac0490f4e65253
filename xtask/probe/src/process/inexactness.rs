//! How exact the machine is at this moment, beside the time in which programs wait for a
//! processor: that time the system counts, and tells (`queued.rs`). The check's own sleeps
//! are watched, and how much later than that they are over is how long nothing ran at all,
//! or, where the system does not count, how late everything is.

use crate::process::this_thread;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How long each sleep is that is watched.
const SLEEP: Duration = Duration::from_millis(2);

/// The sleeps of this process, watched from the first question on until it ends.
pub(crate) struct Inexactness {
    late: Mutex<Late>,
}

#[derive(Default)]
struct Late {
    /// The time in the queue for a processor aside.
    stalls: Worst,
    all: Worst,
}

/// How late the watched sleeps were, at worst.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lateness {
    /// Beside the time in the queue for a processor: nothing ran at all.
    pub(crate) stall: Duration,
    /// Altogether.
    pub(crate) all: Duration,
}

/// When a sleep was over, and how late that was. Of two, the earlier one is kept only if it
/// was the worse, so the first one after a moment is the worst since then.
#[derive(Default)]
struct Worst(VecDeque<(Instant, Duration)>);

impl Inexactness {
    /// The one of this process.
    pub(crate) fn watched() -> &'static Self {
        static WATCHED: OnceLock<Inexactness> = OnceLock::new();
        static SLEEPER: OnceLock<()> = OnceLock::new();
        let watched = WATCHED.get_or_init(|| Self {
            late: Mutex::default(),
        });
        SLEEPER.get_or_init(|| {
            // Where no thread is to be had, nothing is seen, and nothing forgiven.
            let _ = thread::Builder::new().spawn(|| watched.sleeps());
        });
        watched
    }

    /// The most that a sleep was late which was over after `since`.
    pub(crate) fn since(&self, since: Instant) -> Lateness {
        let late = self.lock();
        Lateness {
            stall: late.stalls.since(since),
            all: late.all.since(since),
        }
    }

    fn sleeps(&self) -> ! {
        loop {
            let (due, before) = (Instant::now() + SLEEP, this_thread::queued());
            thread::sleep(SLEEP);
            let over = Instant::now();
            let queued = this_thread::queued().time.saturating_sub(before.time);
            let all = over.saturating_duration_since(due);
            let mut late = self.lock();
            late.stalls.add(over, all.saturating_sub(queued));
            late.all.add(over, all);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Late> {
        self.late.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Worst {
    fn add(&mut self, over: Instant, late: Duration) {
        while self.0.back().is_some_and(|(_, known)| *known <= late) {
            self.0.pop_back();
        }
        self.0.push_back((over, late));
    }

    fn since(&self, since: Instant) -> Duration {
        let mut after = self.0.iter().skip_while(|(over, _)| *over < since);
        after.next().map_or(Duration::ZERO, |(_, late)| *late)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_of_what_came_after_is_told() {
        let start = Instant::now();
        let at = |millis| start + Duration::from_millis(millis);
        let late = Duration::from_millis;
        let mut sleeps = Worst::default();
        for (over, by) in [(1, 9), (2, 3), (3, 5), (4, 1)] {
            sleeps.add(at(over), late(by));
        }
        let worst = |since| sleeps.since(at(since));
        assert_eq!([worst(0), worst(2), worst(4)], [late(9), late(5), late(1)]);
        assert_eq!(worst(5), Duration::ZERO);
    }

    #[test]
    fn a_process_watches_its_own_sleeps() {
        let (watched, since) = (Inexactness::watched(), Instant::now());
        crate::deadline::watch(Duration::from_secs(10), || {
            (watched.since(since).all > Duration::ZERO).then_some(())
        })
        .unwrap();
    }
}
