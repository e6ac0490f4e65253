//! What the tool remembers between two calls: the last verdicts, and how many
//! hints were given. A convenience in `target`; nothing is lost with it.

use crate::lesson::workspace::Workspace;
use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

#[derive(Default, Serialize, Deserialize)]
pub struct Progress {
    /// By the lesson's name.
    lessons: BTreeMap<String, Known>,
}

#[derive(Clone, Default, Serialize, Deserialize)]
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
    #[serde(default)]
    pub hints: BTreeMap<u32, usize>,
}

impl Known {
    /// Is there nothing left to do at `step`, as far as the last check saw?
    pub fn is_done(&self, step: u32) -> bool {
        self.passed.contains(&step) || self.unseen.contains(&step)
    }
}

impl Progress {
    /// What is remembered; nothing, where the file is missing or not readable.
    pub fn read(workspace: &Workspace) -> Self {
        let text = fs::read(path(workspace)).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }

    pub fn of(&self, lesson: &str) -> Known {
        self.lessons.get(lesson).cloned().unwrap_or_default()
    }

    pub fn set(&mut self, lesson: &str, known: Known) {
        self.lessons.insert(lesson.to_owned(), known);
    }

    pub fn forget(&mut self, lesson: &str) {
        self.lessons.remove(lesson);
    }

    /// Reads what is remembered, changes it, and writes it.
    pub fn change(workspace: &Workspace, change: impl FnOnce(&mut Self)) -> Result<()> {
        let path = path(workspace);
        fs::create_dir_all(workspace.scratch()).context("target/xtask cannot be made")?;
        let mut progress = Self::read(workspace);
        change(&mut progress);
        fs::write(&path, serde_json::to_vec_pretty(&progress)?)
            .with_context(|| format!("{} cannot be written", path.display()))
    }
}

fn path(workspace: &Workspace) -> PathBuf {
    workspace.scratch().join("progress.json")
}
