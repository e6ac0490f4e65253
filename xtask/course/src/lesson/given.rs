//! What a lesson's programs take along besides their own sources: the other files in the
//! solution's `src`. They are whole in the starter, and the same beside every variant.

use crate::lesson::definition::Lesson;
use crate::lesson::workspace::Workspace;
use anyhow::{Context, Result};
use std::ffi::OsString;
use std::fs;
use std::path::Path;

/// A file's name, and its text.
pub type Given = (OsString, String);

/// Those of a lesson, sorted by name; most have none.
pub fn of(workspace: &Workspace, lesson: &Lesson) -> Result<Vec<Given>> {
    let folder = workspace.solution_of(lesson).join("src");
    let is_a_program = |name: &OsString| {
        let mut files = lesson.roles.iter().map(|role| Lesson::file_of(role));
        files.any(|file| *name == *format!("{file}.rs"))
    };
    let mut all = Vec::new();
    for file in
        fs::read_dir(&folder).with_context(|| format!("{} cannot be read", folder.display()))?
    {
        let file = file?;
        if file.file_type()?.is_file() && !is_a_program(&file.file_name()) {
            all.push((file.file_name(), read(&file.path())?));
        }
    }
    all.sort();
    Ok(all)
}

/// The learner's own, who may have changed them; the solution's where they are missing.
pub fn as_the_learner_has_them(workspace: &Workspace, lesson: &Lesson) -> Result<Vec<Given>> {
    let folder = workspace.starter_of(lesson).join("src");
    let own = |(name, text): Given| {
        let own = fs::read_to_string(folder.join(&name)).unwrap_or(text);
        (name, own)
    };
    Ok(of(workspace, lesson)?.into_iter().map(own).collect())
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(topic: &str) -> Vec<OsString> {
        let workspace = Workspace::find().unwrap();
        let mut all = workspace.lessons.iter();
        let lesson = all.find(|lesson| lesson.topic() == topic).unwrap();
        let given = of(&workspace, lesson).unwrap();
        given.into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn what_is_no_program_is_given() {
        assert_eq!(
            given("remote-control"),
            ["frames.rs", "http.rs", "page.html"]
        );
        assert!(given("threads").is_empty());
    }
}
