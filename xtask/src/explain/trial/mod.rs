//! Whose step it is that a scenario does not pass, by experiment: the learner's program
//! with one step of the solution in place of its own, for each step, and the failing
//! scenarios once more. Nothing is said that no trial has shown.

pub mod exchange;
mod finding;
pub mod folder;
mod programs;

pub use finding::Finding;
pub use programs::Material;

use crate::explain::trial::exchange::Own;
use crate::lesson::written::Written;
use crate::scenarios::binary::{self, Scenarios, Told, Until};
use crate::side_by_side;
use anyhow::Result;
use finding::found;
use probe::{Commands, Verdict};
use programs::{Built, Steps};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

/// How many trials are made at the same time: most of what they do is to wait.
const SIDE_BY_SIDE: usize = 4;

/// How long a trial may take that a learner waits for, beside the waits that are due in it: one
/// that passes takes as long as the solution, and one that hangs need not be waited for.
pub const LONGEST: Duration = Duration::from_millis(900);

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
        let built = Built::of(&self.material, &wanted)?;
        let mut passed = self.passed(&built, scenarios)?;
        let alone = |steps: &Steps| steps.len() == 1;
        let unknown = |passed: &Outcomes| -> Vec<String> {
            let any = |name: &String| {
                let mut trials = passed.iter();
                trials.any(|(steps, names)| alone(steps) && names.contains(name))
            };
            scenarios
                .iter()
                .filter(|name| !any(name))
                .cloned()
                .collect()
        };
        // Where no step alone does, each is left out once: is it one of several?
        let mut left = unknown(&passed);
        if !left.is_empty() {
            self.again(&built, &left, &mut passed)?;
            left = unknown(&passed);
        }
        if tried.len() > 2 && !left.is_empty() {
            let without = |step: &u32| tried.iter().copied().filter(|it| it != step).collect();
            let wanted: Vec<_> = tried.iter().map(without).collect();
            let built = Built::of(&self.material, &wanted)?;
            let mut more = self.passed(&built, &left)?;
            self.again(&built, &left, &mut more)?;
            passed.extend(more);
        }
        // Of a step that is not there nothing is known, and so not of what is beside it.
        let known = !own.iter().any(is(Own::NotThere));
        let changed = exchange.changed_of_what_was_given();
        let changed = if known { &changed[..] } else { &[] };
        let found = |name: &String| {
            let trials = passed.iter();
            let trials = trials.map(|(steps, names)| (steps.clone(), names.contains(name)));
            let others = known && own.len() > 1;
            let finding = found(&trials.collect(), &tried, others, changed)?;
            Some((name.clone(), finding))
        };
        Ok(scenarios.iter().filter_map(found).collect())
    }

    /// What fails may have failed for the machine, and no sentence may be made of that: it
    /// has to fail twice.
    fn again(&self, built: &Built, scenarios: &[String], passed: &mut Outcomes) -> Result<()> {
        for (steps, more) in self.passed(built, scenarios)? {
            passed.entry(steps).or_default().extend(more);
        }
        Ok(())
    }

    /// Which of `scenarios` pass with the solution's steps, for each of those that were
    /// built.
    fn passed(&self, built: &Built, scenarios: &[String]) -> Result<Outcomes> {
        let run = |(steps, programs): &(&Steps, &Commands)| {
            let told = Told {
                commands: Some(programs),
                written: Some(self.written),
            };
            let (_, reports) = binary::run(
                self.tests,
                told,
                Scenarios::Only(scenarios),
                Until::the_end(self.longest),
            )?;
            let passed = reports
                .into_iter()
                .filter(|it| it.verdict == Verdict::Passed);
            Ok((
                (*steps).clone(),
                passed.map(|report| report.scenario).collect(),
            ))
        };
        side_by_side::map(&built.programs(), SIDE_BY_SIDE, run)
            .into_iter()
            .collect()
    }
}

/// The scenarios that passed with these steps of the solution.
type Outcomes = BTreeMap<Steps, BTreeSet<String>>;
