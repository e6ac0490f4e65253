//! Is a wait the one that is due? A pure function of what was measured and of how exact
//! the machine was meanwhile.
//!
//! No program is woken before its time, so a wait is too short if it is shorter than due,
//! but for two things: one that keeps an absolute schedule was late before by what it is
//! short now, and a machine that is busy is inexact. A wait may always be longer by what
//! the machine and its timers are late. Where the inexactness is not small against what is
//! to be told apart, nothing is said: the scenario is told again with longer waits
//! ([`Tellings`]).

use crate::process::inexactness::Lateness;
use crate::process::queued::Queued;
use std::time::{Duration, Instant};

/// Timers of sockets (`SO_RCVTIMEO`, `man 7 socket`) are as coarse as the kernel's ticks
/// and its timer wheel, which is late by an eighth at most (Linux, `kernel/time/timer.c`).
const TICKS: Duration = Duration::from_millis(10);
const WHEEL: u32 = 8;

/// How long a program has to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    least: Duration,
    most: Duration,
    /// What else than the wait may have taken time.
    beside: Duration,
}

impl Wait {
    /// This long.
    pub fn of(due: Duration) -> Self {
        Self::between(due, due)
    }

    /// Between `least` and `most`: drawn by lot, or begun at a moment that is not seen.
    pub fn between(least: Duration, most: Duration) -> Self {
        Self {
            least,
            most,
            beside: Duration::ZERO,
        }
    }

    /// Together with something that takes `time`, as exactly as that is known.
    #[must_use]
    pub fn beside(self, time: Duration) -> Self {
        Self {
            beside: self.beside + time,
            ..self
        }
    }

    /// At most.
    pub(crate) fn most(self) -> Duration {
        self.most
    }

    /// Not at all: at once.
    pub fn none() -> Self {
        Self::of(Duration::ZERO)
    }
}

/// Whose clock saw the end of a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Clock {
    /// The kernel's, when the datagram arrived (Linux).
    Kernel,
    /// The check's own, when it was woken.
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
}

impl Moment {
    pub(crate) fn seen(at: Instant, clock: Clock, queued: Queued) -> Self {
        Self {
            at,
            clock,
            scheduled: at,
            queued,
            own: Queued::of_this_thread(),
        }
    }

    /// The same one, at the end of a wait from `since`.
    pub(crate) fn after(self, since: Self, wait: Wait) -> Self {
        Self {
            scheduled: since.scheduled + wait.least,
            ..self
        }
    }
}

/// What a wait is, next to the one that is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fit {
    Fits,
    TooSoon,
    TooLate,
    /// By so much that no machine which is as exact as this one explains it.
    FarTooLate,
    /// The machine is too busy to tell.
    Unclear,
}

/// By how much the time between two moments may be wrong: a program can be late at its
/// beginning and at its end, and the check once more where its own clock has to do.
fn inexactness(since: Moment, until: Moment, late: Lateness) -> Duration {
    let of_the_program = until.queued.late_since(since.queued, late.all) + late.stall * 2;
    match until.clock {
        Clock::Kernel => of_the_program,
        Clock::Own => of_the_program + until.own.late_since(since.own, late.all) + late.stall,
    }
}

impl Wait {
    /// Held against what happened, where waits that differ by `unit` are to be told apart;
    /// `late` is how late the check's own sleeps were over meanwhile, at worst.
    pub(crate) fn fit(self, since: Moment, until: Moment, unit: Duration, late: Lateness) -> Fit {
        let inexact = inexactness(since, until, late);
        if inexact + self.beside > unit.mul_f64(0.3) {
            return Fit::Unclear;
        }
        let short = inexact.max(unit.mul_f64(0.05));
        let long = self.most / WHEEL + TICKS + self.beside + inexact.max(unit.mul_f64(0.15));
        let begun = since.at.min(since.scheduled);
        if until.at + short < begun + self.least {
            Fit::TooSoon
        } else if until.at > self.far_too_late(since, unit) {
            Fit::FarTooLate
        } else if until.at > since.at + self.most + long {
            Fit::TooLate
        } else {
            Fit::Fits
        }
    }
}

