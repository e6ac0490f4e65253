//! `cargo xtask dev stub`: writes the starters generated from the solutions, or with
//! `--check` compares the ones that are there. A learner's program is left alone.

use crate::arguments::{self, flag};
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::choose;
use crate::lesson::definition::Lesson;
use crate::lesson::kept::Kept;
use crate::lesson::starter::{self, Sources, Text};
use crate::lesson::untouched;
use crate::lesson::whole_file;
use crate::lesson::workspace::Workspace;
use crate::lesson::written::Written;
use crate::status::Status;
use crate::tr;
use anyhow::Result;
use clap::ArgMatches;
use std::fs;
use std::path::PathBuf;

pub fn line() -> clap::Command {
    clap::Command::new("stub")
        .about("시작 코드를 풀이에서 만듭니다 / generate the starters")
        .args([
            arguments::some_lessons(),
            flag("check", "쓰지 않고 비교만 합니다 / compare, write nothing"),
        ])
}

pub fn run(workspace: &Workspace, lang: Lang, words: &ArgMatches) -> Result<Status, Failure> {
    let mut status = Status::Passed;
    for lesson in choose::lessons_or_all(workspace, lang, &arguments::lessons_in(words))? {
        let name = &lesson.name;
        if starter::is_as_generated(workspace, lesson)? {
            continue;
        }
        let said = if words.get_flag("check") {
            status = Status::NotYet;
            tr!(
                lang,
                "lessons/{name}은(는) 풀이에서 만든 시작 코드와 다릅니다. cargo xtask dev stub {name}",
                "lessons/{name} is not the starter that its solution gives: cargo xtask dev stub {name}"
            )
        } else if is_a_learner_s(workspace, lesson)? {
            status = Status::NotYet;
            tr!(
                lang,
                "작성한 코드가 있어 그대로 두었습니다: lessons/{name}\n  되돌리려면: cargo xtask reset {name}",
                "left alone, because somebody wrote in it: lessons/{name}\n  to take it back: cargo xtask reset {name}"
            )
        } else {
            let kept = Kept::of(workspace, lesson)?;
            kept.tell(lang);
            kept.write_starter()?;
            remember(workspace, lesson)?;
            tr!(lang, "썼습니다: lessons/{name}", "written: lessons/{name}")
        };
        crate::say!("{said}");
    }
    Ok(status)
}

/// Is it anything but a starter? It is one where it is what this command wrote last, or
/// what git has, with no step written.
fn is_a_learner_s(workspace: &Workspace, lesson: &Lesson) -> Result<bool> {
    let mut programs = Vec::new();
    for (role, file) in lesson.roles.iter().zip(workspace.program_files_of(lesson)) {
        if file.exists() {
            let Ok(text) = fs::read_to_string(file) else {
                return Ok(true);
            };
            programs.push((role.clone(), text));
        }
    }
    let last = |(role, text): &Text| {
        fs::read(last_written(workspace, lesson, role)).is_ok_and(|it| it == text.as_bytes())
    };
    if programs.iter().all(last) {
        return Ok(false);
    }
    let written = Written::of(lesson, &Sources::read(workspace, lesson)?, &programs)?;
    let mut steps = lesson.steps_to_write().into_iter();
    let unwritten = steps.all(|step| written.lacks(step) || written.left_over(step).is_some());
    Ok(!(unwritten && untouched::program_is_as_git_has_it(workspace, lesson)))
}

/// Where a copy of the starter that was written last stands, to be known again.
fn last_written(workspace: &Workspace, lesson: &Lesson, role: &str) -> PathBuf {
    let folder = workspace.scratch().join("starters").join(&lesson.name);
    folder.join(Lesson::file_of(role)).with_extension("rs")
}

fn remember(workspace: &Workspace, lesson: &Lesson) -> Result<()> {
    for (role, text) in Sources::read(workspace, lesson)?.with_steps_written(lesson, 0) {
        whole_file::put(&last_written(workspace, lesson, &role), text.as_bytes())?;
    }
    Ok(())
}
