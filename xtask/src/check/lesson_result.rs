//! What a check found of one lesson, step by step.

use crate::check::step_result::{ScenarioResult, StepResult};
use crate::explain::gloss::Glosses;
use crate::explain::reason;
use crate::explain::trial::Finding;
use crate::lang::Lang;
use crate::lesson::definition::Lesson;
use crate::lesson::written::Written;
use crate::status::Status;
use probe::{Reason, Verdict};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// The result of one lesson.
pub struct LessonResult<'a> {
    pub lesson: &'a Lesson,
    pub steps: Vec<StepResult>,
    /// The one step that was asked for; beside it there may be the one that is at fault.
    pub alone: Option<u32>,
    /// The compiler's errors, as rustc prints them; then nothing ran.
    pub errors: Vec<String>,
    /// How many errors there are beside these.
    pub more_errors: usize,
    /// What of the course itself was changed: the verdict may come of it.
    pub changed: Option<String>,
    /// The compiler's warnings, for `--verbose`.
    pub warnings: Vec<String>,
    /// The functions in which the steps stand; none where they were not looked for.
    pub functions: BTreeMap<u32, String>,
    /// What the programs' lines say; nothing where that is not shown.
    pub glosses: Glosses,
    /// Commands were checked, and not the learner's own files.
    pub of_commands: bool,
    /// The command that plays the peer of the scenario that is told, where one peer can.
    pub by_hand: Option<String>,
    /// The lesson to go on with.
    pub next: Option<String>,
    /// From the end of the build to the verdict.
    pub took: Duration,
    /// The book was printed, in the reader's language.
    pub book_is_there: bool,
    /// Why the lesson could not be checked at all.
    pub unable: Option<Unable>,
}

/// Why a lesson could not be checked.
pub enum Unable {
    /// Before any scenario ran, in a sentence.
    Lesson(String),
    /// A scenario says so.
    Scenario { scenario: String, reason: Reason },
    /// The run ended before all scenarios had, in a sentence; what has been seen stands.
    Rest(String),
}

impl<'a> LessonResult<'a> {
    /// Every step with the same verdict, because nothing ran; but those that are not
    /// `written`.
    pub fn nothing_ran(lesson: &'a Lesson, verdict: Verdict, written: Option<&Written>) -> Self {
        let step = |(number, _)| {
            let lacks = written.is_some_and(|written| written.lacks(number));
            let verdict = if lacks {
                Verdict::NotWrittenYet
            } else {
                verdict
            };
            StepResult::new(number, verdict)
        };
        let steps = lesson.numbered_steps().map(step).collect();
        Self {
            lesson,
            steps,
            alone: None,
            errors: Vec::new(),
            more_errors: 0,
            changed: None,
            warnings: Vec::new(),
            functions: BTreeMap::new(),
            glosses: Glosses::default(),
            of_commands: false,
            by_hand: None,
            next: None,
            took: Duration::ZERO,
            book_is_there: false,
            unable: None,
        }
    }

    /// `written` is what the source says, where it is the learner's own.
    pub fn of_scenarios(
        lesson: &'a Lesson,
        scenarios: Vec<ScenarioResult>,
        warnings: Vec<String>,
        written: Option<&Written>,
    ) -> Self {
        let mut steps: Vec<_> = lesson
            .numbered_steps()
            .map(|(number, _)| StepResult::new(number, Verdict::Skipped))
            .collect();
        let mut unable = None;
        for scenario in scenarios {
            let report = &scenario.report;
            if let (Verdict::Broken, None, Some(reason)) = (report.verdict, &unable, &report.reason)
            {
                unable = Some(Unable::Scenario {
                    scenario: report.scenario.clone(),
                    reason: reason.clone(),
                });
            }
            let owner = scenario.belongs_to();
            if let Some(step) = steps.iter_mut().find(|step| step.number == report.step)
                && owner != step.number
                && step.held_up_by.is_none()
            {
                step.held_up_by.clone_from(&scenario.finding);
            }
            if let Some(step) = steps.iter_mut().find(|step| step.number == owner) {
                step.verdict = step.verdict.max(report.verdict);
                step.scenarios.push(scenario);
            }
        }
        // Those of a program that is not being checked.
        steps.retain(|step| !step.scenarios.is_empty() || step.held_up_by.is_some());
        for step in &mut steps {
            step.is_not_seen_without_its_subject(lesson);
        }
        match written {
            Some(written) => steps.iter_mut().for_each(|step| step.follow(written)),
            None => wait_for_unwritten_steps(lesson, &mut steps),
        }
        Self {
            lesson,
            steps,
            alone: None,
            errors: Vec::new(),
            more_errors: 0,
            changed: None,
            warnings,
            functions: BTreeMap::new(),
            glosses: Glosses::default(),
            of_commands: false,
            by_hand: None,
            next: None,
            took: Duration::ZERO,
            book_is_there: false,
            unable,
        }
    }

