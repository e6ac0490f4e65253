//! The proofs of a lesson:
//!
//! 1. its solution passes every scenario, and so does its mirror; where there is a
//!    server and a client, also the server of one with the client of the other;
//! 2. its starter is the generated one, compiles without a warning, and stops at
//!    the first step to write;
//! 3. with the steps up to k written, the scenarios up to k pass and the next step
//!    is not written yet, for every k;
//! 4. every mistake is caught by its scenario, shows what was recorded of it, and is
//!    explained by its own explanation;
//! 5. of programs of other hands the right ones pass, and the wrong ones do not.
//!
//! Nothing here touches `lessons/`: partly solved starters and mistakes are built
//! as variants under `target/`.

mod claim;
mod fault;
pub mod judging;
pub mod lacking;
mod mistakes;
mod one_program;
mod others;
pub mod prover;
mod quotes;
mod room;
mod variants;

use crate::build::compile;
use crate::lesson::definition::Lesson;
use crate::lesson::starter::Sources;
use crate::lesson::workspace::Workspace;
use crate::proofs::claim::Claim;
use crate::proofs::judging::Outcome;
use crate::proofs::others::Other;
use crate::proofs::prover::{Prover, Wanted};
use crate::proofs::room::Machine;
use crate::proofs::variants::Variants;
use crate::side_by_side;
use anyhow::Result;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Mutex;

/// How many test binaries run at the same time where most wait for a mistake to hang: on a
/// busy machine, and on one that has room.
const SIDE_BY_SIDE: RangeInclusive<usize> = 3..=12;

/// And, beside those, where each of a lesson's scenarios starts a Python or two: these work.
const INTERPRETERS_SIDE_BY_SIDE: RangeInclusive<usize> = 1..=3;

/// One claim of one lesson, and what came of it.
pub struct Proof {
    pub lesson: String,
    pub name: String,
    pub outcome: Outcome,
}

pub fn of(workspace: &Workspace, lessons: &[&Lesson], wanted: Wanted) -> Result<Vec<Proof>> {
    let mut variants = Variants::new(workspace);
    let mut claims = Vec::new();
    for lesson in lessons {
        let sources = Sources::read(workspace, lesson)?;
        claims.extend(
            [
                Claim::SolutionPasses,
                Claim::MirrorPasses,
                Claim::StarterIsGenerated,
            ]
            .map(|claim| (*lesson, claim)),
        );
        if lesson.roles.len() > 1 {
            let roles = lesson.roles.iter();
            claims.extend(roles.map(|role| (*lesson, Claim::CrossedPass(role))));
        }
        let to_write = lesson.steps_to_write();
        if !to_write.is_empty() {
            claims.push((lesson, Claim::StarterStopsAtFirstStep));
        }
        for step in to_write {
            variants.add(
                lesson,
                &variants::of_steps(step),
                sources.with_steps_written(lesson, step),
            )?;
            claims.push((lesson, Claim::StepsWritten(step)));
        }
        for mistake in &lesson.mistakes {
            variants.add(
                lesson,
                &variants::of_mistake(mistake),
                sources.with_mistake(mistake),
            )?;
            claims.push((lesson, Claim::MistakeIsCaught(mistake)));
        }
    }
    for lesson in lessons {
        for other in Other::of(workspace, lesson)? {
            if other.is_compiled() {
                let program = (other.role.clone(), other.source()?);
                variants.add(lesson, &other.variant(), vec![program])?;
            }
            claims.push((lesson, Claim::OtherIsJudged(other)));
        }
    }
    let packages: Vec<_> = lessons
        .iter()
        .flat_map(|lesson| [lesson.name.clone(), lesson.solution_package()])
        .collect();
    let prover = Prover {
        workspace,
        build: compile::packages(workspace, &packages)?,
        programs: variants.build()?,
        wanted,
        recorded: Mutex::default(),
    };
    let proofs = prove(&prover, claims);
    prover.write_what_was_recorded(lessons)?;
    Ok(proofs)
}

fn prove(prover: &Prover<'_>, claims: Vec<(&Lesson, Claim<'_>)>) -> Vec<Proof> {
    let (interpreted, compiled): (Vec<_>, Vec<_>) = claims
        .into_iter()
        .partition(|(_, claim)| claim.is_of_an_interpreter());
    let prove = |(lesson, claim): &(&Lesson, Claim<'_>)| {
        let outcome = claim.outcome(prover, lesson);
        Proof {
            lesson: lesson.name.clone(),
            name: claim.name(),
            outcome: outcome.unwrap_or_else(|error| Outcome::Fails(format!("{error:#}"))),
        }
    };
    let machine = Machine::default();
    let several = |claims: &[_], limit| {
        side_by_side::map_while_there_is_room(claims, limit, || machine.has_room(), prove)
    };
    let (interpreted, compiled) = (spread(interpreted), spread(compiled));
    let mut proofs = std::thread::scope(|scope| {
        let compiled = scope.spawn(|| several(&compiled, SIDE_BY_SIDE));
        let mut proofs = several(&interpreted, INTERPRETERS_SIDE_BY_SIDE);
        let compiled = compiled.join();
        proofs.extend(compiled.unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        proofs
    });
    // The proofs beside it are what a machine is busy with; alone it can be judged.
    let claims = interpreted.iter().chain(&compiled);
    for (claim, proof) in claims.zip(&mut proofs) {
        if matches!(proof.outcome, Outcome::NotJudged(_)) {
            *proof = prove(claim);
        }
    }
    proofs.sort_by(|one, other| one.lesson.cmp(&other.lesson));
    proofs
}

/// Those of each lesson spread evenly over all: beside a lesson that works there is then one
/// that waits.
fn spread<C>(claims: Vec<(&Lesson, C)>) -> Vec<(&Lesson, C)> {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for (lesson, _) in &claims {
        *count.entry(&lesson.name).or_default() += 1;
    }
    let mut before: BTreeMap<&str, usize> = BTreeMap::new();
    let mut placed: Vec<_> = claims
        .into_iter()
        .map(|(lesson, claim)| {
            let place = before.entry(&lesson.name).or_default();
            *place += 1;
            let share = (*place as f64 - 0.5) / count[lesson.name.as_str()] as f64;
            (share, (lesson, claim))
        })
        .collect();
    placed.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    placed.into_iter().map(|(_, claim)| claim).collect()
}
