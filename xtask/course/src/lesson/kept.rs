//! The one way to write into a lesson's folder: what a person wrote there is in a backup
//! first, and what changed since is left alone.

use crate::lang::Lang;
use crate::lesson::backup::{self, Backup};
use crate::lesson::definition::Lesson;
use crate::lesson::starter;
use crate::lesson::whole_file;
use crate::lesson::workspace::Workspace;
use crate::tr;
use anyhow::{Context, Result, ensure};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A lesson whose files are in a backup, or nobody's work.
pub struct Kept<'a> {
    workspace: &'a Workspace,
    lesson: &'a Lesson,
    /// The starter's files.
    generated: BTreeMap<PathBuf, String>,
    backup: Option<Backup>,
}

impl<'a> Kept<'a> {
    /// Backs up what is the learner's in the lesson's folder, where that is in no backup.
    ///
    /// # Errors
    /// Not all of it could be copied: then nothing may be written over it.
    pub fn of(workspace: &'a Workspace, lesson: &'a Lesson) -> Result<Self> {
        let mut kept = Self {
            workspace,
            lesson,
            generated: starter::files(workspace, lesson)?.into_iter().collect(),
            backup: None,
        };
        let own = backup::own_files(workspace, lesson)?;
        let mut files = own.iter();
        if files.any(|(path, there)| !fs::read(there).is_ok_and(|it| kept.is_generated(path, &it)))
        {
            let mut known = backup::all(workspace, lesson)?.into_iter();
            let known = known.find(|backup| backup.has(&own));
            let backup = known.map_or_else(|| backup::copy(workspace, lesson, &own), Ok)?;
            kept.backup = Some(backup);
        }
        Ok(kept)
    }

    /// Is `there` what the starter has at `path`, so that it is nobody's work?
    fn is_generated(&self, path: &Path, there: &[u8]) -> bool {
        let there = String::from_utf8_lossy(there).replace("\r\n", "\n");
        self.generated.get(path) == Some(&there)
    }

    /// Puts `text` at `path` in the lesson's folder.
    ///
    /// # Errors
    /// What is there was changed since the backup, or it could not be written. Then it is
    /// as it was.
    pub fn write(&self, path: &Path, text: &[u8]) -> Result<()> {
        let target = self.workspace.starter_of(self.lesson).join(path);
        if target.exists() {
            let there = fs::read(&target)
                .with_context(|| format!("{} cannot be read", target.display()))?;
            if there == text {
                return Ok(());
            }
            let kept = self.backup.as_ref();
            let kept = kept.and_then(|backup| fs::read(backup.folder.join(path)).ok());
            ensure!(
                kept.as_ref() == Some(&there) || self.is_generated(path, &there),
                "{} was changed a moment ago; try again",
                target.display()
            );
        }
        whole_file::put(&target, text)
    }

    /// The starter's files in place of what is there, with the ends of lines that it had.
    /// Files that the starter does not have stay.
    pub fn write_starter(&self) -> Result<()> {
        for (path, text) in &self.generated {
            let there = fs::read(self.workspace.starter_of(self.lesson).join(path));
            let there = there.unwrap_or_default();
            if self.is_generated(path, &there) {
                continue;
            }
            if there.windows(2).any(|pair| pair == b"\r\n") {
                self.write(path, text.replace('\n', "\r\n").as_bytes())?;
            } else {
                self.write(path, text.as_bytes())?;
            }
        }
        Ok(())
    }

    /// Tells where the learner's files are, and how they come back.
    pub fn tell(&self, lang: Lang) {
        let Some(backup) = &self.backup else { return };
        let (folder, name) = (self.workspace.path_of(&backup.folder), &backup.name);
        let number = self.lesson.number();
        crate::say!(
            "{}",
            tr!(
                lang,
                "지금까지의 코드는 {folder}에 두었습니다.\n되찾으려면: cargo xtask restore {number} --from {name}",
                "What was there is in {folder}.\nTo have it back: cargo xtask restore {number} --from {name}"
            )
        );
    }
}
