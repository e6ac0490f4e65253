//! `cargo xtask here`, and `cargo xtask` alone: where the learner is, and how to go on; a
//! welcome where nothing was checked yet.

use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::progress::Progress;
use crate::lesson::whereabouts::{self, State};
use crate::lesson::workspace::Workspace;
use crate::report::{self, Style, Whereabouts};
use crate::status::Status;
use clap::ArgMatches;

pub fn line() -> clap::Command {
    clap::Command::new("here").about(
        "지금 할 레슨과 다음 할 일 (cargo xtask만 써도 됩니다) / where you are; cargo xtask alone says it too",
    )
}

pub fn run(workspace: &Workspace, lang: Lang, _: &ArgMatches) -> Result<Status, Failure> {
    let progress = Progress::read(workspace);
    let lessons = workspace.lessons.iter();
    let states: Vec<_> = lessons
        .map(|lesson| whereabouts::state(workspace, lesson, &progress.of(&lesson.name)))
        .collect();
    let style = Style::of_stdout();
    let lines = if states.iter().all(|state| *state == State::NotBegun) {
        report::welcome(lang, &style)
    } else {
        let here = whereabouts::here(workspace, &progress);
        let next = here.and_then(|lesson| {
            let step = whereabouts::next_step(lesson, &progress.of(&lesson.name))?;
            let chapter = workspace.chapter_of(lesson, lang);
            Some((lesson, step, chapter.exists()))
        });
        let is_passed = |state: &&State| matches!(state, State::Passed | State::ChangedSince);
        let whereabouts = Whereabouts {
            passed: states.iter().filter(is_passed).count(),
            all: states.len(),
            next,
        };
        whereabouts.lines(lang, &style)
    };
    for line in lines {
        crate::say!("{line}");
    }
    Ok(Status::Passed)
}
