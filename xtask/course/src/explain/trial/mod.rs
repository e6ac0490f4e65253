//! Whose step it is that a scenario does not pass, by experiment: the learner's program
//! with one step of the solution in place of its own, for each step, and the failing
//! scenarios once more. Nothing is said that no trial has shown.

pub mod exchange;
mod finding;
pub mod folder;
mod programs;
mod tally;

pub use finding::Finding;
pub use programs::Material;
pub use tally::LONGEST;

use crate::explain::trial::exchange::Own;
use crate::lesson::written::Written;
use crate::scenarios::binary::{self, Scenarios, Told, Until};
use crate::side_by_side;
use anyhow::Result;
use finding::found;
use probe::Commands;
use programs::{Built, Steps};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::{Duration, Instant};
use tally::{Known, Tallies};

/// How many trials are made at the same time: most of what they do is to wait.
const SIDE_BY_SIDE: usize = 4;

/// What trials are made with.
pub struct Trials<'a> {
    pub material: Material<'a>,
    pub written: &'a Written,
    /// The lesson's scenarios.
    pub tests: &'a Path,
    /// How long one trial may take.
    pub longest: Duration,
}

impl Trials<'_> {
    /// What is found of `scenarios`, which the learner's program does not pass; one of
    /// which nothing was found is not among them.
    ///
    /// # Errors
    /// The programs could not be built or run: that is nothing that the learner did.
    pub fn of(&self, scenarios: &[String]) -> Result<BTreeMap<String, Finding>> {
        let (lesson, exchange) = (self.material.lesson, self.material.exchange);
        let own = lesson.steps_to_write().into_iter();
        let own: Steps = own.filter(|step| !self.written.lacks(*step)).collect();
        let is = |wanted: Own| move |step: &u32| exchange.own(*step) == wanted;
        let tried: Vec<_> = own.iter().copied().filter(is(Own::Other)).collect();
        let mut wanted: Vec<Steps> = tried.iter().map(|step| Steps::from([*step])).collect();
        if tried.len() > 1 {
            wanted.push(tried.iter().copied().collect());
        }
        let mut tallies = Tallies::default();
        let mut built = vec![Built::of(&self.material, &wanted)?];
        self.run(&built, scenarios, self.longest, &mut tallies)?;
        // Of a step that is not there nothing is known, and so not of what is beside it.
        let known = !own.iter().any(is(Own::NotThere));
        let changed = exchange.changed_of_what_was_given();
        // With every step exchanged it is the solution, which passes.
        let every: Steps = tried.iter().copied().collect();
        if known && changed.is_empty() && tallies.was_cut_off(&every) {
            tallies.takes_at_least(self.longest);
        }
        // What is slow is given more time from here on.
        let longest = tallies.enough_after(self.longest);
        if longest > self.longest {
            self.run(&built, scenarios, longest, &mut tallies)?;
        }
        let unknown = |tallies: &Tallies| -> Vec<String> {
            let unknown = scenarios.iter().filter(|it| !tallies.passed_with_one(it));
            unknown.cloned().collect()
        };
        // What fails may have failed for the machine: it has to fail twice. Where no step alone
        // does, each is left out: is it one of several?
        let mut left = unknown(&tallies);
        if !left.is_empty() {
            self.run(&built, &left, longest, &mut tallies)?;
            left = unknown(&tallies);
        }
        if tried.len() > 2 && !left.is_empty() {
            let without = |step: &u32| tried.iter().copied().filter(|it| it != step).collect();
            let wanted: Vec<_> = tried.iter().map(without).collect();
            let more = [Built::of(&self.material, &wanted)?];
            for _ in 0..2 {
                self.run(&more, &left, longest, &mut tallies)?;
            }
            built.extend(more);
        }
        self.confirm(&built, scenarios, &mut tallies)?;
        let changed = if known { &changed[..] } else { &[] };
        let found = |name: &String| {
            let finding = match tallies.known(name, longest) {
                Known::Sometimes => Finding::Sometimes,
                Known::Nothing => return None,
                Known::Outcomes(trials) => {
                    let others = known && own.len() > 1;
                    found(&trials, &tried, others, changed)?
                }
            };
            Some((name.clone(), finding))
        };
        Ok(scenarios.iter().filter_map(found).collect())
    }

    /// What passed may have passed by luck: it has to do so again, and more often where several
    /// steps alone seem to make it pass; and with nothing changed it must not.
    fn confirm(&self, built: &[Built], scenarios: &[String], tallies: &mut Tallies) -> Result<()> {
        let passed = |it: &&String| tallies.passing(it).next().is_some();
        let passed: Vec<_> = scenarios.iter().filter(passed).cloned().collect();
        let passing = passed.iter().flat_map(|it| tallies.passing(it));
        let passing: BTreeSet<_> = passing.cloned().collect();
        let is_doubtful =
            |name: &String| tallies.passing(name).filter(|it| it.len() == 1).count() > 1;
        let rounds = if passed.iter().any(is_doubtful) { 3 } else { 1 };
        let again: Vec<_> = built.iter().map(|built| built.only(&passing)).collect();
        let longest = tallies.long_enough(self.longest);
        for _ in 0..rounds {
            if !passed.is_empty() {
                self.run_each(&again.concat(), &passed, longest, tallies)?;
            }
        }
        Ok(())
    }

    /// Runs `scenarios` once with all that was built.
    fn run(
        &self,
        built: &[Built],
        scenarios: &[String],
        longest: Duration,
        tallies: &mut Tallies,
    ) -> Result<()> {
        let all: Vec<_> = built.iter().map(Built::programs).collect();
        self.run_each(&all.concat(), scenarios, longest, tallies)
    }

    /// Runs `scenarios` once with each of these programs, and with the learner's own as they are.
    fn run_each(
        &self,
        programs: &[(&Steps, &Commands)],
        scenarios: &[String],
        longest: Duration,
        tallies: &mut Tallies,
    ) -> Result<()> {
        let nothing = Steps::new();
        let own = [(&nothing, self.material.programs)];
        let run = |(steps, programs): &(&Steps, &Commands)| {
            let told = Told {
                commands: Some(programs),
                written: Some(self.written),
                ..Told::default()
            };
            let only = Scenarios::Only(scenarios);
            let begun = Instant::now();
            let (_, reports) = binary::run(self.tests, told, only, Until::the_end(longest))?;
            Ok::<_, anyhow::Error>((Steps::clone(steps), reports, begun.elapsed()))
        };
        let trials = side_by_side::map(&[programs, &own].concat(), SIDE_BY_SIDE, run);
        for trial in trials {
            let (steps, reports, took) = trial?;
            tallies.add(&steps, scenarios, &reports, took);
        }
        Ok(())
    }
}
