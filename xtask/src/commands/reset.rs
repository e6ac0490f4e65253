//! `cargo xtask reset`: the generated starter again. What was there is backed up first;
//! without a backup nothing is written.

use crate::arguments;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::backup;
use crate::lesson::choose;
use crate::lesson::progress::Progress;
use crate::lesson::starter;
use crate::lesson::strays;
use crate::lesson::workspace::Workspace;
use crate::status::Status;
use crate::tr;
use anyhow::{Context, anyhow};
use clap::ArgMatches;
use std::fs;

pub fn line() -> clap::Command {
    clap::Command::new("reset")
        .about("시작 코드로 되돌립니다 (먼저 백업합니다) / back to the starter, after a backup")
        .args([arguments::one_lesson()])
}

pub fn run(workspace: &Workspace, lang: Lang, words: &ArgMatches) -> Result<Status, Failure> {
    let lesson = choose::lesson(workspace, lang, &arguments::lesson_in(words))?;
    if let Some(renamed) = strays::about_the_renamed(workspace, lesson, lang) {
        return Err(Failure::Unable(anyhow!(renamed)));
    }
    backup::make(workspace, lesson, lang)?;
    let source = workspace.starter_of(lesson).join("src");
    if source.is_dir() {
        fs::remove_dir_all(&source)
            .with_context(|| format!("{} cannot be removed", source.display()))?;
    }
    starter::write(workspace, lesson)?;
    Progress::change(workspace, |progress| progress.forget(&lesson.name))?;
    let name = &lesson.name;
    crate::say!(
        "{}",
        tr!(
            lang,
            "lessons/{name}을(를) 시작 코드로 되돌렸습니다.",
            "lessons/{name} is the starter again."
        )
    );
    Ok(Status::Passed)
}
