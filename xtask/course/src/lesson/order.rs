//! The order of a lesson's scenarios: as they stand in `check.rs`, the simplest of a step first.

use crate::lesson::definition::Lesson;
use crate::lesson::workspace::Workspace;
use std::fs;

/// Where each scenario stands.
pub struct Order {
    text: String,
}

impl Order {
    pub fn of(workspace: &Workspace, lesson: &Lesson) -> Self {
        let file = workspace.starter_of(lesson).join("tests/check.rs");
        let text = fs::read_to_string(file).unwrap_or_default();
        Self { text }
    }

    /// `None` for one that is not there.
    pub fn place(&self, scenario: &str) -> Option<usize> {
        self.text.find(&format!("fn {scenario}("))
    }
}
