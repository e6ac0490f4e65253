//! `cargo xtask hint`: the next hint of a step, one at a time; after the last one
//! it begins again.

use crate::arguments;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::choose;
use crate::lesson::progress::Progress;
use crate::lesson::workspace::Workspace;
use crate::status::Status;
use crate::tr;
use clap::{Arg, ArgMatches, value_parser};

pub fn line() -> clap::Command {
    clap::Command::new("hint")
        .about("한 단계의 다음 힌트를 봅니다 / the next hint of a step")
        .args([
            arguments::one_lesson(),
            Arg::new("STEP")
                .value_parser(value_parser!(u32))
                .help("기본: 아직 통과하지 못한 첫 단계 / default: the first step not passed"),
        ])
}

pub fn run(workspace: &Workspace, lang: Lang, words: &ArgMatches) -> Result<Status, Failure> {
    let lesson = choose::lesson(workspace, lang, &arguments::lesson_in(words))?;
    let mut progress = Progress::read(workspace);
    let mut known = progress.of(&lesson.name);
    let name = lesson.short_name();
    let next = lesson
        .steps_to_write()
        .into_iter()
        .find(|step| !known.is_done(*step));
    let Some(number) = words.get_one("STEP").copied().or(next) else {
        crate::say!(
            "{}",
            tr!(
                lang,
                "{name}에는 더 쓸 단계가 없습니다.",
                "{name} has no step left to write."
            )
        );
        return Ok(Status::Passed);
    };
    let Some((_, step)) = lesson.numbered_steps().find(|(own, _)| *own == number) else {
        let all = lesson.steps.len();
        return Err(Failure::Usage(tr!(
            lang,
            "{name}에는 {number}단계가 없습니다. 1부터 {all}까지 있습니다.",
            "{name} has no step {number}; its steps are 1 to {all}."
        )));
    };
    let all = step.hints.len();
    let given = known.hints.get(&number).copied().unwrap_or(0);
    let Some(hint) = step.hints.get(if given < all { given } else { 0 }) else {
        crate::say!(
            "{}",
            tr!(
                lang,
                "{number}단계는 쓸 것이 없어 힌트도 없습니다.",
                "Step {number} is given; it needs no hint."
            )
        );
        return Ok(Status::Passed);
    };
    let shown = if given < all { given + 1 } else { 1 };
    crate::say!(
        "{}",
        tr!(
            lang,
            "{name} {number}단계 힌트 {shown}/{all}",
            "{name}, step {number}, hint {shown} of {all}"
        )
    );
    crate::say!("{}", hint.of(lang));
    known.hints.insert(number, shown);
    progress.set(&lesson.name, known);
    progress.write(workspace)?;
    Ok(Status::Passed)
}
