//! A scenario that judges waits may have to be told again, with longer ones: as one
//! telling sees it, and as it is told until there is a verdict.

use crate::glimpse;
use crate::judge::moment::{Clock, Moment};
use crate::judge::reason::{Fault, Reason};
use crate::judge::stage::Stage;
use crate::judge::tellings::{Next, Telling, Tellings};
use crate::judge::time::{Fit, Wait, is_exact};
use crate::judge::verdict::Cause;
use crate::process::inexactness::Inexactness;
use crate::process::this_thread;
use crate::transcript::event::Event;
use crate::transcript::happening::{Awaited, Happening};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::{Duration, Instant};

/// Unwinds a telling to the one after it.
struct Again(Tellings);

/// What the waits of a scenario are multiples of.
#[derive(Clone, Copy, Debug)]
pub enum Unit {
    /// The program is told its waits: they begin with this one, and grow.
    From(Duration),
    /// The program has a wait of its own, of this length.
    Own(Duration),
}

/// Tells a scenario, and again with longer waits where it can be, until it has a verdict.
pub(crate) fn until_judged(unit: Unit, quiet: bool, tells: impl Fn(Telling)) {
    // From here on the machine is watched.
    Inexactness::watched();
    let (first, grows) = match unit {
        Unit::From(first) => (first, true),
        Unit::Own(own) => (own, false),
    };
    let mut so_far = Tellings::beginning(grows);
    loop {
        let telling = Telling {
            unit: first * so_far.factor(),
            so_far,
            quiet,
        };
        match catch_unwind(AssertUnwindSafe(|| tells(telling))) {
            Ok(()) => return,
            Err(payload) => match payload.downcast::<Again>() {
                Ok(again) => so_far = again.0,
                Err(payload) => resume_unwind(payload),
            },
        }
    }
}

impl Stage {
    /// Writes `event` down, which ended the wait from `since` to `until`. Another wait than
    /// the one that is `due` is written down instead, as `too soon` or `too late`.
    pub(crate) fn record_after(
        &self,
        event: Event,
        due: Wait,
        since: Moment,
        until: Moment,
    ) -> Moment {
        if self.is_due(&event) {
            self.judges_a_wait(&event, due, since, until);
        }
        self.record(event);
        self.timed_since.set(Some(until));
        until.after(since, due.least())
    }

    /// A program that had to wait for a processor may do something else than it would have
    /// done in time: its own time may have been over. So may one that the check was late for.
    pub(crate) fn tells_again_if_it_may_be_late(&self) {
        let (Some(telling), Some(since)) = (self.telling, self.timed_since.get()) else {
            return;
        };
        let lateness = Inexactness::watched().since(since.at);
        let exact = is_exact(since, self.moment(), telling.unit, lateness);
        if exact || self.meets_an_unwritten_step() {
            return;
        }
        match telling.so_far.after(Fit::Unclear) {
            Some(Next::Again(so_far)) => self.tell_again(so_far),
            _ => self.stop(Cause::Broken(Reason::TooBusy)),
        }
    }

    /// What `sees` returns, which waits for something that is `due` after `since`, and when
    /// that was. Until then it is no silence.
    pub(crate) fn awaits<T>(
        &self,
        since: Moment,
        due: Wait,
        sees: impl FnOnce() -> T,
    ) -> (T, Moment) {
        let began = this_thread::queued();
        glimpse::begin(since.at);
        let seen = self.due.before(due.most(), sees);
        let late = glimpse::late();
        (seen, self.moment().seen_late(late).waited_for_since(began))
    }

    /// Goes on only where the wait fits.
    fn judges_a_wait(&self, event: &Event, due: Wait, since: Moment, until: Moment) {
        let Some(telling) = self.telling else {
            self.stop(Cause::Broken(Reason::Scenario {
                fault: Fault::NotToldInTime,
            }))
        };
        let lateness = Inexactness::watched().since(since.at);
        let fit = if self.meets_an_unwritten_step() {
            // It has not got as far as to wait, however busy the machine is.
            Fit::SurelyTooSoon
        } else {
            due.fit(since, until, telling.unit, lateness)
        };
        match telling.so_far.after(fit) {
            None => {}
            Some(Next::Again(so_far)) => self.tell_again(so_far),
            Some(Next::Refused { late }) => {
                if let Some(what) = Awaited::of(&event.what) {
                    let what = Happening::Untimely { what, late };
                    self.refuse(Event::new(&event.who, what));
                }
            }
            Some(Next::TooBusy) => self.stop(Cause::Broken(Reason::TooBusy)),
        }
    }

    /// This moment, by the check's own clock.
    pub(crate) fn moment(&self) -> Moment {
        self.moment_of(Instant::now(), Clock::Own)
    }

    /// A moment that was seen just now.
    pub(crate) fn moment_of(&self, at: Instant, clock: Clock) -> Moment {
        Moment::seen(at, clock, self.queued(), this_thread::queued())
    }

    /// When the wait is no use to look for any longer.
    pub(crate) fn is_far_too_late(&self, due: Wait, since: Moment) -> bool {
        let unit = self.telling.map_or(Duration::ZERO, |telling| telling.unit);
        Instant::now() > due.far_too_late(since, unit)
    }

    /// Ends this telling without a verdict.
    fn tell_again(&self, so_far: Tellings) -> ! {
        for running in self.programs() {
            running.finish(false);
        }
        self.leave_unjudged();
        resume_unwind(Box::new(Again(so_far)))
    }
}
