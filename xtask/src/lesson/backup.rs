//! Copies of what a person wrote, made before a command writes a starter over it. They
//! stand in `.backup/<lesson>/<time>/`; nothing of the tool's own ever removes one.

use crate::lang::Lang;
use crate::lesson::definition::Lesson;
use crate::lesson::workspace::Workspace;
use crate::tr;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Copies the lesson's folder, where there is one, and prints where to.
///
/// # Errors
/// Not all of it could be copied: then nothing may be written over it.
pub fn make(workspace: &Workspace, lesson: &Lesson, lang: Lang) -> Result<()> {
    let folder = workspace.starter_of(lesson);
    if !folder.is_dir() {
        return Ok(());
    }
    let backup = free_folder(workspace, lesson)?;
    copy(&folder, &backup)?;
    let backup = backup
        .strip_prefix(&workspace.root)
        .unwrap_or(&backup)
        .display();
    crate::say!(
        "{}",
        tr!(
            lang,
            "지금까지의 코드는 {backup}에 두었습니다.",
            "What was there is in {backup}."
        )
    );
    Ok(())
}

/// Named by the time; two backups within a second get a folder each.
fn free_folder(workspace: &Workspace, lesson: &Lesson) -> Result<PathBuf> {
    let parent = workspace.root.join(".backup").join(&lesson.name);
    let now = humantime::format_rfc3339_seconds(SystemTime::now())
        .to_string()
        .replace(':', "-");
    let numbered = |count: u32| {
        parent.join(if count == 1 {
            now.clone()
        } else {
            format!("{now}-{count}")
        })
    };
    (1..)
        .map(numbered)
        .find(|path| !path.exists())
        .context("no name is left for a backup")
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("{} cannot be made", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("{} cannot be read", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            // A pipe would be read from for ever.
            ensure!(
                entry.path().is_file(),
                "{} is not a file, and cannot be kept; move it somewhere else first",
                entry.path().display()
            );
            fs::copy(entry.path(), &target)
                .with_context(|| format!("{} cannot be copied", entry.path().display()))?;
        }
    }
    Ok(())
}
