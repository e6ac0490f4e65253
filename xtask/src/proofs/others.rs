//! Programs of other hands: whole programs in `solutions/<lesson>/others/`, written by
//! people who had not seen the scenarios. The check has to accept the ones in `right`, and
//! refuse those in `wrong` for a step that they wrote. What lies in `unseen` is wrong and
//! passes, each with the reason why no scenario sees it; nothing is proved of those.

use crate::lesson::definition::Lesson;
use crate::lesson::workspace::Workspace;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};

/// One program, in place of one of the lesson's.
pub struct Other {
    pub kind: Kind,
    /// `server--accepts-once`.
    pub name: String,
    pub role: String,
    pub path: PathBuf,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Right,
    /// The last step that is written; those after it are the starter's.
    Wrong {
        written: u32,
    },
}

impl Other {
    /// Those of a lesson, sorted by name.
    pub fn of(workspace: &Workspace, lesson: &Lesson) -> Result<Vec<Self>> {
        let folder = workspace.solution_of(lesson).join("others");
        let mut all = Vec::new();
        for right in [true, false] {
            let folder = folder.join(if right { "right" } else { "wrong" });
            for file in fs::read_dir(folder).into_iter().flatten().flatten() {
                all.push(Self::read(lesson, &file.path(), right)?);
            }
        }
        all.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(all)
    }

    fn read(lesson: &Lesson, path: &Path, right: bool) -> Result<Self> {
        let name = path.file_stem().and_then(|name| name.to_str());
        let name = name.context("a program has no name")?.to_owned();
        let role = match name.split_once("--") {
            Some((role, _)) => role.to_owned(),
            None => probe::ONLY.to_owned(),
        };
        ensure!(
            lesson.roles.contains(&role),
            "{}: the lesson has the programs {:?}",
            path.display(),
            lesson.roles
        );
        let kind = if right {
            Kind::Right
        } else {
            let written = steps_written(&read(path)?);
            let written = written.with_context(|| {
                format!(
                    "{}: a line `//! Steps written: 1-3` is missing",
                    path.display()
                )
            })?;
            Kind::Wrong { written }
        };
        Ok(Self {
            kind,
            name,
            role,
            path: path.to_owned(),
        })
    }

    /// Is it compiled, and not interpreted?
    pub fn is_compiled(&self) -> bool {
        self.path.extension().is_some_and(|ending| ending == "rs")
    }

    /// Its name among the variants of the lesson.
    pub fn variant(&self) -> String {
        let kind = match self.kind {
            Kind::Right => "right",
            Kind::Wrong { .. } => "wrong",
        };
        format!("{kind}-{}", self.name)
    }

    pub fn source(&self) -> Result<String> {
        read(&self.path)
    }
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

/// `//! Steps written: 1-3` → 3.
fn steps_written(source: &str) -> Option<u32> {
    let line = source
        .lines()
        .find_map(|line| line.strip_prefix("//! Steps written: "))?;
    let last = line.rsplit('-').next()?;
    last.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_step_that_is_written_is_read() {
        let source = "//! Wrong: x\n//! Steps written: 1-3\nfn main() {}";
        assert_eq!(steps_written(source), Some(3));
        assert_eq!(steps_written("//! Steps written: 1"), Some(1));
        assert_eq!(steps_written("fn main() {}"), None);
    }
}
