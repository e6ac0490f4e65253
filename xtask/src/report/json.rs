//! The report for graders: an array with one object a lesson, whatever was asked for. Its
//! shape is `xtask/check.v1.schema.json` (JSON Schema, 2020-12); what a later version of the
//! tool adds stands beside it, and nothing changes its meaning under the same name.

use super::{unseen, ways_on};
use crate::check::lesson_result::LessonResult;
use crate::check::step_result::{ScenarioResult, StepResult};
use crate::explain::difference;
use crate::explain::trial::Finding;
use crate::explain::waiting;
use crate::lang::Lang;
use crate::lesson::definition::Lesson as Known;
use anyhow::Result;
use probe::{Event, Happening, Input, Report, Verdict};
use serde::Serialize;

/// What the shape is called.
const SCHEMA: &str = "socket-lessons/check/v1";

#[derive(Serialize)]
struct Lesson<'a> {
    schema: &'static str,
    lesson: &'a str,
    passed: bool,
    /// The steps that trials have shown to be at fault; empty where none was shown.
    at_fault: Vec<u32>,
    /// What could not be seen here.
    skipped: Vec<Skipped<'a>>,
    steps: Vec<Step<'a>>,
    /// From the end of the build to the verdict.
    milliseconds: u128,
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
    title: Both,
    verdict: String,
    /// It was seen, and nothing is left to do.
    passed: bool,
    /// Where a line says that the step is not written, while it is: `src/main.rs:44`.
    #[serde(skip_serializing_if = "Option::is_none")]
    left_over: Option<&'a str>,
    /// The step that is not written, and that this one needs.
    #[serde(skip_serializing_if = "Option::is_none")]
    waits_for: Option<u32>,
    /// The steps that are at fault where this one does not pass.
    #[serde(skip_serializing_if = "<[u32]>::is_empty")]
    held_up_by: &'a [u32],
    scenarios: Vec<Scenario<'a>>,
}

#[derive(Serialize)]
struct Skipped<'a> {
    step: u32,
    scenario: &'a str,
    reason: Both,
}

#[derive(Serialize)]
struct Scenario<'a> {
    name: &'a str,
    title: Both,
    asks: Both,
    /// The step that it belongs to, whichever is at fault.
    step: u32,
    verdict: String,
    /// What a person types to start the programs; none where a command was checked.
    command: Vec<String>,
    /// What was typed into them.
    stdin: Vec<String>,
    expected: Vec<String>,
    actual: Vec<String>,
    /// The index in `actual` of the first different line.
    differs_at: Option<usize>,
    /// What each thread of a hung program waited in, one sentence a thread.
    waiting: Vec<Both>,
    explanation: Explanation<'a>,
}

#[derive(Serialize)]
struct Explanation<'a> {
    /// `mistake` of a kept one, `fact`, or `none`.
    kind: &'static str,
    /// The name of the mistake.
    mistake: Option<&'a str>,
    #[serde(flatten)]
    text: Both,
}

#[derive(Serialize)]
struct Both {
    ko: String,
    en: String,
}

impl Both {
    fn of(said: impl Fn(Lang) -> String) -> Self {
        Self {
            ko: said(Lang::Ko),
            en: said(Lang::En),
        }
    }
}

