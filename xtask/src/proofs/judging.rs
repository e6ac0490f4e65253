//! Does what the scenarios reported make a claim hold?

use super::Outcome;
use crate::lang::Lang;
use crate::lesson::Lesson;
use crate::reason;
use probe::{Report, Verdict};

pub fn fails(why: &str) -> Outcome {
    Outcome::Fails(why.to_owned())
}

pub fn all_pass(reports: &[Report]) -> Outcome {
    let bad = reports
        .iter()
        .find(|report| !matches!(report.verdict, Verdict::Passed | Verdict::Skipped));
    bad.map_or(Outcome::Holds, |report| Outcome::Fails(told(report)))
}

/// The steps up to `written` pass, and the next one to write is not written yet.
pub fn partly_solved(lesson: &Lesson, written: u32, reports: &[Report]) -> Outcome {
    let next = lesson
        .steps_to_write()
        .into_iter()
        .find(|step| *step > written);
    for report in reports
        .iter()
        .filter(|report| report.verdict != Verdict::Skipped)
    {
        if report.step <= written && report.verdict != Verdict::Passed {
            return Outcome::Fails(told(report));
        }
    }
    let Some(next) = next else {
        return Outcome::Holds;
    };
    let of_next = reports.iter().filter(|report| report.step == next);
    if of_next
        .clone()
        .any(|report| report.verdict == Verdict::NotWrittenYet)
    {
        // Of the same step, some may pass already; none may fail.
        let bad = of_next
            .clone()
            .find(|report| report.verdict > Verdict::NotWrittenYet);
        return bad.map_or(Outcome::Holds, |report| Outcome::Fails(told(report)));
    }
    fails(&format!(
        "step {next} does not report itself as not written yet"
    ))
}

/// A scenario of the steps up to `written` does not pass.
pub fn is_refused(written: u32, reports: &[Report]) -> Outcome {
    let refused = |report: &&Report| {
        let verdicts = [Verdict::Differs, Verdict::Crashed, Verdict::Hung];
        report.step <= written && verdicts.contains(&report.verdict)
    };
    let unjudged = |report: &&Report| report.verdict == Verdict::Broken;
    if reports.iter().any(|report| refused(&report)) {
        return Outcome::Holds;
    }
    match reports.iter().find(unjudged) {
        Some(report) => Outcome::Fails(told(report)),
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
