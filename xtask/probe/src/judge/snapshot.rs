//! The snapshots: insta's `.snap` files in `solutions/<lesson>/snapshots`, one a
//! scenario. Recorded by the solution's tests with insta itself; read, and never
//! written, on the learner's side, where none of insta's variables counts.

use crate::process::programs::Lesson;
use crate::transcript::event::{Event, NoLine};
use std::fs;
use std::path::{Path, PathBuf};

/// A snapshot as it was read.
pub struct Recorded {
    /// The step that the scenario belonged to when it was recorded.
    pub step: u32,
    /// Its lines.
    pub events: Vec<Event>,
}

/// The folder of a lesson's snapshots, for the lesson's package and its solution's.
pub(crate) fn folder_of(lesson: &Lesson) -> PathBuf {
    let package = Path::new(lesson.folder);
    let name = package.file_name().unwrap_or_default();
    let root = package.ancestors().nth(2).unwrap_or(package);
    root.join("solutions").join(name).join("snapshots")
}

/// Reads the snapshot of `scenario` in `folder`; `None` if there is none.
///
/// # Errors
/// It has a line that is none of a transcript.
pub fn recorded(folder: &Path, scenario: &str) -> Result<Option<Recorded>, NoLine> {
    let file = folder.join(format!("{scenario}.snap"));
    let Ok(snapshot) = insta::Snapshot::from_file(&file) else {
        return Ok(None);
    };
    let described = snapshot.metadata().description().unwrap_or_default();
    let step = described.trim_start_matches("step ").parse().unwrap_or(0);
    let Some(contents) = snapshot.as_text() else {
        return Ok(None);
    };
    let contents = contents.to_string();
    let events = contents.lines().map(Event::parse).collect::<Result<_, _>>();
    Ok(Some(Recorded {
        step,
        events: events?,
    }))
}

/// The names of all scenarios that have a snapshot in `folder`, sorted.
pub fn scenarios_of(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<_> = files
        .filter_map(|file| Some(file.file_name().to_str()?.strip_suffix(".snap")?.to_owned()))
        .collect();
    names.sort();
    names
}

/// insta's own comparison, as its users know it: obeys `INSTA_UPDATE` and leaves a
/// `.snap.new` for `cargo insta review`.
pub(crate) fn assert_recorded(lesson: &Lesson, scenario: &str, step: u32, events: &[Event]) {
    let lines: Vec<_> = events.iter().map(ToString::to_string).collect();
    let mut settings = insta::Settings::new();
    settings.set_snapshot_path(folder_of(lesson));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_description(format!("step {step}"));
    settings.bind(|| insta::assert_snapshot!(scenario, lines.join("\n")));
}
