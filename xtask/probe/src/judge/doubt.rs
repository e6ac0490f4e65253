//! How far the time between two moments is to be believed.

use crate::judge::moment::{Clock, Moment};
use crate::process::inexactness::Lateness;
use std::time::Duration;

/// By how much the time between two moments may be wrong.
pub(crate) struct Doubt {
    /// It looks longer than the program's wait: the program was late at its beginning and its
    /// end, and the check, where its own clock has to do, with what it did to begin the wait
    /// and in seeing its end.
    pub(crate) longer: Duration,
    /// It looks shorter: the beginning was seen late, or the program had set its time before
    /// it, and was held up in between.
    pub(crate) shorter: Duration,
}

impl Doubt {
    pub(crate) fn of(since: Moment, until: Moment, late: Lateness) -> Self {
        let program = until.queued.late_since(since.queued, late.all) + late.stall * 2;
        let begun = match since.clock {
            Clock::Kernel => Duration::ZERO,
            Clock::Own => until.awaited_since.late_since(since.own, late.all),
        };
        let own = match until.clock {
            Clock::Kernel => Duration::ZERO,
            Clock::Own => late.stall,
        };
        Self {
            longer: program + begun + until.seen_late + own,
            shorter: program + since.seen_late + own,
        }
    }

    /// Too much for waits that differ by `unit`: who waits half of one and is late by more than
    /// a quarter looks as if it had waited three quarters, and is forgiven the last.
    pub(crate) fn is_too_much(&self, unit: Duration) -> bool {
        self.longer.max(self.shorter) > unit.mul_f64(0.25)
    }
}
