//! How often scenarios passed, and how often they did not, with the same steps of the
//! solution; and which of that may be relied on.

use crate::explain::trial::programs::Steps;
use probe::{Report, Verdict};
use std::collections::BTreeMap;
use std::time::Duration;

/// How long a trial may take that a learner waits for, beside the waits that are due in it: one
/// that passes takes as long as the solution, and one that hangs need not be waited for.
pub const LONGEST: Duration = Duration::from_millis(900);

/// What a program that starts may take longer at one time than at another.
const A_LITTLE: Duration = Duration::from_millis(100);

/// What became of one scenario with the same programs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tally {
    passed: u32,
    failed: u32,
}

/// All trials so far. No steps at all are the learner's own programs, once more.
#[derive(Debug, Default)]
pub struct Tallies {
    of: BTreeMap<Steps, BTreeMap<String, Tally>>,
    /// How long the longest trial took in which all passed.
    took: Duration,
}

/// What is known of one scenario.
#[derive(Debug, PartialEq, Eq)]
pub enum Known {
    /// The learner's own programs have passed it, too.
    Sometimes,
    /// With the same steps it passed and failed.
    Nothing,
    /// Whether it passes, with each of these steps of the solution.
    Outcomes(BTreeMap<Steps, bool>),
}

impl Tally {
    fn wavers(self) -> bool {
        self.passed > 0 && self.failed > 0
    }

    /// `None` where it was only cut off, and that says nothing. One that is slow may pass when
    /// it is tried again; one that has failed may not.
    fn passes(self, slow: bool) -> Option<bool> {
        match self {
            Self { passed: 1.., .. } => Some(true),
            Self { failed: 1.., .. } => Some(false),
            _ => (!slow).then_some(false),
        }
    }
}

impl Tallies {
    /// One trial of `scenarios` with these steps, and how long it took.
    pub fn add(&mut self, steps: &Steps, scenarios: &[String], reports: &[Report], took: Duration) {
        let passed = |name: &String| {
            let mut reports = reports.iter();
            reports.any(|it| it.scenario == *name && it.verdict == Verdict::Passed)
        };
        if scenarios.iter().all(passed) {
            self.took = self.took.max(took);
        }
        let tallies = self.of.entry(steps.clone()).or_default();
        for name in scenarios {
            let tally = tallies.entry(name.clone()).or_default();
            let mut reports = reports.iter();
            let report = reports.find(|report| report.scenario == *name);
            match report.map(|report| report.verdict) {
                Some(Verdict::Passed) => tally.passed += 1,
                Some(verdict) if verdict.is_a_failure() => tally.failed += 1,
                Some(Verdict::NotWrittenYet) => tally.failed += 1,
                // It was not judged before its trial was cut off, or could not be.
                _ => {}
            }
        }
    }

    /// How long to wait for another that passes, at most `longest`; one that is cut off for this
    /// counts as slow.
    pub fn long_enough(&self, longest: Duration) -> Duration {
        if self.took.is_zero() {
            return longest;
        }
        longest.min(3 * self.took + A_LITTLE)
    }

    /// Did it pass with one of the steps alone?
    pub fn passed_with_one(&self, scenario: &str) -> bool {
        self.passing(scenario).any(|steps| steps.len() == 1)
    }

    /// The steps of the solution with which it passed at least once.
    pub fn passing(&self, scenario: &str) -> impl Iterator<Item = &Steps> {
        let passed = move |tallies: &BTreeMap<String, Tally>| {
            tallies.get(scenario).is_some_and(|tally| tally.passed > 0)
        };
        let all = self.of.iter().filter(|(steps, _)| !steps.is_empty());
        all.filter(move |(_, tallies)| passed(tallies))
            .map(|(steps, _)| steps)
    }

    /// Was a trial with these steps cut off, so that nothing is known of one of its scenarios?
    pub fn was_cut_off(&self, steps: &Steps) -> bool {
        let tallies = self.of.get(steps);
        tallies.is_some_and(|of| of.values().any(|one| *one == Tally::default()))
    }

    /// What would have passed was cut off after `longest`.
    pub fn takes_at_least(&mut self, longest: Duration) {
        self.took = self.took.max(longest);
    }

    /// When to cut further trials off, where the first were cut off after `longest`.
    pub fn enough_after(&self, longest: Duration) -> Duration {
        if self.is_slow(longest) {
            3 * longest
        } else {
            longest
        }
    }