impl Wait {
    /// When it is no use to look any longer for the end of a wait.
    pub(crate) fn far_too_late(self, since: Moment, unit: Duration) -> Instant {
        since.at + self.most + (unit * 3).max(FAR)
    }
}

/// Half a second is much for a machine whose own sleeps are exact.
const FAR: Duration = Duration::from_millis(500);

/// How often a scenario is told at most: twice with each length of its waits, for a
/// machine may be busy for a moment only.
const MOST: u32 = 8;

/// How often a wait has to be wrong before it counts: a busy machine can be late once.
const REFUSALS: u32 = 3;

/// How often a scenario about waiting was told already, and what came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tellings {
    told: u32,
    refused: u32,
    /// May the waits be longer the next time?
    grow: bool,
}

/// One telling of a scenario.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Telling {
    /// Waits that differ by this are told apart.
    pub(crate) unit: Duration,
    pub(crate) so_far: Tellings,
    /// One of several beside each other: that it passed is not reported.
    pub(crate) quiet: bool,
}

/// What follows from a wait that does not fit.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// The scenario is told again.
    Again(Tellings),
    /// The wait is wrong: too long, and not too short?
    Refused { late: bool },
    /// The machine was too busy each time.
    TooBusy,
}

impl Tellings {
    /// None so far; of a program whose waits are given to it, or of one that has its own.
    pub(crate) fn beginning(grow: bool) -> Self {
        Self {
            told: 0,
            refused: 0,
            grow,
        }
    }

    /// By how much the waits of this telling are longer than those of the first.
    pub(crate) fn factor(self) -> u32 {
        if self.grow {
            2_u32.pow(self.told / 2)
        } else {
            1
        }
    }

