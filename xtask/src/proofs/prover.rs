//! What all proofs are made with: the programs that were built, and the scenarios run on
//! them.

use crate::build::compile::Build;
use crate::explain::signature::Signatures;
use crate::lang::Lang;
use crate::lesson::definition::Lesson;
use crate::lesson::workspace::Workspace;
use crate::lesson::written::Written;
use crate::proofs::variants::Programs;
use crate::scenarios::binary::Told;
use crate::scenarios::of_lesson::{self, Part};
use anyhow::{Result, bail};
use probe::{Commands, Report};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Long enough for a program's next sign where hardly one is late.
const HASTE: Duration = Duration::from_secs(1);

/// What is to be done beside the proofs that are always made.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// The step of every mistake is found, and not only of the first of each step.
    pub trials: bool,
    /// How the scenarios end with each mistake is added to what was recorded of it.
    pub record: bool,
}

/// What claims are held against: everything is built once, and before the first of them.
pub struct Prover<'a> {
    pub workspace: &'a Workspace,
    pub build: Build,
    pub programs: Programs,
    pub wanted: Wanted,
    /// The signatures that were recorded, by lesson.
    pub recorded: Mutex<BTreeMap<String, Signatures>>,
}

impl Prover<'_> {
    /// The solution's scenarios, on its own programs or others.
    pub fn run(&self, lesson: &Lesson, programs: Option<&Commands>) -> Result<Vec<Report>> {
        let told = Told {
            commands: programs,
            ..Told::default()
        };
        self.run_told(lesson, told, Part::All)
    }

    /// As [`Self::run`], where a scenario that hangs is soon given up.
    pub fn run_in_haste(&self, lesson: &Lesson, programs: &Commands) -> Result<Vec<Report>> {
        let told = Told {
            commands: Some(programs),
            patience: Some(HASTE),
            ..Told::default()
        };
        self.run_told(lesson, told, Part::All)
    }

    /// As [`Self::run`], until the steps up to `last` are refused.
    pub fn run_until_refused(
        &self,
        lesson: &Lesson,
        programs: &Commands,
        last: u32,
    ) -> Result<Vec<Report>> {
        let told = Told {
            commands: Some(programs),
            ..Told::default()
        };
        self.run_told(lesson, told, Part::UntilRefused(last))
    }

    /// As [`Self::run`], and what is known of the programs' source is told.
    pub fn run_written(
        &self,
        lesson: &Lesson,
        programs: &Commands,
        written: &Written,
    ) -> Result<Vec<Report>> {
        let told = Told {
            commands: Some(programs),
            written: Some(written),
            ..Told::default()
        };
        self.run_told(lesson, told, Part::All)
    }

    fn run_told(&self, lesson: &Lesson, told: Told<'_>, part: Part) -> Result<Vec<Report>> {
        let tests = self.build.executable(&lesson.solution_package(), "check")?;
        let ran = of_lesson::run(self.workspace, lesson, tests, told, part)?;
        if let Some(trouble) = ran.trouble {
            bail!(trouble.tell(self.workspace, lesson, Lang::En));
        }
        Ok(ran.reports)
    }

    pub fn write_what_was_recorded(&self, lessons: &[&Lesson]) -> Result<()> {
        let recorded = self.recorded.lock().unwrap_or_else(PoisonError::into_inner);
        for lesson in lessons {
            if let Some(signatures) = recorded.get(&lesson.name) {
                signatures.write(&self.workspace.solution_of(lesson))?;
            }
        }
        Ok(())
    }
}