    fn is_slow(&self, longest: Duration) -> bool {
        self.took + LONGEST / 4 > longest
    }

    /// `longest` is when the last trials were cut off. Where one that passes takes almost as long, nothing
    /// is known of those that were.
    pub fn known(&self, scenario: &str, longest: Duration) -> Known {
        let slow = self.is_slow(longest);
        let mut outcomes = BTreeMap::new();
        let mut wavers = false;
        for (steps, tallies) in &self.of {
            let Some(tally) = tallies.get(scenario) else {
                continue;
            };
            if steps.is_empty() {
                if tally.passed > 0 {
                    return Known::Sometimes;
                }
                continue;
            }
            wavers |= tally.wavers();
            outcomes.extend(tally.passes(slow).map(|it| (steps.clone(), it)));
        }
        if wavers {
            Known::Nothing
        } else {
            Known::Outcomes(outcomes)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCENARIO: &str = "ends";
    const TOOK: Duration = Duration::from_millis(50);

    /// Trials of one scenario: the steps, and the verdict, or `None` where it was cut off.
    fn of(trials: &[(&[u32], Option<Verdict>)]) -> Tallies {
        let mut tallies = Tallies::default();
        for (steps, verdict) in trials {
            let report = verdict.map(|verdict| Report::new(SCENARIO, 1, verdict));
            let steps = steps.iter().copied().collect();
            let names = [SCENARIO.to_owned()];
            tallies.add(&steps, &names, report.as_slice(), TOOK);
        }
        tallies
    }

    const PASSED: Option<Verdict> = Some(Verdict::Passed);
    const FAILED: Option<Verdict> = Some(Verdict::Differs);

    #[test]
    fn what_passes_with_nothing_changed_shows_nothing_of_a_step() {
        let by_luck = of(&[(&[], FAILED), (&[1], PASSED), (&[3], PASSED), (&[], PASSED)]);
        assert_eq!(by_luck.known(SCENARIO, LONGEST), Known::Sometimes);
    }

    #[test]
    fn what_passes_and_fails_with_the_same_steps_shows_nothing() {
        let by_luck = of(&[(&[], FAILED), (&[1], PASSED), (&[1], FAILED)]);
        assert_eq!(by_luck.known(SCENARIO, LONGEST), Known::Nothing);
    }

    #[test]
    fn what_was_cut_off_has_failed_unless_what_passes_is_as_slow() {
        let trials = [(&[][..], None), (&[1], None), (&[2], PASSED)];
        let mut tallies = of(&trials);
        let steps = |step| Steps::from([step]);
        let both = BTreeMap::from([(steps(1), false), (steps(2), true)]);
        assert_eq!(tallies.known(SCENARIO, LONGEST), Known::Outcomes(both));
        tallies.took = LONGEST - TOOK;
        let one = BTreeMap::from([(steps(2), true)]);
        assert_eq!(tallies.known(SCENARIO, LONGEST), Known::Outcomes(one));
    }

    #[test]
    fn a_solution_that_was_cut_off_is_slow() {
        let mut tallies = of(&[(&[], FAILED), (&[1], FAILED), (&[1, 2], None)]);
        assert!(!tallies.was_cut_off(&Steps::from([1])));
        assert!(tallies.was_cut_off(&Steps::from([1, 2])));
        assert_eq!(tallies.enough_after(LONGEST), LONGEST);
        tallies.takes_at_least(LONGEST);
        assert_eq!(tallies.enough_after(LONGEST), 3 * LONGEST);
    }

    #[test]
    fn where_no_trial_has_passed_whole_nothing_is_known_of_how_long_one_takes() {
        let failed = of(&[(&[], FAILED), (&[1], FAILED)]);
        assert_eq!(failed.long_enough(LONGEST), LONGEST);
        let passed = of(&[(&[], FAILED), (&[1], PASSED)]);
        assert_eq!(passed.long_enough(LONGEST), 3 * TOOK + A_LITTLE);
    }

    #[test]
    fn what_was_cut_off_once_and_then_passed_passes() {
        let tallies = of(&[
            (&[], FAILED),
            (&[2], None),
            (&[2], PASSED),
            (&[1, 2], PASSED),
        ]);
        assert!(tallies.passed_with_one(SCENARIO));
        let passing: Vec<_> = tallies.passing(SCENARIO).cloned().collect();
        assert_eq!(passing, [Steps::from([1, 2]), Steps::from([2])]);
    }
}
