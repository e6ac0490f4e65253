//! A kept mistake is caught by its scenario, explained by its own explanation, and found in
//! its own step by trials.

use crate::explain::reason;
use crate::explain::signature::Signatures;
use crate::explain::trial::Finding;
use crate::explain::waiting;
use crate::lang::Lang;
use crate::lesson::definition::{Lesson, Mistake};
use crate::proofs::fault;
use crate::proofs::judging::{Outcome, fails, falls, told};
use crate::proofs::prover::Prover;
use crate::proofs::quotes;
use anyhow::Result;
use probe::{Commands, Report, Verdict};
use std::sync::PoisonError;

/// In so many scenarios of a lesson a race may end in another way than was recorded.
const RACES: usize = 2;

/// Its scenario does not let it pass, shows what was recorded, and names no other. Most of its
/// scenarios hang, so they are soon given up at first; only what does not come out as it was
/// recorded is waited for as a check waits.
pub fn caught(
    prover: &Prover<'_>,
    lesson: &Lesson,
    mistake: &Mistake,
    programs: &Commands,
) -> Result<Outcome> {
    if !prover.wanted.record {
        let reports = prover.run_in_haste(lesson, programs)?;
        let outcome = caught_by(prover, lesson, mistake, &reports)?;
        if matches!(outcome, Outcome::Holds | Outcome::Skipped(_)) {
            return Ok(outcome);
        }
    }
    let reports = prover.run(lesson, Some(programs))?;
    caught_by(prover, lesson, mistake, &reports)
}

fn caught_by(
    prover: &Prover<'_>,
    lesson: &Lesson,
    mistake: &Mistake,
    reports: &[Report],
) -> Result<Outcome> {
    let Some(report) = reports
        .iter()
        .find(|report| report.scenario == mistake.caught_by)
    else {
        return Ok(fails(&format!(
            "there is no scenario {}",
            mistake.caught_by
        )));
    };
    match report.verdict {
        Verdict::Skipped => {
            let why = report.reason.as_ref();
            let why = why.map(|why| reason::sentence(why, Lang::En));
            return Ok(Outcome::Skipped(why.unwrap_or_default()));
        }
        Verdict::Passed => return Ok(fails(&format!("{} lets it pass", report.scenario))),
        Verdict::Broken | Verdict::NotWrittenYet => return Ok(falls(report)),
        _ => {}
    }
    match waiting::describe(report, Lang::Ko) {
        Ok(Some(waiting)) if waiting.advice.is_none() => {
            return Ok(fails(&format!(
                "no rule of waiting.toml fits {:?}",
                waiting.threads
            )));
        }
        Ok(_) => {}
        Err(error) => return Err(error),
    }
    let signatures = signatures_of(prover, lesson)?;
    if prover.wanted.record {
        let mut all = prover
            .recorded
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let recorded = all.entry(lesson.name.clone()).or_insert(signatures);
        recorded.add(&mistake.name, reports, &lesson.mistakes);
        drop(all);
        return is_told(prover, lesson, mistake, report, reports);
    }
    let others = signatures.others(&mistake.name, reports);
    if let [other, ..] = *others
        && others.len() > RACES
    {
        return Ok(fails(&format!(
            "not as it was recorded (prove --record)\n{}",
            told(other)
        )));
    }
    let of_its_steps = Finding::AllOf(mistake.steps());
    let named = signatures.mistake(lesson, reports, Some(&of_its_steps));
    let own = mistake.explained_by(lesson);
    match named.map(|named| &named.name) {
        Some(name) if *name == own.name => is_told(prover, lesson, mistake, report, reports),
        Some(other) => Ok(fails(&format!("taken for {other}\n{}", told(report)))),
        // A race went as it had not been recorded: then no mistake is named.
        None if !others.is_empty() => is_told(prover, lesson, mistake, report, reports),
        None => Ok(fails(&format!(
            "another mistake has the same signature\n{}",
            told(report)
        ))),
    }
}

/// Its step is found, and the book says of it what a report says.
fn is_told(
    prover: &Prover<'_>,
    lesson: &Lesson,
    mistake: &Mistake,
    report: &Report,
    reports: &[Report],
) -> Result<Outcome> {
    match fault::is_found(prover, lesson, mistake, report)? {
        Outcome::Holds => quotes::are_right(prover, lesson, mistake, reports),
        other => Ok(other),
    }
}

fn signatures_of(prover: &Prover<'_>, lesson: &Lesson) -> Result<Signatures> {
    Signatures::read(&prover.workspace.solution_of(lesson))
}
