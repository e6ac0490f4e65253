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

mod judging;
mod mistakes;
mod others;
mod quotes;
mod variants;

use crate::build::compile::{self, Build};
use crate::explain::signature::Signatures;
use crate::lang::Lang;
use crate::lesson::definition::{Lesson, Mistake};
use crate::lesson::starter::{self, Sources};
use crate::lesson::workspace::Workspace;
use crate::lesson::written::Written;
use crate::proofs::variants::{Programs, Variants};
use crate::scenarios::of_lesson;
use crate::side_by_side;
use anyhow::{Context, Result, bail};
use judging::{all_pass, fails, is_refused, partly_solved, solution_passes};
use others::{Kind, Other};
use probe::{Commands, Report};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// How many test binaries run at the same time where most wait for a mistake to hang.
const SIDE_BY_SIDE: usize = 4;

/// And where each of a lesson's scenarios starts a Python or two: these work.
const INTERPRETERS_SIDE_BY_SIDE: usize = 2;

pub struct Proof {
    pub lesson: String,
    pub name: String,
    pub outcome: Outcome,
}

pub enum Outcome {
    Holds,
    Fails(String),
    /// The machine was too busy for a verdict.
    NotJudged(String),
    Skipped(String),
}

/// One thing to prove of a lesson.
enum Claim<'a> {
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

/// What is to be done beside the proofs that are always made.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// The step of every mistake is found, and not only of the first of each step.
    pub trials: bool,
    /// How the scenarios end with each mistake is added to what was recorded of it.
    pub record: bool,
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
                &steps_variant(step),
                sources.with_steps_written(lesson, step),
            )?;
            claims.push((lesson, Claim::StepsWritten(step)));
        }
        for mistake in &lesson.mistakes {
            variants.add(
                lesson,
                &mistake_variant(mistake),
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
    let proofs = prover.prove(claims);
    prover.write_what_was_recorded(lessons)?;
    Ok(proofs)
}

fn steps_variant(step: u32) -> String {
    format!("steps-1-to-{step}")
}

fn mistake_variant(mistake: &Mistake) -> String {
    format!("mistake-{}", mistake.name)
}

struct Prover<'a> {
    workspace: &'a Workspace,
    build: Build,
    programs: Programs,
    wanted: Wanted,
    /// By lesson.
    recorded: Mutex<BTreeMap<String, Signatures>>,
}

