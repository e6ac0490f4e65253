//! A learner's own programs, read as text: which steps are written in them, and, where a
//! scenario does not pass, whose step it is.

use crate::build::compile::Build;
use crate::explain::trial::exchange::Exchange;
use crate::explain::trial::{self, Finding, Material, Trials};
use crate::lang::Lang;
use crate::lesson::definition::Lesson;
use crate::lesson::starter::Sources;
use crate::lesson::workspace::Workspace;
use crate::lesson::written::Written;
use crate::output::Meanwhile;
use crate::tr;
use anyhow::{Context, Result};
use probe::Report;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What the learner's own sources say.
pub struct OwnPrograms {
    pub written: Written,
    pub exchange: Exchange,
}

impl OwnPrograms {
    /// # Errors
    /// A source file cannot be read.
    pub fn read(workspace: &Workspace, lesson: &Lesson) -> Result<Self> {
        let files = workspace.program_files_of(lesson);
        let programs = lesson.roles.iter().cloned().zip(files);
        let read = |(role, path): (String, PathBuf)| {
            let text = fs::read_to_string(&path);
            Ok((
                role,
                text.with_context(|| format!("{} cannot be read", path.display()))?,
            ))
        };
        let programs: Vec<_> = programs.map(read).collect::<Result<_>>()?;
        let sources = Sources::read(workspace, lesson)?;
        Ok(Self {
            written: Written::of(lesson, &sources, &programs)?,
            exchange: Exchange::of(lesson, &sources, programs)?,
        })
    }

    /// Whose step it is that the scenarios `failed`, of the test binary `tests`, do not pass.
    ///
    /// # Errors
    /// The learner's programs were not built.
    pub fn findings(
        &self,
        workspace: &Workspace,
        lesson: &Lesson,
        build: &Build,
        tests: &Path,
        failed: &[&Report],
        lang: Lang,
    ) -> Result<BTreeMap<String, Finding>> {
        let programs = build.programs(lesson, &lesson.name)?;
        let _meanwhile = Meanwhile::say(&tr!(
            lang,
            "달라진 곳이 있어 어느 단계인지 찾는 중…",
            "Something differs; looking for the step …"
        ));
        let waits = failed.iter().map(|report| report.waits_ms);
        let failed: Vec<_> = failed.iter().map(|it| it.scenario.clone()).collect();
        let trials = Trials {
            material: Material {
                workspace,
                lesson,
                exchange: &self.exchange,
                programs: &programs,
                build,
            },
            written: &self.written,
            tests,
            longest: trial::LONGEST + Duration::from_millis(waits.max().unwrap_or_default()),
        };
        // The verdict stands; what no trial could show is not said.
        Ok(trials.of(&failed).unwrap_or_default())
    }
}
