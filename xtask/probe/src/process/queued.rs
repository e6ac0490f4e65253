//! The time in which a program was ready to run and did not: a machine that is busy gives
//! processors by turns.

use std::collections::BTreeMap;
use std::ops::Add;
use std::time::{Duration, Instant};

/// How a program had to wait for a processor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Queued {
    /// How long it was ready to run and did not.
    pub(crate) time: Duration,
    /// How often it got its turn.
    pub(crate) turns: u64,
    /// The sum of its threads' numbers: another one as soon as one of them has begun or ended.
    /// What a thread had to wait is not told any more once it has ended.
    pub(crate) threads: u64,
    /// Of `time`, that of the main thread, which lasts until the program has ended.
    pub(crate) main: Duration,
}

/// What a program has had of the processors so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Turns {
    /// How long it ran.
    pub(crate) ran: Duration,
    /// It is ready to run, or runs.
    pub(crate) ready: bool,
}

impl Add for Turns {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            ran: self.ran + other.ran,
            ready: self.ready || other.ready,
        }
    }
}

/// How long programs have been ready to run without getting their turn. The system counts such
/// a time when it is over ([`Queued`]), and on a machine that is very busy that may be
/// later than anybody waits.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Starving {
    last: Option<(Instant, Turns)>,
    pub(crate) time: Duration,
}

impl Starving {
    pub(crate) fn after(self, at: Instant, turns: Turns) -> Self {
        let since = match self.last {
            Some((last, before)) if turns.ready && before == turns => at - last,
            _ => Duration::ZERO,
        };
        Self {
            last: Some((at, turns)),
            time: self.time + since,
        }
    }
}

/// By thread, how long it has had to wait for a processor.
pub(crate) type OfEach = BTreeMap<u32, Duration>;

/// How long all threads together have had to wait since a moment, those included that have
/// ended meanwhile, as far as they were looked at: what they had to wait for is not told then.
pub(crate) struct Waited {
    before: OfEach,
    last: OfEach,
    looked: Instant,
}

impl Waited {
    pub(crate) fn since(now: OfEach) -> Self {
        Self {
            last: now.clone(),
            before: now,
            looked: Instant::now(),
        }
    }

    /// Called as often as one likes, it looks now and then.
    pub(crate) fn look(&mut self, now: impl FnOnce() -> OfEach) {
        self.look_at(Instant::now(), now);
    }

    fn look_at(&mut self, at: Instant, now: impl FnOnce() -> OfEach) {
        if at.saturating_duration_since(self.looked) >= BETWEEN_LOOKS {
            self.last.extend(now());
            self.looked = at;
        }
    }

    pub(crate) fn time(&self) -> Duration {
        let before = |thread| self.before.get(thread).copied().unwrap_or_default();
        let each = self.last.iter();
        let each = each.map(|(thread, time)| time.saturating_sub(before(thread)));
        each.sum()
    }
}

/// A turn of another program takes a few milliseconds.
const BETWEEN_LOOKS: Duration = Duration::from_millis(5);

impl Add for Queued {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            time: self.time + other.time,
            turns: self.turns + other.turns,
            threads: self.threads + other.threads,
            main: self.main + other.main,
        }
    }
}

impl Queued {
    /// How late it was at worst since `before`. One turn cannot be later than all together;
    /// of many, one may be as late as the latest of the `others` that were watched. Of a
    /// thread that is gone nothing is told, and one that begins takes several turns: these
    /// may be as late as that a few times.
    pub(crate) fn late_since(self, before: Self, others: Duration) -> Duration {
        if self.threads != before.threads {
            return others * TURNS_OF_A_BEGINNING;
        }
        let time = self.time.saturating_sub(before.time);
        let turns = self.turns.saturating_sub(before.turns).max(1);
        let turns = u32::try_from(turns).unwrap_or(u32::MAX);
        time.min(others.max(time * 3 / turns))
    }
}

/// A process that is forked is put behind those that are ready, and has turns to take until
/// it comes to what it is for.
const TURNS_OF_A_BEGINNING: u32 = 3;

#[cfg(test)]
mod tests {
    use super::*;

    fn queued(millis: u64, turns: u64) -> Queued {
        Queued {
            time: Duration::from_millis(millis),
            turns,
            threads: 7,
            main: Duration::ZERO,
        }
    }

    #[test]
    fn what_a_thread_waited_for_that_has_ended_is_not_forgotten() {
        let ms = Duration::from_millis;
        let mut waited = Waited::since(OfEach::from([(1, ms(10)), (2, ms(5))]));
        let first = waited.looked + BETWEEN_LOOKS;
        waited.look_at(first, || {
            OfEach::from([(1, ms(12)), (2, ms(35)), (3, ms(4))])
        });
        waited.look_at(first + ms(1), || unreachable!("not yet"));
        waited.look_at(first + BETWEEN_LOOKS, || OfEach::from([(1, ms(13))]));
        assert_eq!(waited.time(), ms(3 + 30 + 4));
    }

    #[test]
    fn one_late_turn_is_as_late_as_all_together() {
        let late = queued(108, 11).late_since(queued(100, 10), Duration::from_millis(50));
        assert_eq!(late, Duration::from_millis(8));
    }

    #[test]
    fn of_a_thread_that_is_gone_nothing_is_known() {
        let others = Duration::from_millis(50);
        let gone = Queued {
            threads: 0,
            ..queued(100, 10)
        };
        assert_eq!(gone.late_since(queued(100, 10), others), others * 3);
    }

    #[test]
    fn of_many_turns_none_is_as_late_as_all_together() {
        let late = |others| queued(200, 110).late_since(queued(100, 10), others);
        assert_eq!(late(Duration::ZERO), Duration::from_millis(3));
        let others = Duration::from_millis(40);
        assert_eq!(late(others), others);
    }

    #[test]
    fn who_is_ready_and_gets_no_turn_starves() {
        let start = Instant::now();
        let at = |millis| start + Duration::from_millis(millis);
        let turns = |ran, ready| Turns {
            ran: Duration::from_millis(ran),
            ready,
        };
        let seen = [
            (at(0), turns(5, true)),
            (at(100), turns(5, true)),
            (at(200), turns(6, true)),
            (at(300), turns(6, false)),
            (at(400), turns(6, false)),
        ];
        let times = seen.iter().scan(Starving::default(), |starving, seen| {
            *starving = starving.after(seen.0, seen.1);
            Some(starving.time.as_millis())
        });
        assert_eq!(times.collect::<Vec<_>>(), [0, 100, 100, 100, 100]);
    }
}
