//! Does what the scenarios reported make a claim hold?

use crate::explain::reason;
use crate::lang::Lang;
use crate::lesson::definition::Lesson;
use crate::lesson::written::Written;
use probe::{Reason, Report, Verdict};

/// What came of one claim.
pub enum Outcome {
    Holds,
    Fails(String),
    /// The machine was too busy for a verdict.
    NotJudged(String),
    Skipped(String),
}

pub fn fails(why: &str) -> Outcome {
    Outcome::Fails(why.to_owned())
}

pub fn all_pass(reports: &[Report]) -> Outcome {
    let bad = reports
        .iter()
        .find(|report| !matches!(report.verdict, Verdict::Passed | Verdict::Skipped));
    bad.map_or(Outcome::Holds, falls)
}

/// The report is not the one that is due.
pub fn falls(report: &Report) -> Outcome {
    match report.reason {
        Some(Reason::TooBusy) => Outcome::NotJudged(told(report)),
        _ => Outcome::Fails(told(report)),
    }
}

/// As [`all_pass`]; and what `lesson.toml` calls a step's subject is a scenario of that step.
pub fn solution_passes(lesson: &Lesson, reports: &[Report]) -> Outcome {
    for (number, step) in lesson.numbered_steps() {
        let is_there = |name: &&String| {
            let same = |report: &Report| report.step == number && report.scenario == **name;
            reports.iter().any(same)
        };
        if let Some(name) = step.subject.iter().find(|name| !is_there(name)) {
            return fails(&format!("step {number} has no scenario {name}"));
        }
    }
    all_pass(reports)
}

/// The steps up to `written` pass, and the others are not written yet: the source says so of
/// all of them, and a scenario of the next one, the first that is missing, noticed it.
pub fn partly_solved(
    lesson: &Lesson,
    written: u32,
    source: &Written,
    reports: &[Report],
) -> Outcome {
    for step in lesson.steps_to_write() {
        if source.lacks(step) != (step > written) || source.left_over(step).is_some() {
            return fails(&format!("the source of step {step} is taken for another's"));
        }
    }
    for report in reports
        .iter()
        .filter(|report| report.verdict != Verdict::Skipped)
    {
        if report.step <= written && report.verdict != Verdict::Passed {
            return falls(report);
        }
    }
    let mut to_write = lesson.steps_to_write().into_iter();
    let Some(next) = to_write.find(|step| *step > written) else {
        return Outcome::Holds;
    };
    let noticed = |report: &Report| {
        report.step == next && matches!(report.verdict, Verdict::NotWrittenYet | Verdict::Skipped)
    };
    if reports.iter().any(noticed) {
        Outcome::Holds
    } else {
        fails(&format!("step {next} passes without being written"))
    }
}

/// A scenario of the steps up to `written` does not pass.
pub fn is_refused(written: u32, reports: &[Report]) -> Outcome {
    let unjudged = |report: &&Report| report.verdict == Verdict::Broken;
    if reports.iter().any(|report| report.refuses(written)) {
        return Outcome::Holds;
    }
    match reports.iter().find(unjudged) {
        Some(report) => falls(report),
        None => fails("it passes"),
    }
}

/// A report in a few lines, for whoever has to mend the lesson.
pub fn told(report: &Report) -> String {
    let mut text = format!(
        "{} (step {}): {}",
        report.scenario,
        report.step,
        report.verdict.name()
    );
    for (index, event) in report.actual.iter().enumerate() {
        let mark = if report.differs_at == Some(index) {
            '>'
        } else {
            ' '
        };
        text += &format!("\n  {mark} {event}");
    }
    if let Some(expected) = report.differs_at.and_then(|at| report.expected.get(at)) {
        text += &format!("\n  expected {expected}");
    }
    for line in report.stderr.lines().take(5) {
        text += &format!("\n  stderr: {line}");
    }
    text + &report
        .reason
        .iter()
        .map(|reason| format!("\n  {}", reason::sentence(reason, Lang::En)))
        .collect::<String>()
}
