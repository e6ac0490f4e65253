//! How exact the machine is at this moment: the check's own sleeps are watched, and how
//! much longer than asked for they take is how wrong a time can be that is measured
//! meanwhile. A busy machine wakes the learner's program as late as it wakes the check.

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

struct Late {
    /// When a sleep was over, and how late that was. Of two, the earlier one is kept only
    /// if it was the worse, so the first one after a moment is the worst since then.
    worst: VecDeque<(Instant, Duration)>,
    /// When the sleep that goes on now is to be over.
    due: Instant,
}

impl Inexactness {
    /// The one of this process.
    pub(crate) fn watched() -> &'static Self {
        static WATCHED: OnceLock<Inexactness> = OnceLock::new();
        static SLEEPER: OnceLock<()> = OnceLock::new();
        let watched = WATCHED.get_or_init(|| Self {
            late: Mutex::new(Late::beginning(Instant::now())),
        });
        SLEEPER.get_or_init(|| {
            // Where no thread is to be had, the sleep that never ends is the lateness.
            let _ = thread::Builder::new().spawn(|| watched.sleeps());
        });
        watched
    }

    /// The most that a sleep was late which was over after `since`, or is still going on.
    pub(crate) fn since(&self, since: Instant) -> Duration {
        self.lock().worst_since(since, Instant::now())
    }

    fn sleeps(&self) -> ! {
        loop {
            let due = Instant::now() + SLEEP;
            self.lock().due = due;
            thread::sleep(SLEEP);
            let over = Instant::now();
            self.lock().add(over, over.saturating_duration_since(due));
        }
    }

    fn lock(&self) -> MutexGuard<'_, Late> {
        self.late.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Late {
    fn beginning(now: Instant) -> Self {
        Self {
            worst: VecDeque::new(),
            due: now + SLEEP,
        }
    }

    fn add(&mut self, over: Instant, late: Duration) {
        while self.worst.back().is_some_and(|(_, known)| *known <= late) {
            self.worst.pop_back();
        }
        self.worst.push_back((over, late));
    }

    fn worst_since(&self, since: Instant, now: Instant) -> Duration {
        let mut after = self.worst.iter().skip_while(|(over, _)| *over < since);
        let worst = after.next().map_or(Duration::ZERO, |(_, late)| *late);
        worst.max(now.saturating_duration_since(self.due))
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
        let mut sleeps = Late::beginning(at(100));
        for (over, by) in [(1, 9), (2, 3), (3, 5), (4, 1)] {
            sleeps.add(at(over), late(by));
        }
        let worst = |since| sleeps.worst_since(at(since), at(90));
        assert_eq!([worst(0), worst(2), worst(4)], [late(9), late(5), late(1)]);
        assert_eq!(worst(5), Duration::ZERO);
    }

    #[test]
    fn a_sleep_that_goes_on_counts_as_late_as_it_is_by_now() {
        let start = Instant::now();
        let sleeps = Late::beginning(start);
        let late = Duration::from_millis(40);
        assert_eq!(sleeps.worst_since(start, start + SLEEP + late), late);
    }

    #[test]
    fn a_process_watches_its_own_sleeps() {
        let (watched, since) = (Inexactness::watched(), Instant::now());
        crate::deadline::watch(Duration::from_secs(10), || {
            (watched.since(since) > Duration::ZERO).then_some(())
        })
        .unwrap();
    }
}
