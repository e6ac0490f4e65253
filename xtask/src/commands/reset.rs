//! `cargo xtask reset`: the starter again, or one step of it. What was there is backed up
//! first; without a backup nothing is written. Files that the starter does not have stay.

use crate::arguments;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::backup;
use crate::lesson::choose;
use crate::lesson::definition::Lesson;
use crate::lesson::kept::Kept;
use crate::lesson::progress::Progress;
use crate::lesson::put_back::Place;
use crate::lesson::starter::{self, Sources};
use crate::lesson::strays;
use crate::lesson::workspace::Workspace;
use crate::status::Status;
use crate::tr;
use anyhow::Context;
use clap::ArgMatches;
use std::fs;
use std::io;
use std::path::Path;

pub fn line() -> clap::Command {
    clap::Command::new("reset")
        .about("레슨이나 한 단계를 시작 코드로 되돌립니다 (먼저 백업합니다) / back to the starter, or one step of it, after a backup")
        .args([
            arguments::one_lesson(),
            arguments::step("이 단계의 함수만 / the function of this step alone"),
        ])
}

pub fn run(workspace: &Workspace, lang: Lang, words: &ArgMatches) -> Result<Status, Failure> {
    let lesson = choose::lesson(workspace, lang, &arguments::lesson_in(words))?;
    strays::is_not_renamed(workspace, lesson, lang)?;
    match arguments::step_in(words) {
        Some(word) => {
            let step = choose::step(workspace, lesson, lang, &word)?;
            one_step(workspace, lesson, step, lang)
        }
        None => whole_lesson(workspace, lesson, lang),
    }
}

fn whole_lesson(workspace: &Workspace, lesson: &Lesson, lang: Lang) -> Result<Status, Failure> {
    let kept = Kept::of(workspace, lesson)?;
    kept.tell(lang);
    kept.write_starter()?;
    forget(workspace, lesson, &lesson.steps_to_write())?;
    let name = &lesson.name;
    crate::say!(
        "{}",
        tr!(
            lang,
            "시작 코드로 되돌렸습니다: lessons/{name}",
            "lessons/{name} is the starter again."
        )
    );
    tell_what_stays(workspace, lesson, lang)?;
    Ok(Status::Passed)
}

fn tell_what_stays(workspace: &Workspace, lesson: &Lesson, lang: Lang) -> Result<(), Failure> {
    let generated = starter::files(workspace, lesson)?;
    let own = backup::own_files(workspace, lesson)?.into_keys();
    let own: Vec<_> = own
        .filter(|path| generated.iter().all(|(file, _)| file != path))
        .map(|path| path.display().to_string())
        .collect();
    if !own.is_empty() {
        let own = own.join(", ");
        crate::say!(
            "{}",
            tr!(
                lang,
                "직접 만든 파일은 그대로 두었습니다: {own}",
                "Files of your own stay where they are: {own}"
            )
        );
    }
    Ok(())
}

fn one_step(
    workspace: &Workspace,
    lesson: &Lesson,
    step: u32,
    lang: Lang,
) -> Result<Status, Failure> {
    if !lesson.steps_to_write().contains(&step) {
        return Err(Failure::Usage(tr!(
            lang,
            "{step}단계는 주어진 것이라 되돌릴 것이 없습니다.",
            "Step {step} is given; there is nothing to take back."
        )));
    }
    let place = Place::of(lesson, &Sources::read(workspace, lesson)?, step)?;
    let file = Path::new(&place.file);
    let program = match fs::read(workspace.starter_of(lesson).join(file)) {
        Ok(bytes) => String::from_utf8(bytes).ok(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => {
            return Err(error).with_context(|| format!("{} cannot be read", place.file))?;
        }
    };
    let Some(new) = program.and_then(|program| place.put_back(&program)) else {
        let (number, file, function) = (lesson.number(), &place.file, &place.function);
        return Err(Failure::Usage(tr!(
            lang,
            "{file}에서 함수 {function}을(를) 찾지 못했습니다. 레슨 전체는 cargo xtask reset {number}(으)로 되돌립니다.",
            "{file} has no function {function}. cargo xtask reset {number} takes the whole lesson back."
        )));
    };
    let kept = Kept::of(workspace, lesson)?;
    kept.tell(lang);
    kept.write(file, new.as_bytes())?;
    forget(workspace, lesson, &[step])?;
    let (name, file, function) = (&lesson.name, &place.file, &place.function);
    crate::say!(
        "{}",
        tr!(
            lang,
            "{step}단계({function})를 시작 코드로 되돌렸습니다: lessons/{name}/{file}",
            "Step {step} ({function}) is the starter's again: lessons/{name}/{file}"
        )
    );
    Ok(Status::Passed)
}

/// What a given step passed stays known.
fn forget(workspace: &Workspace, lesson: &Lesson, steps: &[u32]) -> Result<(), Failure> {
    Progress::change(workspace, |progress| {
        let mut known = progress.of(&lesson.name);
        for step in steps {
            known.forget(*step);
        }
        progress.set(&lesson.name, known);
    })?;
    Ok(())
}
