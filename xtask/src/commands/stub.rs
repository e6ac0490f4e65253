//! `cargo xtask stub`: writes the starters generated from the solutions, or with
//! `--check` compares the ones that are there. What is no starter may be a learner's
//! program, so it is backed up first.

use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::backup;
use crate::lesson::choose;
use crate::lesson::starter;
use crate::lesson::workspace::Workspace;
use crate::status::Status;
use crate::tr;

pub fn run(
    workspace: &Workspace,
    lang: Lang,
    wanted: &[String],
    check: bool,
) -> Result<Status, Failure> {
    let mut stale = false;
    for lesson in choose::lessons_or_all(workspace, lang, wanted)? {
        let name = &lesson.name;
        if starter::is_as_generated(workspace, lesson)? {
            continue;
        }
        if check {
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