    /// Of this step alone, where one was asked for; where nothing ran, all have the same
    /// verdict.
    pub fn of_step(mut self, step: Option<u32>) -> Self {
        let ran = |it: &StepResult| !it.scenarios.is_empty() || it.held_up_by.is_some();
        let any_ran = self.steps.iter().any(ran);
        let is_meant = |it: &StepResult| any_ran || step.is_none_or(|step| step == it.number);
        self.steps.retain(is_meant);
        self.alone = step;
        self
    }

    /// Nothing that could be seen is missing.
    pub fn passed(&self) -> bool {
        self.unable.is_none() && self.steps.iter().all(StepResult::is_done)
    }

    /// The steps that trials have shown to be at fault.
    pub fn at_fault(&self) -> Vec<u32> {
        let all = self.steps.iter().flat_map(|step| &step.scenarios);
        let findings = all.filter_map(|scenario| scenario.finding.as_ref());
        let steps: BTreeSet<_> = findings.flat_map(Finding::steps).copied().collect();
        steps.into_iter().collect()
    }

    /// The scenarios that this system does not let be seen.
    pub fn skipped(&self) -> impl Iterator<Item = &ScenarioResult> {
        let all = self.steps.iter().flat_map(|step| &step.scenarios);
        all.filter(|scenario| scenario.report.verdict == Verdict::Skipped)
    }

    pub fn status(&self) -> Status {
        let fails = self.steps.iter().any(StepResult::fails_for_certain);
        match (&self.unable, self.passed()) {
            // What is wrong for certain is wrong, whatever else could not be seen.
            (Some(Unable::Scenario { .. } | Unable::Rest(_)), _) if fails => Status::NotYet,
            (Some(_), _) => Status::Unable,
            (None, true) => Status::Passed,
            (None, false) => Status::NotYet,
        }
    }

    /// The scenario that is told in full: that of the first step to mend which fails.
    pub fn told(&self) -> Option<(&StepResult, &ScenarioResult)> {
        let current = self.current_step()?;
        let step = self.steps.iter().find(|step| step.number == current)?;
        Some((step, step.telling_scenario()?))
    }

    /// The first step at which there is something left to do.
    pub fn current_step(&self) -> Option<u32> {
        if self.unable.is_some()
            && let Some(step) = self.steps.iter().find(|step| step.fails_for_certain())
        {
            return Some(step.number);
        }
        let mut left = self.steps.iter().filter(|step| !step.is_done());
        let first = left.find(|step| step.held_up_by.is_none() || step.fails());
        first.map(|step| step.number)
    }
}

impl Unable {
    /// In a sentence.
    pub fn sentence(&self, lang: Lang) -> String {
        match self {
            Self::Lesson(sentence) | Self::Rest(sentence) => sentence.clone(),
            Self::Scenario { scenario, reason } => {
                format!("{scenario}: {}", reason::sentence(reason, lang))
            }
        }
    }
}

/// Without a source, what passes while an earlier step of the same program says that it is
/// not written may pass because nothing gets that far.
fn wait_for_unwritten_steps(lesson: &Lesson, steps: &mut [StepResult]) {
    let program = |number: u32| {
        let mut all = lesson.numbered_steps();
        all.find(|(own, _)| *own == number)
            .map(|(_, step)| &step.program)
    };
    let mut unwritten = Vec::new();
    for step in steps {
        let program = program(step.number);
        if unwritten.contains(&program) && step.verdict == Verdict::Passed {
            step.verdict = Verdict::NotWrittenYet;
        }
        if step.verdict == Verdict::NotWrittenYet {
            unwritten.push(program);
        }
    }
}

#[cfg(test)]
mod tests;
