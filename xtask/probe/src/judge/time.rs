//! Is a wait the one that is due? A pure function of what was measured and of how exact
//! the machine was meanwhile.
//!
//! No program is woken before its time, so a wait is too short if it is shorter than due,
//! but for two things: one that keeps an absolute schedule was late before by what it is
//! short now, and a machine that is busy is inexact. A wait may always be longer by what
//! the machine and its timers are late. Where the inexactness is not small against what is
//! to be told apart, nothing is said: the scenario is told again with longer waits
//! (`tellings.rs`).

use crate::judge::doubt::Doubt;
use crate::judge::moment::Moment;
use crate::process::inexactness::Lateness;
use std::time::{Duration, Instant};

/// Timers of sockets (`SO_RCVTIMEO`, `man 7 socket`) are as coarse as the kernel's ticks
/// and its timer wheel, which is late by an eighth at most (Linux, `kernel/time/timer.c`).
const TICKS: Duration = Duration::from_millis(10);
const WHEEL: u32 = 8;

/// What a wait leads to takes turns of its own: the clock is looked at, a sentence printed, the
/// program ended. On a busy machine each may be as late as the wait's own end.
const MORE_TURNS: u32 = 2;

/// How long a program has to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    least: Duration,
    most: Duration,
    /// It begins after the moment that it is measured from, so it cannot look too short.
    begins_later: bool,
}

impl Wait {
    /// This long.
    pub fn of(due: Duration) -> Self {
        Self {
            begins_later: false,
            ..Self::between(due, due)
        }
    }

    /// Between `least` and `most`, drawn by lot, and begun after the moment that it is measured
    /// from: a shorter one is wrong however busy the machine is.
    pub fn between(least: Duration, most: Duration) -> Self {
        Self {
            least,
            most,
            begins_later: true,
        }
    }

