//! Which state of the book a page shows: its version, and the day of its newest commit. The
//! day on which it was printed would say nothing of what is in it, and would make two prints
//! of one book differ.

use crate::edition::Edition;
use std::path::Path;
use std::process::Command;

/// What all pages that say it say alike.
pub struct Imprint {
    /// `None` where there is no git, or no commit.
    day: Option<String>,
}

impl Imprint {
    /// That of the book in this workspace.
    pub fn of(workspace: &Path) -> Self {
        let git = Command::new("git")
            .arg("-C")
            .arg(workspace)
            .args(["log", "-1", "--format=%cs", "--", "book", "solutions"])
            .output();
        let told = git.ok().filter(|git| git.status.success());
        let day = told.and_then(|git| String::from_utf8(git.stdout).ok());
        let day = day.map(|day| day.trim().to_owned());
        Self {
            day: day.filter(|day| !day.is_empty()),
        }
    }

    pub fn html(&self, edition: Edition) -> String {
        let version = edition.version(env!("CARGO_PKG_VERSION"));
        let day = self.day.as_ref();
        let day = day.map(|day| format!(" · <time datetime=\"{day}\">{day}</time>"));
        format!(
            "<p class=\"imprint\">{version}{}</p>",
            day.unwrap_or_default()
        )
    }
}
