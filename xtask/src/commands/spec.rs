//! `cargo xtask spec`: what a lesson's programs must do, for whoever writes them in any
//! language.

use crate::arguments;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::choose;
use crate::lesson::workspace::Workspace;
use crate::report::{self, Style};
use crate::status::Status;
use crate::tr;
use anyhow::anyhow;
use clap::ArgMatches;
use specification::Spec;

pub fn line() -> clap::Command {
    clap::Command::new("spec")
        .about("레슨의 규약, 어느 언어로 작성하든 프로그램이 지켜야 할 것을 봅니다 / what a lesson's programs must do, in any language")
        .arg(arguments::lesson())
}

pub fn run(workspace: &Workspace, lang: Lang, words: &ArgMatches) -> Result<Status, Failure> {
    let named = arguments::named_lesson_in(words);
    let Some(lesson) = choose::lesson_or_here(workspace, lang, named.as_deref())? else {
        return Err(choose::all_are_passed(lang));
    };
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
