//! What the tool remembers between two calls: the last verdicts, and how many hints were
//! given, by the lesson's name, in a small text file. It is derived from checks: nothing is
//! lost with it that another check would not bring back.

use crate::lang::Lang;
use crate::lesson::lock::Lock;
use crate::lesson::whole_file;
use crate::lesson::workspace::Workspace;
use crate::tr;
use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The shape of the file. One with a higher number was written by a newer tool.
const VERSION: u32 = 1;

/// What stands above it.
const HEAD: &str = "\
# cargo xtask이 기억하는 것입니다. 지워도 검사하면 다시 생깁니다.
# What cargo xtask remembers. It comes back with the next checks if you remove it.
";

#[derive(Serialize, Deserialize)]
pub struct Progress {
    version: u32,
    /// By the lesson's name.
    #[serde(default)]
    lessons: BTreeMap<String, Known>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// The steps that passed in the last check.
    #[serde(default)]
    pub passed: Vec<u32>,
    /// The steps that could not be seen in the last check, with nothing left to do.
    #[serde(default)]
    pub unseen: Vec<u32>,
    /// The fingerprint of the program that was last checked whole.
    #[serde(default)]
    pub checked: Option<String>,
    /// How many hints of a step were given.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub hints: BTreeMap<u32, usize>,
}

impl Known {
    /// Is there nothing left to do at `step`, as far as the last check saw?
    pub fn is_done(&self, step: u32) -> bool {
        self.passed.contains(&step) || self.unseen.contains(&step)
    }

    /// The step is as it was before anything was checked.
    pub fn forget(&mut self, step: u32) {
        self.passed.retain(|passed| *passed != step);
        self.unseen.retain(|unseen| *unseen != step);
        self.hints.remove(&step);
    }
}

impl Default for Progress {
    fn default() -> Self {
        Self {
            version: VERSION,
            lessons: BTreeMap::new(),
        }
    }
}

/// Why a file cannot be gone on with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unreadable {
    Broken,
    /// Of a newer tool.
    Newer,
}

impl Progress {
    /// What is remembered. A file that is broken, or of a newer tool, is put aside, and
    /// that is said.
    pub fn read(workspace: &Workspace) -> Self {
        let path = path(workspace);
        let Ok(text) = fs::read(&path) else {
            return Self::default();
        };
        Self::of_text(&text).unwrap_or_else(|why| {
            put_aside(workspace, &path, why);
            Self::default()
        })
    }

    fn of_text(text: &[u8]) -> Result<Self, Unreadable> {
        let broken = |_| Unreadable::Broken;
        let text = std::str::from_utf8(text).map_err(|_| Unreadable::Broken)?;
        // Its version first: what else stands in a newer one, nobody knows here.
        let table: toml::Table = text.parse().map_err(broken)?;
        match table.get("version").and_then(toml::Value::as_integer) {
            Some(version) if version > i64::from(VERSION) => Err(Unreadable::Newer),
            _ => toml::from_str(text).map_err(broken),
        }
    }

    pub fn of(&self, lesson: &str) -> Known {
        self.lessons.get(lesson).cloned().unwrap_or_default()
    }

    pub fn set(&mut self, lesson: &str, known: Known) {
        self.lessons.insert(lesson.to_owned(), known);
    }

    /// Reads what is remembered, changes it, and writes it whole, while no other call of
    /// the tool does.
    pub fn change(workspace: &Workspace, change: impl FnOnce(&mut Self)) -> Result<()> {
        let folder = workspace.remembered();
        fs::create_dir_all(&folder)
            .with_context(|| format!("{} cannot be made", folder.display()))?;
        // Where a disk knows no locks, the last one who writes is right.
        let _lock = Lock::take(&folder.join("lock"));
        let mut progress = Self::read(workspace);
        change(&mut progress);
        let text = HEAD.to_owned() + &toml::to_string(&progress)?;
        whole_file::put(&path(workspace), text.as_bytes())
    }
}

fn path(workspace: &Workspace) -> PathBuf {
    workspace.remembered().join("progress.toml")
}

/// Gives the file another name, the first that is free.
fn put_aside(workspace: &Workspace, path: &Path, why: Unreadable) {
    let lang = Lang::spoken();
    let ending = match why {
        Unreadable::Broken => "broken",
        Unreadable::Newer => "newer",
    };
    let aside = (1..)
        .map(|count: u32| match count {
            1 => path.with_extension(format!("toml.{ending}")),
            _ => path.with_extension(format!("toml.{ending}-{count}")),
        })
        .find(|aside| !aside.exists());
    let Some(aside) = aside.filter(|aside| fs::rename(path, aside).is_ok()) else {
        return;
    };
    let aside = workspace.path_of(&aside);
    let sentence = match why {
        Unreadable::Broken => tr!(
            lang,
            "기억해 둔 진행 상황을 읽을 수 없어 {aside}(으)로 옮겼습니다. 검사하면 다시 기억합니다.",
            "What was remembered could not be read and is now {aside}. The next checks bring it back."
        ),
        Unreadable::Newer => tr!(
            lang,
            "기억해 둔 진행 상황은 더 새 도구의 것이라 {aside}(으)로 옮겼습니다. 검사하면 다시 기억합니다.",
            "What was remembered is of a newer tool and is now {aside}. The next checks bring it back."
        ),
    };
    crate::complain!("{sentence}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_what_is_read() {
        let mut progress = Progress::default();
        let known = Known {
            passed: vec![1, 3],
            unseen: vec![2],
            checked: Some("00ff".to_owned()),
            hints: BTreeMap::from([(4, 2)]),
        };
        progress.set("lesson-04-accept", known.clone());
        let text = HEAD.to_owned() + &toml::to_string(&progress).unwrap();
        let read = Progress::of_text(text.as_bytes()).ok().unwrap();
        assert_eq!(read.of("lesson-04-accept"), known);
        assert_eq!(read.of("lesson-05-connect"), Known::default());
    }

    #[test]
    fn what_cannot_be_gone_on_with_is_told_apart() {
        let why = |text: &[u8]| Progress::of_text(text).err();
        assert_eq!(why(b"version = 1\n"), None);
        for broken in ["{", "", "version = 1\nlessons = 3", "version = \"1\""] {
            assert_eq!(why(broken.as_bytes()), Some(Unreadable::Broken), "{broken}");
        }
        assert_eq!(why(b"version = 1\n\xff"), Some(Unreadable::Broken));
        assert_eq!(why(b"version = 2\nlessons = 3"), Some(Unreadable::Newer));
    }

    #[test]
    fn a_step_is_forgotten_alone() {
        let mut known = Known {
            passed: vec![1, 2],
            unseen: vec![3],
            checked: Some("0".to_owned()),
            hints: BTreeMap::from([(1, 1), (2, 2)]),
        };
        known.forget(2);
        assert_eq!((known.passed, known.unseen), (vec![1], vec![3]));
        assert_eq!(known.hints, BTreeMap::from([(1, 1)]));
    }
}