    /// At least.
    pub(crate) fn least(self) -> Duration {
        self.least
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

/// What a wait is, next to the one that is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fit {
    Fits,
    TooSoon,
    TooLate,
    /// However busy the machine is.
    SurelyTooSoon,
    /// By so much that no machine which is as exact as this one explains it.
    FarTooLate,
    /// The machine is too busy to tell.
    Unclear,
}

/// Was the machine, between two moments, as exact as waits need that differ by `unit`?
pub(crate) fn is_exact(since: Moment, until: Moment, unit: Duration, late: Lateness) -> bool {
    !Doubt::of(since, until, late).is_too_much(unit)
}

impl Wait {
    /// Held against what happened, where waits that differ by `unit` are to be told apart;
    /// `late` is how late the check's own sleeps were over meanwhile, at worst.
    pub(crate) fn fit(self, since: Moment, until: Moment, unit: Duration, late: Lateness) -> Fit {
        let doubt = Doubt::of(since, until, late);
        if self.begins_later && until.at < since.at + self.least {
            return Fit::SurelyTooSoon;
        }
        if doubt.is_too_much(unit) {
            return Fit::Unclear;
        }
        let Doubt { longer, shorter } = doubt;
        let short = shorter.max(unit.mul_f64(0.05));
        let long = self.most / WHEEL + TICKS + longer.max(unit.mul_f64(0.15));
        let begun = since.at.min(since.scheduled);
        let held_up_for = |time| until.at.checked_sub(time).unwrap_or(until.at);
        let ended = held_up_for(until.held_up + until.held_up_more);
        if until.at + short < begun + self.least {
            Fit::TooSoon
        } else if ended > self.far_too_late(since, unit) {
            Fit::FarTooLate
        } else if ended > since.at + self.most + long + longer * MORE_TURNS {
            Fit::TooLate
        } else if held_up_for(until.held_up) > since.at + self.most + long {
            Fit::Unclear
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::moment::Clock;
    use crate::process::queued::Queued;

    const UNIT: Duration = Duration::from_millis(40);

    fn ms(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    fn seen(at: Instant, clock: Clock, queued: Queued) -> Moment {
        Moment::seen(at, clock, queued, Queued::default())
    }

    fn stalls(stall: Duration) -> Lateness {
        Lateness { stall, all: stall }
    }

    /// The fits of waits that end at `ends`, in milliseconds after the first moment.
    fn fits(waits: &[u64], ends: &[u64], inexactness: u64, clock: Clock) -> Vec<Fit> {
        let start = Instant::now();
        let mut since = seen(start, clock, Queued::default());
        let judge = |(wait, end): (&u64, &u64)| {
            let (wait, until) = (
                Wait::of(ms(*wait)),
                seen(start + ms(*end), clock, Queued::default()),
            );
            let fit = wait.fit(since, until, UNIT, stalls(ms(inexactness)));
            since = until.after(since, wait.least);
            fit
        };
        waits.iter().zip(ends).map(judge).collect()
    }

    #[test]
    fn who_takes_more_turns_after_its_wait_is_not_refused_for_them() {
        let late = |end| fits(&[40], &[end], 5, Clock::Kernel)[0];
        // A stall of five at either end, an eighth of the wait, and ten for the ticks.
        assert_eq!(late(64), Fit::Fits);
        assert_eq!(late(80), Fit::Unclear);
        assert_eq!(late(90), Fit::TooLate);
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
        assert_eq!(fits(&[40], &[400], 5, Clock::Kernel), [Fit::TooLate]);
        assert_eq!(fits(&[40], &[600], 5, Clock::Kernel), [Fit::FarTooLate]);
        assert_eq!(fits(&[40], &[400], 5, Clock::Own), [Fit::Unclear]);
    }

    #[test]
    fn time_in_the_queue_for_a_processor_is_no_wait_of_the_program() {
        let start = Instant::now();
        let fit = |queued: u64| {
            let at = |end, queued, turns| {
                let queued = Queued {
                    time: ms(queued),
                    turns,
                    ..Queued::default()
                };
                seen(start + ms(end), Clock::Kernel, queued)
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
    fn a_time_that_was_set_before_it_was_asked_is_no_shorter_for_that() {
        let start = Instant::now();
        let at = |end, queued| {
            let queued = Queued {
                time: ms(queued),
                turns: 2 + queued / 8,
                ..Queued::default()
            };
            seen(start + ms(end), Clock::Kernel, queued)
        };
        let (began, asked, ended) = (at(0, 0), at(9, 8), at(42, 8));
        let fit = |since| Wait::of(ms(40)).fit(since, ended, UNIT, stalls(Duration::ZERO));
        assert_eq!(fit(asked), Fit::TooSoon);
        assert_eq!(fit(asked.set_since(began)), Fit::Fits);
    }

    #[test]
    fn a_wait_that_begins_later_is_never_too_short_by_the_machine() {
        let start = Instant::now();
        let at = |end| seen(start + ms(end), Clock::Own, Queued::default());
        let wait = Wait::between(ms(40), ms(60));
        let fit = |end| wait.fit(at(0), at(end), UNIT, stalls(ms(100)));
        assert_eq!([fit(39), fit(40)], [Fit::SurelyTooSoon, Fit::Unclear]);
    }

    #[test]
    fn a_program_that_is_held_up_at_its_end_does_not_wait() {
        let start = Instant::now();
        let at = |end, main| {
            let main = ms(main);
            let queued = Queued {
                main,
                ..Queued::default()
            };
            seen(start + ms(end), Clock::Kernel, queued)
        };
        let fit = |end, main: u64| {
            let since = at(0, 100);
            let until = at(end, 100 + main);
            let until = until.of_an_ending(until, since);
            Wait::of(ms(40)).fit(since, until, UNIT, stalls(Duration::ZERO))
        };
        assert_eq!(fit(140, 0), Fit::TooLate);
        assert_eq!(fit(140, 90), Fit::Fits);
        assert_eq!(fit(35, 30), Fit::TooSoon, "it cannot have waited less");
    }

    #[test]
    fn what_the_check_may_have_seen_late_it_says_nothing_of() {
        let start = Instant::now();
        let at = |end| seen(start + ms(end), Clock::Own, Queued::default());
        let fit = |since_late, until_late| {
            let (since, until) = (at(0).seen_late(ms(since_late)), at(40));
            let until = until.seen_late(ms(until_late));
            Wait::of(ms(40)).fit(since, until, UNIT, stalls(Duration::ZERO))
        };
        assert_eq!(
            [fit(0, 0), fit(6, 6), fit(0, 20), fit(20, 0)],
            [Fit::Fits, Fit::Fits, Fit::Unclear, Fit::Unclear]
        );
    }

    #[test]
    fn an_end_that_was_seen_late_is_no_longer_wait() {
        let start = Instant::now();
        let at = |end| seen(start + ms(end), Clock::Own, Queued::default());
        let fit = |end, late| {
            let until = at(end).seen_late(ms(late));
            Wait::of(ms(40)).fit(at(0), until, UNIT, stalls(Duration::ZERO))
        };
        assert_eq!([fit(33, 8), fit(40, 8)], [Fit::TooSoon, Fit::Fits]);
        let exact = |late| is_exact(at(0), at(33).seen_late(late), UNIT, stalls(Duration::ZERO));
        assert!(exact(ms(8)) && !exact(ms(12)));
    }

    #[test]
    fn a_check_that_was_late_to_begin_a_wait_says_nothing_of_it() {
        let start = Instant::now();
        let fit = |queued| {
            let since = seen(start, Clock::Own, Queued::default());
            let began = Queued {
                time: since.own.time + ms(queued),
                turns: since.own.turns + 1,
                ..since.own
            };
            let until = seen(start + ms(40), Clock::Own, Queued::default());
            let until = until.waited_for_since(began);
            Wait::of(ms(40)).fit(since, until, UNIT, stalls(Duration::ZERO))
        };
        assert_eq!([fit(0), fit(20)], [Fit::Fits, Fit::Unclear]);
    }

    #[test]
    fn at_once_is_not_after_a_wait() {
        assert_eq!(fits(&[0], &[3], 0, Clock::Own), [Fit::Fits]);
        assert_eq!(fits(&[0], &[40], 0, Clock::Own), [Fit::TooLate]);
    }

    /// Eight mebibytes take a program many turns, for each of which it may have to queue.
    #[test]
    fn who_hands_much_over_is_late_by_all_of_its_turns() {
        let start = Instant::now();
        let since = seen(start, Clock::Own, Queued::default());
        let fit = |end, count, waited| {
            let end = seen(start + ms(end), Clock::Own, Queued::default());
            let until = end.after_bytes(count, ms(waited), since);
            Wait::none().fit(since, until, ms(400), stalls(ms(0)))
        };
        assert_eq!(fit(400, 16, 350), Fit::TooLate);
        assert_eq!(fit(1000, 8 << 20, 950), Fit::Fits);
        assert_eq!(fit(1000, 8 << 20, 500), Fit::TooLate);
    }

    /// Where the program and the check both had to queue, they may have done it together.
    #[test]
    fn who_queues_beside_the_check_may_have_waited_as_well() {
        let start = Instant::now();
        let since = seen(start, Clock::Own, Queued::default());
        let fit = |waited, own| {
            let own = Queued {
                time: ms(own),
                ..Queued::default()
            };
            let end = Moment::seen(start + ms(1000), Clock::Own, Queued::default(), own);
            let until = end.after_bytes(8 << 20, ms(waited), since);
            Wait::none().fit(since, until, ms(400), stalls(ms(0)))
        };
        assert_eq!(fit(950, 100), Fit::Fits);
        assert_eq!(fit(500, 450), Fit::Unclear);
        assert_eq!(fit(300, 50), Fit::TooLate);
    }
}
