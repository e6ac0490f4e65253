//! What follows from the trials of one scenario. A pure function.

use crate::lesson::definition::Mistake;
use std::collections::{BTreeMap, BTreeSet};

/// Why a scenario does not pass, as far as trials have shown it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// With the solution's step in place of the learner's it passes, and with no other's.
    Step(u32),
    /// With any one of these it passes.
    AnyOf(Vec<u32>),
    /// With the solution's steps it passes, but not without each of these.
    AllOf(Vec<u32>),
    /// With no step of the solution it passes, not even with all of them; these of the
    /// functions and constants that were given are not as the starter has them.
    Given(Vec<String>),
    /// The very program has passed it when it was tried once more: it is another time another
    /// way, and what was tried shows nothing of a step.
    Sometimes,
}

impl Finding {
    /// The steps in which there is something to mend.
    pub fn steps(&self) -> &[u32] {
        match self {
            Self::Step(step) => std::slice::from_ref(step),
            Self::AnyOf(steps) | Self::AllOf(steps) => steps,
            Self::Given(_) | Self::Sometimes => &[],
        }
    }

    /// May it be this mistake, as far as the trials go?
    pub fn allows(&self, mistake: &Mistake) -> bool {
        let own = mistake.steps();
        match self {
            Self::Step(step) => own.contains(step),
            Self::AnyOf(steps) => steps.iter().any(|step| own.contains(step)),
            Self::AllOf(steps) => steps.iter().all(|step| own.contains(step)),
            Self::Given(_) | Self::Sometimes => false,
        }
    }
}

/// What `trials`, the solution's steps and whether the scenario passed with them, say, of
/// the steps `tried`. `others` is whether there are more written steps, and none that could
/// not be tried: those that are the solution's already need no trial. `changed` of what was
/// given.
pub fn found(
    trials: &BTreeMap<BTreeSet<u32>, bool>,
    tried: &[u32],
    others: bool,
    changed: &[String],
) -> Option<Finding> {
    let outcome = |steps: &BTreeSet<u32>| trials.get(steps).copied();
    let alone = |step: u32| outcome(&BTreeSet::from([step]));
    let passing: Vec<_> = tried
        .iter()
        .copied()
        .filter(|it| alone(*it) == Some(true))
        .collect();
    match passing.as_slice() {
        [] => {}
        // One that does not compile in place may be another.
        [one] if others && tried.iter().all(|step| alone(*step).is_some()) => {
            return Some(Finding::Step(*one));
        }
        several => return Some(Finding::AnyOf(several.to_vec())),
    }
    let all: BTreeSet<_> = tried.iter().copied().collect();
    if !all.is_empty() && outcome(&all)? {
        let without = |step: u32| all.iter().copied().filter(|it| *it != step).collect();
        let needed = tried
            .iter()
            .copied()
            .filter(|it| outcome(&without(*it)) == Some(false));
        let needed: Vec<_> = needed.collect();
        return (needed.len() > 1).then_some(Finding::AllOf(needed));
    }
    (!changed.is_empty()).then(|| Finding::Given(changed.to_vec()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The trials with these steps pass, and the others of `wanted` do not.
    fn of(tried: &[u32], wanted: &[&[u32]], passing: &[&[u32]]) -> Option<Finding> {
        let trial = |steps: &&[u32]| (steps.iter().copied().collect(), passing.contains(steps));
        found(&wanted.iter().map(trial).collect(), tried, true, &[])
    }

    #[test]
    fn the_step_with_which_it_passes_is_at_fault() {
        let wanted: [&[u32]; 4] = [&[1], &[2], &[3], &[1, 2, 3]];
        let tried = [1, 2, 3];
        assert_eq!(
            of(&tried, &wanted, &[&[2], &[1, 2, 3]]),
            Some(Finding::Step(2))
        );
        assert_eq!(
            of(&tried, &wanted, &[&[2], &[3], &[1, 2, 3]]),
            Some(Finding::AnyOf(vec![2, 3]))
        );
    }

    #[test]
    fn a_step_that_was_not_tried_may_be_another() {
        let wanted: [&[u32]; 2] = [&[1], &[3]];
        let found = of(&[1, 2, 3], &wanted, &[&[3]]);
        assert_eq!(found, Some(Finding::AnyOf(vec![3])));
    }

    #[test]
    fn where_one_step_is_written_nothing_is_said_of_others() {
        let trials = BTreeMap::from([(BTreeSet::from([1]), true)]);
        let told = |others| found(&trials, &[1], others, &[]);
        assert_eq!(told(false), Some(Finding::AnyOf(vec![1])));
        assert_eq!(
            told(true),
            Some(Finding::Step(1)),
            "the others are the solution's"
        );
    }

    #[test]
    fn two_steps_are_found_by_leaving_each_out() {
        let all: [&[u32]; 7] = [&[1], &[2], &[3], &[1, 2, 3], &[2, 3], &[1, 3], &[1, 2]];
        let found = of(&[1, 2, 3], &all, &[&[1, 2, 3], &[1, 3]]);
        assert_eq!(found, Some(Finding::AllOf(vec![1, 3])));
        let two: [&[u32]; 3] = [&[1], &[2], &[1, 2]];
        let found = of(&[1, 2], &two, &[&[1, 2]]);
        assert_eq!(found, Some(Finding::AllOf(vec![1, 2])));
    }

    #[test]
    fn what_no_trial_shows_is_not_said() {
        let wanted: [&[u32]; 3] = [&[1], &[2], &[1, 2]];
        assert_eq!(of(&[1, 2], &wanted, &[]), None);
        assert_eq!(of(&[1, 2], &[], &[]), None);
        assert_eq!(of(&[], &[], &[]), None);
        let trials = wanted
            .iter()
            .map(|it| (it.iter().copied().collect(), false));
        let changed = ["listener".to_owned()];
        assert_eq!(
            found(&trials.collect(), &[1, 2], true, &changed),
            Some(Finding::Given(changed.to_vec()))
        );
    }
}
