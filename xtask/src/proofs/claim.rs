//! What is proved of a lesson, one claim at a time, and whether it holds.

use crate::lesson::definition::{Lesson, Mistake};
use crate::lesson::starter::{self, Sources};
use crate::lesson::written::Written;
use crate::proofs::judging::{
    Outcome, all_pass, fails, is_refused, partly_solved, solution_passes,
};
use crate::proofs::mistakes;
use crate::proofs::others::{Kind, Other};
use crate::proofs::prover::Prover;
use crate::proofs::variants;
use anyhow::{Context, Result};
use probe::Commands;

/// One thing to prove of a lesson.
pub enum Claim<'a> {
    SolutionPasses,
    MirrorPasses,
    /// The mirror in this role, and the solution in the other.
    CrossedPass(&'a str),
    StarterIsGenerated,
    StarterStopsAtFirstStep,
    /// With the steps up to this one written.
    StepsWritten(u32),
    MistakeIsCaught(&'a Mistake),
    OtherIsJudged(Other),
}

impl Claim<'_> {
    pub fn name(&self) -> String {
        match self {
            Self::SolutionPasses => "the solution passes".to_owned(),
            Self::MirrorPasses => "the mirror passes".to_owned(),
            Self::CrossedPass(role) => {
                format!("the mirror as {role} and the solution pass together")
            }
            Self::StarterIsGenerated => "the starter is the generated one".to_owned(),
            Self::StarterStopsAtFirstStep => "the starter stops at the first step".to_owned(),
            Self::StepsWritten(step) => {
                format!("with steps 1 to {step} written, exactly these pass")
            }
            Self::MistakeIsCaught(mistake) => {
                format!("the mistake {} is caught and explained", mistake.name)
            }
            Self::OtherIsJudged(other) => match other.kind {
                Kind::Right => format!("the right program {} passes", other.name),
                Kind::Wrong { .. } => format!("the wrong program {} does not pass", other.name),
            },
        }
    }

    /// Are its programs those of an interpreter, each of which works when it starts?
    pub fn is_of_an_interpreter(&self) -> bool {
        match self {
            Self::MirrorPasses | Self::CrossedPass(_) => true,
            Self::OtherIsJudged(other) => !other.is_compiled(),
            _ => false,
        }
    }

    /// Does it hold of `lesson`?
    pub fn outcome(&self, prover: &Prover<'_>, lesson: &Lesson) -> Result<Outcome> {
        Ok(match self {
            Self::SolutionPasses => solution_passes(lesson, &prover.run(lesson, None)?),
            Self::MirrorPasses => mirrors_pass(prover, lesson, &lesson.roles)?,
            Self::CrossedPass(role) => mirrors_pass(prover, lesson, &[(*role).to_owned()])?,
            Self::StarterIsGenerated => {
                let same = starter::is_as_generated(prover.workspace, lesson)?;
                if same {
                    Outcome::Holds
                } else {
                    fails("run cargo xtask dev stub")
                }
            }
            Self::StarterStopsAtFirstStep => starter_stops(prover, lesson)?,
            Self::StepsWritten(step) => {
                let programs = prover.programs.of(lesson, &variants::of_steps(*step))?;
                stops_after(prover, lesson, *step, &programs)?
            }
            Self::MistakeIsCaught(mistake) => {
                let programs = prover.programs.of(lesson, &variants::of_mistake(mistake))?;
                mistakes::caught(prover, lesson, mistake, &programs)?
            }
            Self::OtherIsJudged(other) => judged(prover, lesson, other)?,
        })
    }
}

/// All scenarios, with the mirrors in these roles and the solution in the others.
fn mirrors_pass(prover: &Prover<'_>, lesson: &Lesson, mirrored: &[String]) -> Result<Outcome> {
    let Some(python) = probe::python() else {
        return Ok(Outcome::Skipped("there is no Python 3 here".to_owned()));
    };
    let mut programs = prover.build.programs(lesson, &lesson.solution_package())?;
    for role in mirrored {
        programs.insert(
            role.clone(),
            interpreted(python, mirror(prover, lesson, role)),
        );
    }
    Ok(all_pass(&prover.run(lesson, Some(&programs))?))
}

/// A program that has the standard library, and nothing of what is installed beside it (`-S`):
/// so it starts in half the time, too.
fn interpreted(python: &str, file: String) -> Vec<String> {
    vec![python.to_owned(), "-S".to_owned(), file]
}

fn judged(prover: &Prover<'_>, lesson: &Lesson, other: &Other) -> Result<Outcome> {
    let programs = if other.is_compiled() {
        prover.programs.of(lesson, &other.variant())?
    } else if let Some(python) = probe::python() {
        let file = other.path.display().to_string();
        Commands::from([(other.role.clone(), interpreted(python, file))])
    } else {
        return Ok(Outcome::Skipped("there is no Python 3 here".to_owned()));
    };
    Ok(match other.kind {
        Kind::Right => all_pass(&prover.run(lesson, Some(&programs))?),
        Kind::Wrong { written } => is_refused(
            written,
            &prover.run_until_refused(lesson, &programs, written)?,
        ),
    })
}

fn mirror(prover: &Prover<'_>, lesson: &Lesson, role: &str) -> String {
    prover
        .workspace
        .solution_of(lesson)
        .join("python")
        .join(Lesson::file_of(role))
        .with_extension("py")
        .display()
        .to_string()
}

fn starter_stops(prover: &Prover<'_>, lesson: &Lesson) -> Result<Outcome> {
    let built = prover
        .build
        .of(&lesson.name)
        .context("the starter was not built")?;
    if let Some(warning) = built.warnings.first() {
        return Ok(fails(&format!("the starter has a warning:\n{warning}")));
    }
    let programs = prover.build.programs(lesson, &lesson.name)?;
    stops_after(prover, lesson, 0, &programs)
}

/// What the judge makes of the steps up to `written`, with their source.
fn stops_after(
    prover: &Prover<'_>,
    lesson: &Lesson,
    written: u32,
    programs: &Commands,
) -> Result<Outcome> {
    let sources = Sources::read(prover.workspace, lesson)?;
    let source = sources.with_steps_written(lesson, written);
    let source = Written::of(lesson, &sources, &source)?;
    let mut reports = prover.run_written(lesson, programs, &source)?;
    reports.iter_mut().for_each(|report| source.correct(report));
    Ok(partly_solved(lesson, written, &source, &reports))
}
