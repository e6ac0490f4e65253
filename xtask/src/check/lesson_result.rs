//! What a check found of one lesson, step by step.

use crate::check::step_result::{ScenarioResult, StepResult};
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
            errors: Vec::new(),
            more_errors: 0,
            changed: None,
            warnings: Vec::new(),
            functions: BTreeMap::new(),
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
            if let Some(step) = steps.iter_mut().find(|step| step.number == report.step) {
                step.held_up_by = step.held_up_by.or(owner.filter(|it| *it != step.number));
            }
            let owner = owner.unwrap_or(report.step);
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
            errors: Vec::new(),
            more_errors: 0,
            changed: None,
            warnings,
            functions: BTreeMap::new(),
            of_commands: false,
            by_hand: None,
            next: None,
            took: Duration::ZERO,
            book_is_there: false,
            unable,
        }
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
        match (&self.unable, self.passed()) {
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
        let mut left = self.steps.iter().filter(|step| !step.is_done());
        let first = left.find(|step| step.held_up_by.is_none() || step.fails());
        first.map(|step| step.number)
    }
}

impl Unable {
    /// In a sentence.
    pub fn sentence(&self, lang: Lang) -> String {
        match self {
            Self::Lesson(sentence) => sentence.clone(),
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
mod tests {
    use super::*;
    use crate::lang::Text;
    use crate::lesson::definition::Step;
    use crate::lesson::starter::Sources;
    use crate::lesson::workspace::Workspace;
    use Verdict::{Broken, Crashed, Differs, Hung, NotWrittenYet, Passed, Skipped};
    use probe::Report;

    /// The verdicts of a lesson's scenarios, by step; a scenario is named after its place.
    fn result<'a>(
        lesson: &'a Lesson,
        verdicts: &[(u32, Verdict)],
        written: Option<&Written>,
    ) -> LessonResult<'a> {
        let scenario = |(index, (step, verdict)): (usize, &(u32, Verdict))| {
            let mut report = Report::new(&format!("scenario-{index}"), *step, *verdict);
            report.reason = (*verdict == Broken).then_some(Reason::TooBusy);
            if let Some(written) = written {
                written.correct(&mut report);
            }
            ScenarioResult {
                report,
                finding: None,
                explanation: None,
                waiting: None,
            }
        };
        let scenarios = verdicts.iter().enumerate().map(scenario).collect();
        LessonResult::of_scenarios(lesson, scenarios, Vec::new(), written)
    }

    fn lesson(subjects: &[&[&str]]) -> Lesson {
        let text = || Text {
            ko: String::new(),
            en: String::new(),
        };
        let step = |subject: &&[&str]| Step {
            title: text(),
            program: probe::ONLY.to_owned(),
            stub: Some(String::new()),
            unused: Vec::new(),
            task: text(),
            hints: Vec::new(),
            subject: subject.iter().map(|name| (*name).to_owned()).collect(),
        };
        Lesson {
            name: "lesson-98-test".to_owned(),
            title: text(),
            roles: vec![probe::ONLY.to_owned()],
            steps: subjects.iter().map(step).collect(),
            scenarios: BTreeMap::new(),
            mistakes: Vec::new(),
        }
    }

    #[test]
    fn what_was_not_seen_has_not_passed_and_is_no_failure() {
        let lesson = lesson(&[&[], &["scenario-2"], &[]]);
        let result = result(
            &lesson,
            &[
                (1, Skipped),
                (2, Passed),
                (2, Skipped),
                (3, Passed),
                (3, Skipped),
            ],
            None,
        );
        let steps = |wanted: fn(&StepResult) -> bool| {
            let steps = result.steps.iter().filter(|step| wanted(step));
            steps.map(|step| step.number).collect::<Vec<_>>()
        };
        assert_eq!(steps(StepResult::passed), [3]);
        assert_eq!(steps(StepResult::is_done), [1, 2, 3]);
        assert_eq!(steps(StepResult::is_seen_in_part), [2, 3]);
        assert_eq!((result.passed(), result.status()), (true, Status::Passed));
        assert_eq!((result.skipped().count(), result.current_step()), (3, None));
    }

    #[test]
    fn a_failure_outweighs_what_was_not_seen() {
        let lesson = lesson(&[&["scenario-0"]]);
        let result = result(&lesson, &[(1, Skipped), (1, Differs)], None);
        assert_eq!(result.steps[0].verdict, Differs);
        assert_eq!(result.status(), Status::NotYet);
    }

    #[test]
    fn a_scenario_counts_for_the_step_that_is_at_fault() {
        let lesson = lesson(&[&[], &[], &[], &[]]);
        let scenario = |(step, verdict, at_fault): (u32, Verdict, Option<u32>)| ScenarioResult {
            report: Report::new(&format!("of step {step}"), step, verdict),
            finding: at_fault.map(Finding::Step),
            explanation: None,
            waiting: None,
        };
        let scenarios = [
            (1, Differs, Some(3)),
            (2, Passed, None),
            (3, Passed, None),
            (4, Hung, Some(3)),
            (4, Differs, None),
        ];
        let scenarios = scenarios.map(scenario).into();
        let result = LessonResult::of_scenarios(&lesson, scenarios, Vec::new(), None);
        let steps: Vec<_> = result
            .steps
            .iter()
            .map(|step| (step.verdict, step.held_up_by, step.fails(), step.is_done()))
            .collect();
        assert_eq!(
            steps,
            [
                (Skipped, Some(3), false, false),
                (Passed, None, false, true),
                (Hung, None, true, false),
                (Differs, Some(3), true, false),
            ]
        );
        assert_eq!(
            (result.at_fault(), result.current_step()),
            (vec![3], Some(3))
        );
        assert!(!result.passed());
    }

    #[test]
    fn a_step_that_is_not_written_never_fails() {
        let workspace = Workspace::find().unwrap();
        let lesson = workspace.lessons.iter().find(|it| it.topic() == "accept");
        let lesson = lesson.unwrap();
        let sources = Sources::read(&workspace, lesson).unwrap();
        let programs = sources.with_steps_written(lesson, 1);
        let written = Written::of(lesson, &sources, &programs).unwrap();
        for verdict in [Passed, NotWrittenYet, Differs, Crashed, Hung] {
            let result = result(
                lesson,
                &[(1, Passed), (2, verdict), (3, Hung)],
                Some(&written),
            );
            let verdicts: Vec<_> = result.steps.iter().map(|step| step.verdict).collect();
            assert_eq!(verdicts, [Passed, NotWrittenYet, NotWrittenYet]);
            assert!(result.steps[1].telling_scenario().is_none());
            assert_eq!(
                (result.current_step(), result.status()),
                (Some(2), Status::NotYet)
            );
        }
        let result = result(lesson, &[(1, Passed), (2, Broken)], Some(&written));
        assert_eq!(result.status(), Status::Unable);
        let nothing = LessonResult::nothing_ran(lesson, Verdict::DidNotCompile, Some(&written));
        let verdicts: Vec<_> = nothing.steps.iter().map(|step| step.verdict).collect();
        let unwritten = NotWrittenYet;
        assert_eq!(
            verdicts,
            [Verdict::DidNotCompile, unwritten, unwritten, unwritten]
        );
    }
}