impl Prover<'_> {
    fn prove(&self, claims: Vec<(&Lesson, Claim<'_>)>) -> Vec<Proof> {
        let (mirrors, others): (Vec<_>, Vec<_>) = claims
            .into_iter()
            .partition(|(_, claim)| matches!(claim, Claim::MirrorPasses | Claim::CrossedPass(_)));
        let prove = |(lesson, claim): &(&Lesson, Claim<'_>)| {
            let outcome = self.outcome(lesson, claim);
            Proof {
                lesson: lesson.name.clone(),
                name: claim.name(),
                outcome: outcome.unwrap_or_else(|error| Outcome::Fails(format!("{error:#}"))),
            }
        };
        let mut proofs = side_by_side::map(&mirrors, INTERPRETERS_SIDE_BY_SIDE, prove);
        proofs.extend(side_by_side::map(&others, SIDE_BY_SIDE, prove));
        // The proofs beside it are what a machine is busy with; alone it can be judged.
        let claims = mirrors.iter().chain(&others);
        for (claim, proof) in claims.zip(&mut proofs) {
            if matches!(proof.outcome, Outcome::NotJudged(_)) {
                *proof = prove(claim);
            }
        }
        proofs.sort_by(|one, other| one.lesson.cmp(&other.lesson));
        proofs
    }

    fn write_what_was_recorded(&self, lessons: &[&Lesson]) -> Result<()> {
        let recorded = self.recorded.lock().unwrap_or_else(PoisonError::into_inner);
        for lesson in lessons {
            if let Some(signatures) = recorded.get(&lesson.name) {
                signatures.write(&self.workspace.solution_of(lesson))?;
            }
        }
        Ok(())
    }

    fn outcome(&self, lesson: &Lesson, claim: &Claim<'_>) -> Result<Outcome> {
        Ok(match claim {
            Claim::SolutionPasses => solution_passes(lesson, &self.run(lesson, None)?),
            Claim::MirrorPasses => self.mirrors_pass(lesson, &lesson.roles)?,
            Claim::CrossedPass(role) => self.mirrors_pass(lesson, &[(*role).to_owned()])?,
            Claim::StarterIsGenerated => {
                let same = starter::is_as_generated(self.workspace, lesson)?;
                if same {
                    Outcome::Holds
                } else {
                    fails("run cargo xtask stub")
                }
            }
            Claim::StarterStopsAtFirstStep => self.starter_stops(lesson)?,
            Claim::StepsWritten(step) => {
                let programs = self.programs.of(lesson, &steps_variant(*step))?;
                self.partly_solved(lesson, *step, &programs)?
            }
            Claim::MistakeIsCaught(mistake) => {
                let programs = self.programs.of(lesson, &mistake_variant(mistake))?;
                self.caught(lesson, mistake, &self.run(lesson, Some(&programs))?)?
            }
            Claim::OtherIsJudged(other) => self.judged(lesson, other)?,
        })
    }

    /// The solution's scenarios, on its own programs or others.
    fn run(&self, lesson: &Lesson, programs: Option<&Commands>) -> Result<Vec<Report>> {
        self.run_with(lesson, programs, None)
    }

    fn run_with(
        &self,
        lesson: &Lesson,
        programs: Option<&Commands>,
        written: Option<&Written>,
    ) -> Result<Vec<Report>> {
        let tests = self.build.executable(&lesson.solution_package(), "check")?;
        let ran = of_lesson::run(self.workspace, lesson, tests, programs, written)?;
        if let Some(trouble) = ran.trouble {
            bail!(trouble.tell(self.workspace, lesson, Lang::En));
        }
        Ok(ran.reports)
    }

    /// All scenarios, with the mirrors in these roles and the solution in the others.
    fn mirrors_pass(&self, lesson: &Lesson, mirrored: &[String]) -> Result<Outcome> {
        let Some(python) = probe::python() else {
            return Ok(Outcome::Skipped("there is no Python 3 here".to_owned()));
        };
        let mut programs = self.build.programs(lesson, &lesson.solution_package())?;
        for role in mirrored {
            programs.insert(
                role.clone(),
                vec![python.to_owned(), self.mirror(lesson, role)],
            );
        }
        Ok(all_pass(&self.run(lesson, Some(&programs))?))
    }

    fn judged(&self, lesson: &Lesson, other: &Other) -> Result<Outcome> {
        let programs = if other.is_compiled() {
            self.programs.of(lesson, &other.variant())?
        } else if let Some(python) = probe::python() {
            let file = other.path.display().to_string();
            Commands::from([(other.role.clone(), vec![python.to_owned(), file])])
        } else {
            return Ok(Outcome::Skipped("there is no Python 3 here".to_owned()));
        };
        let reports = self.run(lesson, Some(&programs))?;
        Ok(match other.kind {
            Kind::Right => all_pass(&reports),
            Kind::Wrong { written } => is_refused(written, &reports),
        })
    }

    fn mirror(&self, lesson: &Lesson, role: &str) -> String {
        self.workspace
            .solution_of(lesson)
            .join("python")
            .join(Lesson::file_of(role))
            .with_extension("py")
            .display()
            .to_string()
    }

    fn starter_stops(&self, lesson: &Lesson) -> Result<Outcome> {
        let built = self
            .build
            .of(&lesson.name)
            .context("the starter was not built")?;
        if let Some(warning) = built.warnings.first() {
            return Ok(fails(&format!("the starter has a warning:\n{warning}")));
        }
        let programs = self.build.programs(lesson, &lesson.name)?;
        self.partly_solved(lesson, 0, &programs)
    }

    /// What the judge makes of the steps up to `written`, with their source.
    fn partly_solved(&self, lesson: &Lesson, written: u32, programs: &Commands) -> Result<Outcome> {
        let sources = Sources::read(self.workspace, lesson)?;
        let source = sources.with_steps_written(lesson, written);
        let source = Written::of(lesson, &sources, &source)?;
        let mut reports = self.run_with(lesson, Some(programs), Some(&source))?;
        reports.iter_mut().for_each(|report| source.correct(report));
        Ok(partly_solved(lesson, written, &source, &reports))
    }
}

impl Claim<'_> {
    fn name(&self) -> String {
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
}