    /// What follows from `fit`; nothing from one that fits.
    pub(crate) fn after(self, fit: Fit) -> Option<Next> {
        let late = match fit {
            Fit::Fits => return None,
            Fit::TooSoon => Some(false),
            Fit::TooLate => Some(true),
            Fit::FarTooLate => return Some(Next::Refused { late: true }),
            Fit::Unclear => None,
        };
        let next = Self {
            told: self.told + 1,
            refused: self.refused + u32::from(late.is_some()),
            ..self
        };
        Some(match late {
            Some(late) if next.refused == REFUSALS => Next::Refused { late },
            _ if next.told == MOST => Next::TooBusy,
            _ => Next::Again(next),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNIT: Duration = Duration::from_millis(40);

    fn ms(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    fn stalls(stall: Duration) -> Lateness {
        Lateness { stall, all: stall }
    }

    /// The fits of waits that end at `ends`, in milliseconds after the first moment.
    fn fits(waits: &[u64], ends: &[u64], inexactness: u64, clock: Clock) -> Vec<Fit> {
        let start = Instant::now();
        let mut since = Moment::seen(start, clock, Queued::default());
        let judge = |(wait, end): (&u64, &u64)| {
            let (wait, until) = (
                Wait::of(ms(*wait)),
                Moment::seen(start + ms(*end), clock, Queued::default()),
            );
            let fit = wait.fit(since, until, UNIT, stalls(ms(inexactness)));
            since = until.after(since, wait);
            fit
        };
        waits.iter().zip(ends).map(judge).collect()
    }

    fn all_fit(ends: &[u64]) -> bool {
        let fits = fits(&[40, 80, 160], ends, 0, Clock::Kernel);
        fits.iter().all(|fit| *fit == Fit::Fits)
    }

    #[test]
    fn waits_that_double_fit() {
        assert!(all_fit(&[40, 120, 280]));
        assert!(all_fit(&[46, 134, 305]), "each a little late");
        assert!(
            all_fit(&[52, 120, 280]),
            "late once, on an absolute schedule"
        );
    }

    #[test]
    fn other_waits_do_not() {
        for (ends, what) in [
            ([40, 80, 120], "always the same"),
            ([46, 132, 260], "longer by the same, each a little late"),
            ([40, 160, 520], "tripled"),
            ([80, 240, 560], "the first is twice what was asked for"),
            ([35, 115, 275], "the first is too short"),
        ] {
            assert!(!all_fit(&ends), "{what}");
        }
    }

    #[test]
    fn nothing_is_said_where_the_machine_cannot_tell() {
        for end in [1, 40, 400] {
            assert_eq!(fits(&[40], &[end], 7, Clock::Kernel), [Fit::Unclear]);
        }
    }

    #[test]
    fn a_busy_machine_is_forgiven_what_it_cannot_do() {
        assert_eq!(fits(&[40], &[36], 2, Clock::Kernel), [Fit::Fits]);
        assert_eq!(fits(&[40], &[36], 1, Clock::Kernel), [Fit::TooSoon]);
    }

    #[test]
    fn the_check_trusts_its_own_clock_less_than_the_kernel_s() {
        assert_eq!(fits(&[40], &[400], 6, Clock::Kernel), [Fit::TooLate]);
        assert_eq!(fits(&[40], &[600], 6, Clock::Kernel), [Fit::FarTooLate]);
        assert_eq!(fits(&[40], &[400], 6, Clock::Own), [Fit::Unclear]);
    }

    #[test]
    fn time_in_the_queue_for_a_processor_is_no_wait_of_the_program() {
        let start = Instant::now();
        let fit = |queued: u64| {
            let at = |end, queued, turns| {
                let time = ms(queued);
                Moment::seen(start + ms(end), Clock::Kernel, Queued { time, turns })
            };
            let (since, until) = (at(0, 100, 9), at(33, 100 + queued, 11));
            Wait::of(ms(40)).fit(since, until, UNIT, stalls(Duration::ZERO))
        };
        assert_eq!(
            [fit(0), fit(8), fit(13)],
            [Fit::TooSoon, Fit::Fits, Fit::Unclear]
        );
    }

    #[test]
    fn what_takes_time_beside_a_wait_must_be_little() {
        let start = Instant::now();
        let at = |end| Moment::seen(start + ms(end), Clock::Kernel, Queued::default());
        let fit = |beside| {
            let wait = Wait::of(ms(40)).beside(ms(beside));
            wait.fit(at(0), at(70), UNIT, stalls(Duration::ZERO))
        };
        assert_eq!(
            [fit(0), fit(12), fit(13)],
            [Fit::TooLate, Fit::Fits, Fit::Unclear]
        );
    }

    #[test]
    fn at_once_is_not_after_a_wait() {
        assert_eq!(fits(&[0], &[3], 0, Clock::Own), [Fit::Fits]);
        assert_eq!(fits(&[0], &[40], 0, Clock::Own), [Fit::TooLate]);
    }

    #[test]
    fn a_wait_is_wrong_when_it_is_wrong_three_times() {
        let once = Tellings::beginning(true).after(Fit::TooSoon);
        let Some(Next::Again(once)) = once else {
            panic!("{once:?}")
        };
        let Some(Next::Again(twice)) = once.after(Fit::TooLate) else {
            panic!("a second time is not enough")
        };
        assert_eq!([once.factor(), twice.factor()], [1, 2]);
        let own = Tellings {
            grow: false,
            ..twice
        };
        assert_eq!(own.factor(), 1, "its waits are its own");
        assert_eq!(
            twice.after(Fit::TooSoon),
            Some(Next::Refused { late: false })
        );
        assert_eq!(twice.after(Fit::Fits), None);
        let far = Tellings::beginning(true).after(Fit::FarTooLate);
        assert_eq!(far, Some(Next::Refused { late: true }), "that is enough");
    }

    #[test]
    fn a_machine_that_is_always_busy_gives_no_verdict() {
        let mut tellings = Tellings::beginning(true);
        for _ in 1..MOST {
            let Some(Next::Again(next)) = tellings.after(Fit::Unclear) else {
                panic!("given up early")
            };
            tellings = next;
        }
        assert_eq!(tellings.after(Fit::Unclear), Some(Next::TooBusy));
        assert_eq!(tellings.after(Fit::TooLate), Some(Next::TooBusy));
    }
}
