//! `cargo xtask stub`: writes the starters generated from the solutions, or with
//! `--check` compares the ones that are there. What is no starter may be a learner's
//! program, so it is backed up first.

use crate::arguments::{self, flag};
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::backup;
use crate::lesson::choose;
use crate::lesson::starter;
use crate::lesson::workspace::Workspace;
use crate::status::Status;
use crate::tr;
use clap::ArgMatches;

pub fn line() -> clap::Command {
    clap::Command::new("stub")
        .about("시작 코드를 풀이에서 만듭니다 (관리자용) / generate the starters (maintainers)")
        .args([
            arguments::some_lessons(),
            flag("check", "쓰지 않고 비교만 합니다 / compare, write nothing"),
        ])
}

pub fn run(workspace: &Workspace, lang: Lang, words: &ArgMatches) -> Result<Status, Failure> {
    let mut stale = false;
    for lesson in choose::lessons_or_all(workspace, lang, &arguments::lessons_in(words))? {
        let name = &lesson.name;
        if starter::is_as_generated(workspace, lesson)? {
            continue;
        }
        if words.get_flag("check") {
            stale = true;
            crate::say!(
                "{}",
                tr!(
                    lang,
                    "lessons/{name}은(는) 풀이에서 만든 시작 코드와 다릅니다. cargo xtask stub {name}",
                    "lessons/{name} is not the starter that its solution gives: cargo xtask stub {name}"
                )
            );
        } else {
            backup::make(workspace, lesson, lang)?;
            starter::write(workspace, lesson)?;
            crate::say!(
                "{}",
                tr!(lang, "썼습니다: lessons/{name}", "written: lessons/{name}")
            );
        }
    }
    Ok(if stale {
        Status::NotYet
    } else {
        Status::Passed
    })
}
