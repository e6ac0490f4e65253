//! `cargo xtask reset`: the generated starter again. What was there goes to
//! `.backup/<lesson>/<time>/` first; without a backup nothing is written.

use crate::choose;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::Lesson;
use crate::progress::Progress;
use crate::starter;
use crate::tr;
use crate::workspace::Workspace;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

pub fn run(workspace: &Workspace, lang: Lang, wanted: &str) -> Result<u8, Failure> {
    let lesson = choose::lesson(workspace, lang, wanted)?;
    let folder = workspace.starter_of(lesson);
    if folder.is_dir() {
        let backup = back_up(workspace, lesson, &folder)?;
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
    }
    let source = folder.join("src");
    if source.is_dir() {
        fs::remove_dir_all(&source)
            .with_context(|| format!("{} cannot be removed", source.display()))?;
    }
    starter::write(workspace, lesson)?;
    let mut progress = Progress::read(workspace);
    progress.forget(&lesson.name);
    progress.write(workspace)?;
    let name = &lesson.name;
    crate::say!(
        "{}",
        tr!(
            lang,
            "lessons/{name}을(를) 시작 코드로 되돌렸습니다.",
            "lessons/{name} is the starter again."
        )
    );
    Ok(0)
}

/// Copies the lesson's folder, and says where to.
fn back_up(workspace: &Workspace, lesson: &Lesson, folder: &Path) -> Result<PathBuf> {
    let parent = workspace.root.join(".backup").join(&lesson.name);
    let now = humantime::format_rfc3339_seconds(SystemTime::now())
        .to_string()
        .replace(':', "-");
    // Two resets within a second get a folder each.
    let numbered = |count: u32| {
        parent.join(if count == 1 {
            now.clone()
        } else {
            format!("{now}-{count}")
        })
    };
    let backup = (1..)
        .map(numbered)
        .find(|path| !path.exists())
        .context("no name is left for a backup")?;
    copy(folder, &backup)?;
    Ok(backup)
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
