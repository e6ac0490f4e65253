//! How late the check may have seen what it waits for: it had not come yet when the last look
//! began that saw nothing; and of a thread that slept until something came it is known how
//! long it had to wait for a processor when it was woken.

use std::cell::Cell;
use std::time::{Duration, Instant};

/// What a thread knows of what it waits for.
#[derive(Clone, Copy)]
struct Glimpse {
    /// When it had not come yet.
    not_yet: Instant,
    /// When the thread began to look last.
    looked: Instant,
}

thread_local! {
    static GLIMPSE: Cell<Option<Glimpse>> = const { Cell::new(None) };
}

fn changed(change: impl FnOnce(Glimpse) -> Glimpse) {
    GLIMPSE.set(GLIMPSE.get().map(change));
}

/// From here on this thread waits for something that cannot have come before `since`.
pub(crate) fn begin(since: Instant) {
    GLIMPSE.set(Some(Glimpse {
        not_yet: since,
        looked: since,
    }));
}

/// Does this thread wait for something whose time is judged?
pub(crate) fn is_awaited() -> bool {
    GLIMPSE.get().is_some()
}

/// It looks whether something has come.
pub(crate) fn look() {
    changed(|glimpse| Glimpse {
        looked: Instant::now(),
        ..glimpse
    });
}

/// At that look nothing had come.
pub(crate) fn nothing() {
    changed(|glimpse| Glimpse {
        not_yet: glimpse.not_yet.max(glimpse.looked),
        ..glimpse
    });
}

/// Something has come, for which it slept; it was woken, `late` at most.
pub(crate) fn woken(late: Duration) {
    changed(|glimpse| Glimpse {
        not_yet: (Instant::now() - late).max(glimpse.not_yet),
        ..glimpse
    });
}

/// What it waited for has come: how long ago at most.
pub(crate) fn late() -> Duration {
    let last = GLIMPSE.take();
    last.map_or(Duration::ZERO, |glimpse| glimpse.not_yet.elapsed())
}

#[cfg(test)]
mod tests {
    use super::*;

    const A_WHILE: Duration = Duration::from_millis(5);

    fn a_while() {
        std::thread::sleep(A_WHILE);
    }

    #[test]
    fn what_is_there_at_the_first_look_came_at_any_time() {
        begin(Instant::now());
        a_while();
        look();
        assert!(late() >= A_WHILE);
    }

    #[test]
    fn what_is_seen_at_a_look_came_after_the_one_that_saw_nothing() {
        begin(Instant::now());
        a_while();
        let before = Instant::now();
        look();
        nothing();
        a_while();
        look();
        let late = late();
        assert!(late >= A_WHILE && late <= before.elapsed(), "{late:?}");
    }

    #[test]
    fn what_follows_something_else_may_have_come_with_it() {
        begin(Instant::now());
        a_while();
        look();
        look();
        assert!(late() >= A_WHILE);
    }

    #[test]
    fn the_time_asleep_does_not_count() {
        begin(Instant::now());
        look();
        nothing();
        a_while();
        let before = Instant::now();
        woken(Duration::ZERO);
        let late = late();
        assert!(late <= before.elapsed(), "{late:?}");
    }

    #[test]
    fn who_waits_for_nothing_is_not_late() {
        look();
        nothing();
        woken(A_WHILE);
        assert_eq!(late(), Duration::ZERO);
    }
}
