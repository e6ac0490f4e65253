//! Whose step a kept mistake is, by trials: as a check finds it of a learner who has made
//! the mistake.

use crate::explain::trial::exchange::Exchange;
use crate::explain::trial::{Finding, Material, Trials};
use crate::lesson::definition::{Lesson, Mistake};
use crate::lesson::starter::Sources;
use crate::lesson::written::Written;
use crate::proofs::judging::{Outcome, fails, told};
use crate::proofs::prover::Prover;
use crate::proofs::variants;
use anyhow::Result;
use probe::Report;
use std::collections::BTreeMap;
use std::time::Duration;

/// How long a trial may take beside other proofs, where a scenario that judges waits may be told
/// several times.
const LONGEST: Duration = Duration::from_secs(12);

/// The programs as a learner has them who has made the mistake.
fn programs_with(
    prover: &Prover<'_>,
    lesson: &Lesson,
    mistake: &Mistake,
) -> Result<Vec<(String, String)>> {
    let sources = Sources::read(prover.workspace, lesson)?;
    let mut programs = sources.with_steps_written(lesson, u32::MAX);
    for (role, text) in sources.with_mistake(mistake) {
        programs.retain(|(own, _)| *own != role);
        programs.push((role, text));
    }
    Ok(programs)
}

/// These programs next to the solution's.
pub fn exchange_with(prover: &Prover<'_>, lesson: &Lesson, mistake: &Mistake) -> Result<Exchange> {
    let sources = Sources::read(prover.workspace, lesson)?;
    Exchange::of(lesson, &sources, programs_with(prover, lesson, mistake)?)
}

/// Whose step it is that these scenarios do not pass with the mistake.
pub fn trials_of(
    prover: &Prover<'_>,
    lesson: &Lesson,
    mistake: &Mistake,
    exchange: &Exchange,
    scenarios: &[String],
) -> Result<BTreeMap<String, Finding>> {
    if lesson.steps_to_write().is_empty() {
        return Ok(BTreeMap::new());
    }
    let sources = Sources::read(prover.workspace, lesson)?;
    let programs = programs_with(prover, lesson, mistake)?;
    let mut commands = prover.build.programs(lesson, &lesson.solution_package())?;
    commands.extend(prover.programs.of(lesson, &variants::of_mistake(mistake))?);
    Trials {
        material: Material {
            workspace: prover.workspace,
            lesson,
            exchange,
            programs: &commands,
            build: &prover.build,
        },
        written: &Written::of(lesson, &sources, &programs)?,
        tests: prover
            .build
            .executable(&lesson.solution_package(), "check")?,
        longest: LONGEST,
    }
    .of(scenarios)
}

/// The trials find steps of the mistake, and no other.
pub fn is_found(
    prover: &Prover<'_>,
    lesson: &Lesson,
    mistake: &Mistake,
    report: &Report,
) -> Result<Outcome> {
    let of_its_steps = |it: &&Mistake| it.code.keys().eq(mistake.code.keys());
    let first = lesson.mistakes.iter().find(of_its_steps);
    let is_the_first = first.is_some_and(|first| first.name == mistake.name);
    if lesson.steps_to_write().is_empty() || !is_the_first && !prover.wanted.trials {
        return Ok(Outcome::Holds);
    }
    let exchange = exchange_with(prover, lesson, mistake)?;
    let scenarios = std::slice::from_ref(&report.scenario);
    let found = trials_of(prover, lesson, mistake, &exchange, scenarios)?;
    let finding = found.get(&report.scenario);
    let steps = finding.map_or(&[][..], Finding::steps);
    let own = mistake.steps();
    let found = || format!("found by the trials: {finding:?}\n{}", told(report));
    Ok(match finding {
        Some(_) if !steps.is_empty() && steps.iter().all(|step| own.contains(step)) => {
            Outcome::Holds
        }
        // Of a race nothing is found; beside other proofs what is none may look like one.
        None | Some(Finding::Sometimes) => Outcome::NotJudged(found()),
        Some(_) => fails(&found()),
    })
}
