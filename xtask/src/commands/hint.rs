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
use clap::ArgMatches;

pub fn line() -> clap::Command {
    clap::Command::new("hint")
        .about("한 단계의 다음 힌트를 봅니다 / the next hint of a step")
        .args([
            arguments::one_lesson(),
            arguments::a_step()
                .help("기본: 아직 통과하지 못한 첫 단계 / default: the first step not passed"),
        ])
}

pub fn run(workspace: &Workspace, lang: Lang, words: &ArgMatches) -> Result<Status, Failure> {
    let lesson = choose::lesson(workspace, lang, &arguments::lesson_in(words))?;
    let known = Progress::read(workspace).of(&lesson.name);
    let name = lesson.short_name();
    let next = lesson
        .steps_to_write()
        .into_iter()
        .find(|step| !known.is_done(*step));
    let Some(number) = arguments::step_in(words).or(next) else {
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
    let number = choose::step(lesson, lang, number)?;
    let mut steps = lesson.numbered_steps();
    let hints = steps.find(|(own, _)| *own == number);
    let hints = hints.map_or(&[][..], |(_, step)| &step.hints);
    let all = hints.len();
    let given = known.hints.get(&number).copied().unwrap_or(0);
    let Some(hint) = hints.get(if given < all { given } else { 0 }) else {
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
    Progress::change(workspace, |progress| {
        let mut known = progress.of(&lesson.name);
        known.hints.insert(number, shown);
        progress.set(&lesson.name, known);
    })?;
    Ok(Status::Passed)
}
