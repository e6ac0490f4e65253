//! `cargo xtask hint`: the next hint of a step, one at a time; after the last one there are
//! no more, and `--all` shows them again.

use crate::arguments::{self, flag};
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::choose;
use crate::lesson::progress::Progress;
use crate::lesson::workspace::Workspace;
use crate::report::Style;
use crate::status::Status;
use crate::tr;
use clap::ArgMatches;

pub fn line() -> clap::Command {
    clap::Command::new("hint")
        .about("한 단계의 다음 힌트를 봅니다 / the next hint of a step")
        .args([
            arguments::lesson(),
            arguments::step(
                "기본: 아직 통과하지 못한 첫 단계 / default: the first step not passed",
            ),
            flag("all", "그 단계의 힌트 모두 / all hints of the step"),
        ])
}

pub fn run(workspace: &Workspace, lang: Lang, words: &ArgMatches) -> Result<Status, Failure> {
    let named = arguments::named_lesson_in(words);
    let Some(lesson) = choose::lesson_or_here(workspace, lang, named.as_deref())? else {
        return Err(choose::all_are_passed(lang));
    };
    let known = Progress::read(workspace).of(&lesson.name);
    let (name, number) = (lesson.short_name(), lesson.number());
    let wanted = match arguments::step_in(words) {
        Some(word) => Some(choose::step(workspace, lesson, lang, &word)?),
        None => {
            let mut to_write = lesson.steps_to_write().into_iter();
            to_write.find(|step| !known.is_done(*step))
        }
    };
    let Some(step) = wanted else {
        return said(tr!(
            lang,
            "{name}에는 더 작성할 단계가 없습니다.",
            "{name} has no step left to write."
        ));
    };
    let hints = lesson.step(step).map_or(&[][..], |step| &step.hints);
    let (given, all) = (known.hints.get(&step).copied().unwrap_or(0), hints.len());
    let shown = match words.get_flag("all") {
        _ if all == 0 => {
            return said(tr!(
                lang,
                "{step}단계는 작성할 것이 없어 힌트도 없습니다.",
                "Step {step} is given; it needs no hint."
            ));
        }
        true => 0..all,
        false if given >= all => {
            return said(tr!(
                lang,
                "{name} {step}단계의 힌트 {all}개를 모두 보았습니다. 다시 보려면: cargo xtask hint {number} {step} --all",
                "{name}, step {step}: there are no more hints than these {all}. To see them again: cargo xtask hint {number} {step} --all"
            ));
        }
        false => given..given + 1,
    };
    let style = Style::of_stdout();
    for (count, hint) in (shown.start + 1..).zip(&hints[shown.clone()]) {
        crate::say!(
            "{}",
            tr!(
                lang,
                "{name} {step}단계 힌트 {count}/{all}",
                "{name}, step {step}, hint {count} of {all}"
            )
        );
        for line in style.wrapped_behind("", hint.of(lang)) {
            crate::say!("{line}");
        }
    }
    Progress::change(workspace, |progress| {
        let mut known = progress.of(&lesson.name);
        known.hints.insert(step, shown.end);
        progress.set(&lesson.name, known);
    })?;
    Ok(Status::Passed)
}

fn said(sentence: String) -> Result<Status, Failure> {
    for line in Style::of_stdout().wrapped_behind("", &sentence) {
        crate::say!("{line}");
    }
    Ok(Status::Passed)
}
