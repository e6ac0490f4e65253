//! git, asked in the workspace. What it says is kept from the learner's terminal; where it
//! is not there, or knows of no clone, whoever asks goes on without.

use anyhow::{Context, Result, bail};
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// git in one folder.
pub struct Git<'a> {
    root: &'a Path,
}

impl<'a> Git<'a> {
    pub fn at(root: &'a Path) -> Self {
        Self { root }
    }

    /// Its exit status; `None` where it could not be started.
    pub fn code(&self, arguments: &[&str]) -> Option<i32> {
        self.output(arguments).ok()?.status.code()
    }

    /// Did it say yes?
    pub fn agrees(&self, arguments: &[&str]) -> bool {
        self.code(arguments) == Some(0)
    }

    /// What it said on stdout.
    ///
    /// # Errors
    /// It did not do what was asked: the first line of its own words.
    pub fn bytes(&self, arguments: &[&str]) -> Result<Vec<u8>> {
        let output = self.output(arguments)?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            let why = said.lines().find(|line| !line.trim().is_empty());
            bail!("{}", why.unwrap_or("git has not done it").trim());
        }
        Ok(output.stdout)
    }

    /// As [`Git::bytes`], a line without its end.
    pub fn line(&self, arguments: &[&str]) -> Result<String> {
        let bytes = self.bytes(arguments)?;
        Ok(String::from_utf8_lossy(&bytes).trim_end().to_owned())
    }

    /// The paths that it lists when asked with `-z`.
    pub fn paths(&self, arguments: &[&str]) -> Result<Vec<String>> {
        let bytes = self.bytes(arguments)?;
        let paths = bytes.split(|byte| *byte == 0);
        let paths = paths.filter(|path| !path.is_empty());
        Ok(paths
            .map(|path| String::from_utf8_lossy(path).into_owned())
            .collect())
    }

    fn output(&self, arguments: &[&str]) -> Result<Output> {
        let mut git = Command::new("git");
        git.current_dir(self.root).args(arguments);
        // No editor for a message, no pager, no question.
        git.env("GIT_EDITOR", "true").env("LC_ALL", "C");
        git.stdin(Stdio::null());
        probe::household::undisturbed(|| git.output()).context("git could not be started")
    }
}
