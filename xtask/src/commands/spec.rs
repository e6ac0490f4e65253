//! `cargo xtask spec`: what a lesson's programs must do, for whoever writes them in any
//! language.

use crate::choose;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::report::{self, Style};
use crate::status::Status;
use crate::tr;
use crate::workspace::Workspace;
use anyhow::anyhow;
use specification::Spec;

pub fn run(workspace: &Workspace, lang: Lang, lesson: &str) -> Result<Status, Failure> {
    let lesson = choose::lesson(workspace, lang, lesson)?;
    let solution = workspace.solution_of(lesson);
    if !Spec::file_of(&solution).is_file() {
        let (name, folder) = (lesson.short_name(), &lesson.name);
        return Err(Failure::Unable(anyhow!(tr!(
            lang,
            "{name}에는 규약(solutions/{folder}/spec.toml)이 없습니다",
            "{name} has no specification (solutions/{folder}/spec.toml)"
        ))));
    }
    let spec = Spec::read(&solution)?;
    for line in report::spec_lines(lesson, &spec, lang, &Style::of_stdout()) {
        crate::say!("{line}");
    }
    Ok(Status::Passed)
}
