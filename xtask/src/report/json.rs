//! The report for graders: one object a lesson, an array of them where there are
//! several.

use super::unseen;
use crate::difference;
use crate::lang::Lang;
use crate::results::{LessonResult, ScenarioResult, StepResult};
use anyhow::Result;
use probe::{Event, Verdict};
use serde::Serialize;

#[derive(Serialize)]
struct Lesson<'a> {
    lesson: &'a str,
    passed: bool,
    /// The steps that trials have shown to be at fault; empty where none was shown.
    at_fault: Vec<u32>,
    steps: Vec<Step<'a>>,
    /// What could not be seen here.
    skipped: Vec<Skipped<'a>>,
    /// The compiler's errors, where it did not compile.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [String],
    /// How many errors there are beside these.
    #[serde(skip_serializing_if = "is_none")]
    more_errors: usize,
    /// What of the course itself was changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    changed: Option<&'a str>,
    /// Why the lesson could not be checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    unable: Option<String>,
}

#[derive(Serialize)]
struct Step<'a> {
    step: u32,
    title: &'a str,
    verdict: Verdict,
    passed: bool,
    /// Where a line says that the step is not written, while it is: `src/main.rs:44`.
    #[serde(skip_serializing_if = "Option::is_none")]
    left_over: Option<&'a str>,
    /// The step that is not written, and that this one needs.
    #[serde(skip_serializing_if = "Option::is_none")]
    waits_for: Option<u32>,
    /// The step that is at fault where this one does not pass.
    #[serde(skip_serializing_if = "Option::is_none")]
    held_up_by: Option<u32>,
    scenarios: Vec<Scenario<'a>>,
}

#[derive(Serialize)]
struct Skipped<'a> {
    step: u32,
    scenario: &'a str,
    reason: String,
}

#[derive(Serialize)]
struct Scenario<'a> {
    name: &'a str,
    step: u32,
    verdict: Verdict,
    expected: Vec<String>,
    actual: Vec<String>,
    explanation: Option<&'a str>,
    /// In what the first different line differs: one fact a sentence.
    facts: Vec<String>,
    /// What each thread of a hung program waited in.
    waiting: &'a [String],
    /// What to do about that.
    advice: Option<&'a str>,
}

pub fn print(results: &[LessonResult<'_>], lang: Lang) -> Result<()> {
    let lessons: Vec<_> = results.iter().map(|result| lesson(result, lang)).collect();
    let json = match lessons.as_slice() {
        [one] => serde_json::to_string_pretty(one)?,
        several => serde_json::to_string_pretty(several)?,
    };
    crate::say!("{json}");
    Ok(())
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_none(count: &usize) -> bool {
    *count == 0
}

fn lesson<'a>(result: &'a LessonResult<'a>, lang: Lang) -> Lesson<'a> {
    let title = |number: u32| {
        let known = result
            .lesson
            .numbered_steps()
            .find(|(own, _)| *own == number);
        known.map_or("", |(_, step)| step.title.of(lang))
    };
    let step = |step: &'a StepResult| Step {
        step: step.number,
        title: title(step.number),
        verdict: step.verdict,
        passed: step.passed(),
        left_over: step.left_over.as_ref().map(|line| line.place.as_str()),
        waits_for: step.waits_for,
        held_up_by: step.held_up_by,
        scenarios: step
            .scenarios
            .iter()
            .map(|found| scenario(found, lang))
            .collect(),
    };
    Lesson {
        lesson: &result.lesson.name,
        passed: result.passed(),
        at_fault: result.at_fault(),
        steps: result.steps.iter().map(step).collect(),
        skipped: result.skipped().map(|it| skipped(it, lang)).collect(),
        errors: &result.errors,
        more_errors: result.more_errors,
        changed: result.changed.as_deref(),
        unable: result.unable.as_ref().map(|why| why.sentence(lang)),
    }
}

fn skipped(result: &ScenarioResult, lang: Lang) -> Skipped<'_> {
    Skipped {
        step: result.report.step,
        scenario: &result.report.scenario,
        reason: unseen::why(result, lang),
    }
}

fn scenario(result: &ScenarioResult, lang: Lang) -> Scenario<'_> {
    let lines = |events: &[Event]| events.iter().map(ToString::to_string).collect();
    Scenario {
        name: &result.report.scenario,
        step: result.report.step,
        verdict: result.report.verdict,
        expected: lines(&result.report.expected),
        actual: lines(&result.report.actual),
        explanation: result.explanation.as_ref().map(|why| why.text.as_str()),
        facts: difference::sentences(&result.report, lang),
        waiting: result
            .waiting
            .as_ref()
            .map_or(&[], |waiting| &waiting.threads),
        advice: result
            .waiting
            .as_ref()
            .and_then(|waiting| waiting.advice.as_deref()),
    }
}
