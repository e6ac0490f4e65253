//! How long a scenario waits for the next sign of its programs: longer for an interpreter
//! that starts, and hardly at all for a step that is not written or a flood.

use crate::deadline::{LAST_WORDS, Looking, PART, Pauses, STARTING, patience, watch_with};
use crate::judge::stage::Stage;
use crate::process::queued::Turns;
use std::ops::Add;
use std::time::{Duration, Instant};

/// A program that prints without end makes the machine slow for all others, and nothing else.
const FLOODED: Duration = Duration::from_secs(1);

impl Stage {
    /// How long to wait for the next sign of a program: on a machine that is slow, as much
    /// longer as its programs had to wait for a processor so far, at most three times as
    /// long; and longer by the wait that is due.
    fn patience(&self) -> Duration {
        let limit = if self.heard.get() || !self.lesson.is_interpreted() {
            patience()
        } else {
            STARTING
        };
        let without_a_turn = self.queued().time + self.starving.get().time;
        self.due.before_the_next_sign() + limit + without_a_turn.min(limit * 2)
    }

    fn sees_who_starves(&self) {
        let programs = self.programs.borrow();
        let all = programs.iter().map(|program| program.turns());
        let turns = all.fold(Turns::default(), Turns::add);
        let starving = self.starving.get();
        self.starving.set(starving.after(Instant::now(), turns));
    }

    /// Is it in vain to wait any longer, after `waited` without a sign? A step that the
    /// scenario needs and that is not written does not answer later either.
    pub(crate) fn in_vain(&self, waited: Duration) -> bool {
        if waited >= LAST_WORDS {
            self.sees_who_starves();
        }
        waited >= patience() && waited >= self.patience()
            || waited >= LAST_WORDS && self.meets_an_unwritten_step()
            || waited >= FLOODED && self.is_flooded()
    }

    /// Does a program print more than anybody reads?
    pub(crate) fn is_flooded(&self) -> bool {
        let programs = self.programs.borrow();
        let mut outlets = programs.iter().flat_map(|it| [&it.stdout, &it.stderr]);
        outlets.any(|outlet| outlet.flooded())
    }

    pub(crate) fn meets_an_unwritten_step(&self) -> bool {
        let programs = self.programs.borrow();
        programs
            .iter()
            .any(|program| self.unwritten.is_met(&program.stderr.text(), self.step))
    }

    /// Looks at `seen` until it gives a value, or it is in vain.
    pub(crate) fn watch<T>(&self, mut seen: impl FnMut() -> Option<T>) -> Option<T> {
        let (mut looking, pauses) = (Looking::begin(), Pauses::begin());
        while !self.in_vain(looking.time()) {
            if let Some(value) = watch_with(&pauses, PART, &mut seen) {
                return Some(value);
            }
        }
        None
    }

    /// A program has printed a line, connected, or sent something.
    pub(crate) fn hears_of_a_program(&self) {
        self.heard.set(true);
    }
}
