//! The runs that stand beside a solution, in `runs/`: recorded by `cargo xtask dev record`,
//! shown in the book, and where a system lets no program be watched.

use crate::lesson::definition::Lesson;
use crate::lesson::workspace::Workspace;
use anyhow::{Context, Result};
use recording::Run;
use std::fs;
use std::path::PathBuf;

const ENDING: &str = ".jsonl";

fn folder(workspace: &Workspace, lesson: &Lesson) -> PathBuf {
    workspace.solution_of(lesson).join("runs")
}

/// Where the run of `scenario` stands.
pub fn file(workspace: &Workspace, lesson: &Lesson, scenario: &str) -> PathBuf {
    folder(workspace, lesson).join(format!("{scenario}{ENDING}"))
}

/// The scenarios of which there is a run, by name.
pub fn scenarios(workspace: &Workspace, lesson: &Lesson) -> Vec<String> {
    let files = fs::read_dir(folder(workspace, lesson))
        .into_iter()
        .flatten();
    let names = files.filter_map(|file| file.ok()?.file_name().into_string().ok());
    let mut names: Vec<_> = names
        .filter_map(|name| Some(name.strip_suffix(ENDING)?.to_owned()))
        .collect();
    names.sort();
    names
}

/// The run that was recorded of `scenario`; `None` where there is none.
pub fn read(workspace: &Workspace, lesson: &Lesson, scenario: &str) -> Result<Option<Run>> {
    let file = file(workspace, lesson, scenario);
    let Ok(text) = fs::read_to_string(&file) else {
        return Ok(None);
    };
    let run = Run::of_lines(&text);
    let run = run.with_context(|| format!("{} cannot be read", workspace.path_of(&file)))?;
    Ok(Some(run))
}
