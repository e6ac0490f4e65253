//! When something happened, and how exactly that is known.

use crate::process::queued::Queued;
use std::time::{Duration, Instant};

/// Whose clock saw the end of a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Clock {
    /// The kernel's, when a datagram or the bytes of a stream arrived (Linux).
    Kernel,
    /// The check's own, when it saw it.
    Own,
}

/// When something happened: what a wait is measured from.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    pub(crate) at: Instant,
    pub(crate) clock: Clock,
    /// When it was due for a program that keeps an absolute schedule.
    pub(crate) scheduled: Instant,
    /// How the programs had to wait for a processor until then.
    pub(crate) queued: Queued,
    /// And how the check had to.
    pub(crate) own: Queued,
    /// How the check had had to when it began to wait for it.
    pub(crate) awaited_since: Queued,
    /// By how much it may have happened before it was seen.
    pub(crate) seen_late: Duration,
    /// For how long of the time before it the program was no longer waiting, and held up.
    pub(crate) held_up: Duration,
    /// And for how much longer it may have been: the program and the check had to wait for
    /// their turns both, at the same time or one after the other.
    pub(crate) held_up_more: Duration,
}

/// More than a program hands over in a turn or two, in bytes: the kernel's buffers take several
/// such pieces one after another.
const MANY: usize = 1 << 20;

impl Moment {
    pub(crate) fn seen(at: Instant, clock: Clock, queued: Queued, own: Queued) -> Self {
        Self {
            at,
            clock,
            scheduled: at,
            queued,
            own,
            awaited_since: own,
            seen_late: Duration::ZERO,
            held_up: Duration::ZERO,
            held_up_more: Duration::ZERO,
        }
    }

    /// The same one, which came when so many bytes had been handed over, for which the program
    /// had to wait for its turns as long as `waited`, and the check since `since`.
    pub(crate) fn after_bytes(self, count: usize, waited: Duration, since: Self) -> Self {
        if count < MANY {
            return self;
        }
        let own = self.own.time.saturating_sub(since.own.time);
        Self {
            held_up: self.held_up + waited.max(own),
            held_up_more: waited.min(own),
            ..self
        }
    }

    /// The same one, which was at this time, as the kernel has noted.
    pub(crate) fn noted(self, at: Instant) -> Self {
        Self {
            at,
            clock: Clock::Kernel,
            scheduled: at,
            seen_late: Duration::ZERO,
            ..self
        }
    }

    /// The same one, which may have been so much earlier, and more.
    pub(crate) fn seen_late(self, late: Duration) -> Self {
        Self {
            seen_late: self.seen_late + late,
            ..self
        }
    }

    /// The same one, for which the check waited since it had had to queue as `began` says.
    pub(crate) fn waited_for_since(self, began: Queued) -> Self {
        Self {
            awaited_since: began,
            ..self
        }
    }

    /// The same one, of a program that ended, as `looked` tells of the time before it was
    /// reaped, and that waited for nothing else after `since` than for what is judged: an
    /// interpreter has much to do at its end, and gets its turns late.
    pub(crate) fn of_an_ending(self, looked: Self, since: Self) -> Self {
        Self {
            queued: looked.queued,
            held_up: looked.queued.main.saturating_sub(since.queued.main),
            ..self
        }
    }

    /// The same one, of a program that may have set its time before, since `began`: what it
    /// waited for a processor in between, its time has run.
    pub(crate) fn set_since(self, began: Self) -> Self {
        Self {
            queued: began.queued,
            own: began.own,
            ..self
        }
    }

    /// The same one, `least` after `since` at the soonest.
    pub(crate) fn after(self, since: Self, least: Duration) -> Self {
        Self {
            scheduled: since.scheduled + least,
            ..self
        }
    }
}
