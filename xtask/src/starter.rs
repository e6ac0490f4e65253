//! Generates programs from a solution: the starter, a partly solved starter, and
//! the mistakes. They differ only in the lines of the steps.

use crate::lesson::{Lesson, Mistake};
use crate::regions::Source;
use crate::workspace::Workspace;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};

/// A solution's programs, each cut at its steps.
pub struct Sources(Vec<(String, Source)>);

/// The text of a program, by its role.
pub type Text = (String, String);

impl Sources {
    pub fn read(workspace: &Workspace, lesson: &Lesson) -> Result<Self> {
        let folder = workspace.solution_of(lesson).join("src");
        let mut sources = Vec::new();
        for role in &lesson.roles {
            let path = folder.join(Lesson::file_of(role)).with_extension("rs");
            let text = fs::read_to_string(&path)
                .with_context(|| format!("{} cannot be read", path.display()))?;
            let source = Source::cut(&text).with_context(|| format!("{}", path.display()))?;
            let mut steps = source.steps();
            steps.sort_unstable();
            let named: Vec<_> = lesson
                .numbered_steps()
                .filter(|(_, step)| step.program == *role)
                .map(|(number, _)| number)
                .collect();
            ensure!(
                steps == named,
                "{} has the steps {steps:?}, and lesson.toml names {named:?}",
                path.display()
            );
            sources.push((role.clone(), source));
        }
        Ok(Self(sources))
    }

    /// The programs with the steps up to `written` as in the solution, and stubs after
    /// it; 0 gives the starter.
    pub fn with_steps_written(&self, lesson: &Lesson, written: u32) -> Vec<Text> {
        let stub = |number| {
            (number > written)
                .then(|| stub_of(lesson, number))
                .flatten()
        };
        self.0
            .iter()
            .map(|(role, source)| (role.clone(), source.with(stub)))
            .collect()
    }

    /// The programs that `mistake` changes: its lines, and the solution's for the rest.
    pub fn with_mistake(&self, mistake: &Mistake) -> Vec<Text> {
        let wrong = |number: u32| mistake.code.get(&number.to_string()).cloned();
        let changed =
            |source: &Source| source.steps().into_iter().any(|step| wrong(step).is_some());
        self.0
            .iter()
            .filter(|(_, source)| changed(source))
            .map(|(role, source)| (role.clone(), source.with(wrong)))
            .collect()
    }
}

/// A step's task as a comment in both languages, and its stub.
fn stub_of(lesson: &Lesson, number: u32) -> Option<String> {
    let step = lesson
        .steps
        .get(usize::try_from(number).ok()?.checked_sub(1)?)?;
    let stub = step.stub.as_ref()?;
    let text = comment(&format!("{number}단계: {}", step.task.ko.trim()))
        + &comment(&format!("Step {number}: {}", step.task.en.trim()));
    Some(text + stub.trim_matches('\n') + "\n")
}

fn comment(text: &str) -> String {
    text.lines().map(|line| format!("// {line}\n")).collect()
}

/// The starter's files that are generated, by their path in the lesson's folder.
/// The scenarios are not: they are written by hand, in the lesson.
fn files(workspace: &Workspace, lesson: &Lesson) -> Result<Vec<(PathBuf, String)>> {
    let manifest = manifest(workspace, lesson)?;
    let mut files = vec![(PathBuf::from("Cargo.toml"), manifest)];
    for (role, program) in Sources::read(workspace, lesson)?.with_steps_written(lesson, 0) {
        let file = Path::new("src").join(Lesson::file_of(&role));
        files.push((file.with_extension("rs"), program));
    }
    Ok(files)
}

/// The same package as the solution's, but for its names and for where its scenarios are.
fn manifest(workspace: &Workspace, lesson: &Lesson) -> Result<String> {
    let manifest = workspace.solution_of(lesson).join("Cargo.toml");
    let manifest = fs::read_to_string(&manifest)
        .with_context(|| format!("{} cannot be read", manifest.display()))?;
    Ok(manifest
        .replace(
            &format!("solution-{}-", lesson.number()),
            &format!("lesson-{}-", lesson.number()),
        )
        .replace(&format!("../../lessons/{}/", lesson.name), ""))
}

/// Is the lesson's manifest what the starter's would be?
pub fn manifest_is_as_generated(workspace: &Workspace, lesson: &Lesson) -> Result<bool> {
    let wanted = manifest(workspace, lesson)?;
    let there = fs::read_to_string(workspace.starter_of(lesson).join("Cargo.toml"));
    Ok(is_same(there, &wanted))
}

/// A checkout on Windows may have CR LF.
fn is_same(there: std::io::Result<String>, wanted: &str) -> bool {
    there.is_ok_and(|there| there.replace("\r\n", "\n") == wanted)
}

/// Writes the starter over whatever is in the lesson's folder.
pub fn write(workspace: &Workspace, lesson: &Lesson) -> Result<()> {
    for (path, text) in files(workspace, lesson)? {
        let path = workspace.starter_of(lesson).join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("{} cannot be made", folder.display()))?;
        }
        fs::write(&path, text).with_context(|| format!("{} cannot be written", path.display()))?;
    }
    Ok(())
}

/// Is the lesson's folder what [`write()`] would make of it?
pub fn is_as_generated(workspace: &Workspace, lesson: &Lesson) -> Result<bool> {
    let folder = workspace.starter_of(lesson);
    let same =
        |(path, text): &(PathBuf, String)| is_same(fs::read_to_string(folder.join(path)), text);
    Ok(files(workspace, lesson)?.iter().all(same))
}