pub fn print(results: &[LessonResult<'_>]) -> Result<()> {
    let lessons: Vec<_> = results.iter().map(lesson).collect::<Result<_>>()?;
    let json = serde_json::to_string_pretty(&lessons)?;
    crate::say!("{json}");
    Ok(())
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_none(count: &usize) -> bool {
    *count == 0
}

/// `not-written-yet`
fn word(verdict: Verdict) -> String {
    verdict.name().replace(' ', "-")
}

fn lesson<'a>(result: &'a LessonResult<'a>) -> Result<Lesson<'a>> {
    let known = result.lesson;
    let lang = Lang::spoken();
    let steps = result.steps.iter().map(|it| step(result, it));
    Ok(Lesson {
        schema: SCHEMA,
        lesson: &known.name,
        passed: result.passed(),
        at_fault: result.at_fault(),
        skipped: result.skipped().map(skipped).collect(),
        steps: steps.collect::<Result<_>>()?,
        milliseconds: result.took.as_millis(),
        errors: &result.errors,
        more_errors: result.more_errors,
        changed: result.changed.as_deref(),
        unable: result.unable.as_ref().map(|why| why.sentence(lang)),
    })
}

fn step<'a>(result: &'a LessonResult<'a>, step: &'a StepResult) -> Result<Step<'a>> {
    let known = result.lesson;
    let mut all = known.numbered_steps();
    let own = all.find(|(number, _)| *number == step.number);
    let title = |lang| own.map_or_else(String::new, |(_, step)| step.title.of(lang).to_owned());
    let scenarios = step.scenarios.iter();
    Ok(Step {
        step: step.number,
        title: Both::of(title),
        verdict: word(step.verdict),
        passed: step.passed(),
        left_over: step.left_over.as_ref().map(|line| line.place.as_str()),
        waits_for: step.waits_for,
        held_up_by: step.held_up_by.as_ref().map_or(&[], Finding::steps),
        scenarios: scenarios
            .map(|it| scenario(known, it, result.of_commands))
            .collect::<Result<_>>()?,
    })
}

fn skipped(result: &ScenarioResult) -> Skipped<'_> {
    Skipped {
        step: result.report.step,
        scenario: &result.report.scenario,
        reason: Both::of(|lang| unseen::why(result, lang)),
    }
}

fn scenario<'a>(
    known: &Known,
    result: &'a ScenarioResult,
    of_commands: bool,
) -> Result<Scenario<'a>> {
    let report = &result.report;
    let lines = |events: &[Event]| events.iter().map(ToString::to_string).collect();
    let text = known.scenarios.get(&report.scenario);
    let asks = |lang| text.map_or_else(String::new, |text| text.asks.of(lang).to_owned());
    let started = report.started.iter().filter(|_| !of_commands);
    let stdin = report.actual.iter().filter_map(|event| match &event.what {
        Happening::Stdin(Input::Line(line)) => Some(line.to_string()),
        _ => None,
    });
    Ok(Scenario {
        name: &report.scenario,
        title: Both::of(|lang| known.title_of(&report.scenario, lang).to_owned()),
        asks: Both::of(asks),
        step: report.step,
        verdict: word(report.verdict),
        command: started.map(|it| ways_on::run(known, it)).collect(),
        stdin: stdin.collect(),
        expected: lines(&report.expected),
        actual: lines(&report.actual),
        differs_at: report.differs_at.filter(|_| result.failed()),
        waiting: waiting(report)?,
        explanation: explanation(result)?,
    })
}

fn waiting(report: &Report) -> Result<Vec<Both>> {
    let said = |lang| Ok(waiting::describe(report, lang)?.map_or_else(Vec::new, |it| it.threads));
    let both: [Result<Vec<String>>; 2] = [said(Lang::Ko), said(Lang::En)];
    let [ko, en] = both;
    let both = ko?.into_iter().zip(en?);
    Ok(both.map(|(ko, en)| Both { ko, en }).collect())
}

/// The facts, and what often leads there.
fn explanation(result: &ScenarioResult) -> Result<Explanation<'_>> {
    let why = result.explanation.as_ref().filter(|_| result.failed());
    let mistake = why.and_then(|why| why.mistake.as_deref());
    let said = |lang| -> Result<String> {
        let mut said = difference::sentences(&result.report, lang);
        said.extend(why.map(|why| why.text.of(lang).to_owned()));
        if mistake.is_none() {
            let waiting = waiting::describe(&result.report, lang)?;
            said.extend(waiting.and_then(|waiting| waiting.advice));
        }
        Ok(said.join(" "))
    };
    let text = Both {
        ko: said(Lang::Ko)?,
        en: said(Lang::En)?,
    };
    let kind = match mistake {
        Some(_) => "mistake",
        None if text.en.is_empty() => "none",
        None => "fact",
    };
    Ok(Explanation {
        kind,
        mistake,
        text,
    })
}
