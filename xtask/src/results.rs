//! What a check found of one lesson, step by step.

use crate::explain::Explanation;
use crate::lesson::Lesson;
use crate::waiting::Waiting;
use probe::{Report, Verdict};

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
    /// Commands were checked, and not the learner's own files.
    pub of_commands: bool,
    /// Why the lesson could not be checked at all.
    pub unable: Option<String>,
}

pub struct StepResult {
    pub number: u32,
    pub verdict: Verdict,
    pub scenarios: Vec<ScenarioResult>,
}

pub struct ScenarioResult {
    pub report: Report,
    /// For a scenario that did not pass.
    pub explanation: Option<Explanation>,
    /// For one that hung, where the system shows it.
    pub waiting: Option<Waiting>,
}

/// The exit status: a check that could not be made outweighs one not passed.
pub const PASSED: u8 = 0;
pub const NOT_YET: u8 = 1;
pub const UNABLE: u8 = 3;

impl<'a> LessonResult<'a> {
    /// Every step with the same verdict, because nothing ran.
    pub fn nothing_ran(lesson: &'a Lesson, verdict: Verdict) -> Self {
        let step = |(number, _)| StepResult {
            number,
            verdict,
            scenarios: Vec::new(),
        };
        let steps = lesson.numbered_steps().map(step).collect();
        Self {
            lesson,
            steps,
            errors: Vec::new(),
            more_errors: 0,
            changed: None,
            warnings: Vec::new(),
            of_commands: false,
            unable: None,
        }
    }

    pub fn of_scenarios(
        lesson: &'a Lesson,
        scenarios: Vec<ScenarioResult>,
        warnings: Vec<String>,
    ) -> Self {
        let mut steps: Vec<_> = lesson
            .numbered_steps()
            .map(|(number, _)| StepResult {
                number,
                verdict: Verdict::Skipped,
                scenarios: Vec::new(),
            })
            .collect();
        let mut unable = None;
        for scenario in scenarios {
            let report = &scenario.report;
            if report.verdict == Verdict::Broken && unable.is_none() {
                unable = Some(format!(
                    "{}: {}",
                    report.scenario,
                    report.reason.clone().unwrap_or_default()
                ));
            }
            if let Some(step) = steps.iter_mut().find(|step| step.number == report.step) {
                step.verdict = step.verdict.max(report.verdict);
                step.scenarios.push(scenario);
            }
        }
        // Those of a program that is not being checked.
        steps.retain(|step| !step.scenarios.is_empty());
        wait_for_unwritten_steps(lesson, &mut steps);
        Self {
            lesson,
            steps,
            errors: Vec::new(),
            more_errors: 0,
            changed: None,
            warnings,
            of_commands: false,
            unable,
        }
    }

    pub fn passed(&self) -> bool {
        self.unable.is_none() && self.steps.iter().all(StepResult::passed)
    }

    pub fn status(&self) -> u8 {
        match (&self.unable, self.passed()) {
            (Some(_), _) => UNABLE,
            (None, true) => PASSED,
            (None, false) => NOT_YET,
        }
    }

    /// The first step that did not pass.
    pub fn current_step(&self) -> Option<u32> {
        self.steps
            .iter()
            .find(|step| !step.passed())
            .map(|step| step.number)
    }
}

/// What passes while an earlier step of the same program is not written passes because
/// nothing gets that far.
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

impl StepResult {
    pub fn passed(&self) -> bool {
        matches!(self.verdict, Verdict::Passed | Verdict::Skipped)
    }

    /// The failing scenario to show in full: one whose reason is known, if any is.
    pub fn telling_scenario(&self) -> Option<&ScenarioResult> {
        let failed = || self.scenarios.iter().filter(|scenario| scenario.failed());
        let known = |scenario: &&ScenarioResult| {
            scenario
                .explanation
                .as_ref()
                .is_some_and(|why| why.mistake.is_some())
        };
        failed().find(known).or_else(|| failed().next())
    }
}

impl ScenarioResult {
    pub fn failed(&self) -> bool {
        !matches!(
            self.report.verdict,
            Verdict::Passed | Verdict::Skipped | Verdict::NotWrittenYet
        )
    }
}
