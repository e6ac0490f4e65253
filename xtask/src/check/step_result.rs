//! What a check found of one step, and of one scenario.

use crate::explain::explanation::Explanation;
use crate::explain::trial::Finding;
use crate::explain::waiting::Waiting;
use crate::lesson::definition::Lesson;
use crate::lesson::written::{LeftOver, Written};
use probe::{Report, Verdict};

pub struct StepResult {
    pub number: u32,
    /// The greatest of its scenarios'; [`Verdict::NotWrittenYet`] where the source says so.
    pub verdict: Verdict,
    pub scenarios: Vec<ScenarioResult>,
    /// A line that says that the step is not written, while it is.
    pub left_over: Option<LeftOver>,
    /// The step without which the scenarios of this one, which is written, do not get far.
    pub waits_for: Option<u32>,
    /// What is at fault where a scenario of this one does not pass, and this one has no
    /// share in it.
    pub held_up_by: Option<Finding>,
}

pub struct ScenarioResult {
    pub report: Report,
    /// Whose step it is that it does not pass, where trials have shown it.
    pub finding: Option<Finding>,
    /// For a scenario that did not pass.
    pub explanation: Option<Explanation>,
    /// For one that hung, where the system shows it.
    pub waiting: Option<Waiting>,
}

impl StepResult {
    pub(super) fn new(number: u32, verdict: Verdict) -> Self {
        Self {
            number,
            verdict,
            scenarios: Vec::new(),
            left_over: None,
            waits_for: None,
            held_up_by: None,
        }
    }

    /// Takes over what the source says.
    pub(super) fn follow(&mut self, written: &Written) {
        if written.lacks(self.number) {
            self.verdict = Verdict::NotWrittenYet;
            return;
        }
        self.left_over = written.left_over(self.number).cloned();
        if self.verdict == Verdict::NotWrittenYet {
            let reports = self.scenarios.iter().map(|scenario| &scenario.report);
            self.waits_for = reports.filter_map(|report| written.waits_for(report)).min();
        }
    }

    /// A step whose own subject was skipped has not been seen, though all else passed.
    pub(super) fn is_not_seen_without_its_subject(&mut self, lesson: &Lesson) {
        let subject = lesson.subject_of(self.number);
        let skipped = |scenario: &ScenarioResult| {
            let report = &scenario.report;
            report.verdict == Verdict::Skipped && subject.contains(&report.scenario)
        };
        if self.verdict == Verdict::Passed && self.scenarios.iter().any(skipped) {
            self.verdict = Verdict::Skipped;
        }
    }

    /// It was seen, and is right.
    pub fn passed(&self) -> bool {
        self.is_clear() && self.verdict == Verdict::Passed
    }

    /// Nothing is left to do here: it passed, or could not be seen.
    pub fn is_done(&self) -> bool {
        self.passed() || self.is_clear() && self.verdict == Verdict::Skipped
    }

    fn is_clear(&self) -> bool {
        self.left_over.is_none() && self.held_up_by.is_none()
    }

    /// Is there a scenario that does not pass for this step?
    pub fn fails(&self) -> bool {
        self.scenarios.iter().any(ScenarioResult::failed)
    }

    /// A scenario of it that could be judged does not pass.
    pub fn fails_for_certain(&self) -> bool {
        self.scenarios.iter().any(ScenarioResult::fails_for_certain)
    }

    /// Nothing is known against it but what comes of given code.
    pub fn fails_for_what_was_given(&self) -> bool {
        let mut failed = self.scenarios.iter().filter(|scenario| scenario.failed());
        let given = |scenario: &ScenarioResult| matches!(scenario.finding, Some(Finding::Given(_)));
        self.fails() && failed.all(given)
    }

    /// Something of it was seen, though it counts as skipped.
    pub fn is_seen_in_part(&self) -> bool {
        let seen = |scenario: &ScenarioResult| scenario.report.verdict != Verdict::Skipped;
        self.scenarios.iter().any(seen)
    }

    /// The failing scenario to show in full: the first, for the simplest stand first; or the
    /// one that the words on a mistake are about.
    pub fn telling_scenario(&self) -> Option<&ScenarioResult> {
        let certain = self.fails_for_certain();
        let mut failed = self
            .scenarios
            .iter()
            .filter(|scenario| scenario.failed() && (!certain || scenario.fails_for_certain()));
        let first = failed.clone().next()?;
        let explanation = first.explanation.as_ref();
        let best = explanation.and_then(|explanation| explanation.seen_in.as_ref());
        let best = failed.find(|scenario| Some(&scenario.report.scenario) == best);
        best.or(Some(first))
    }
}

impl ScenarioResult {
    /// The step under which it is told: its own where that has a share in the fault, or
    /// nothing is known of it; else the first in which there is something to mend.
    pub(super) fn belongs_to(&self) -> u32 {
        let own = self.report.step;
        let steps = self.finding.as_ref().map_or(&[][..], Finding::steps);
        match steps.first() {
            Some(first) if !steps.contains(&own) => *first,
            _ => own,
        }
    }

    pub fn fails_for_certain(&self) -> bool {
        self.report.verdict.is_a_failure()
    }

    pub fn failed(&self) -> bool {
        !matches!(
            self.report.verdict,
            Verdict::Passed | Verdict::Skipped | Verdict::NotWrittenYet
        )
    }
}
