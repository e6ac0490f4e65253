//! `cargo xtask list`: the lessons in their parts, how far each is, and where the learner
//! is; with words, the lessons and steps that they are found in.

use crate::arguments::flag;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::choose;
use crate::lesson::definition::{Lesson, Step};
use crate::lesson::parts;
use crate::lesson::progress::Progress;
use crate::lesson::whereabouts;
use crate::lesson::workspace::Workspace;
use crate::report::{self, Entry, Style};
use crate::status::Status;
use crate::tr;
use clap::{Arg, ArgMatches};

pub fn line() -> clap::Command {
    clap::Command::new("list")
        .about("레슨과 단계를 보여 주고 찾습니다 / show the lessons and their steps, or find some")
        .args([
            Arg::new("WORD").num_args(0..).help(
                "레슨(04, 09-11)이나 찾을 말(소켓) / lessons (04, 09-11), or words to find (backlog)",
            ),
            flag("steps", "모든 단계를 / every step"),
        ])
}

pub fn run(workspace: &Workspace, lang: Lang, words: &ArgMatches) -> Result<Status, Failure> {
    let progress = Progress::read(workspace);
    let here = whereabouts::here(workspace, &progress);
    let is_here = |lesson: &Lesson| here.is_some_and(|here| here.name == lesson.name);
    let all_steps = words.get_flag("steps");
    let wanted: Vec<String> = words
        .get_many("WORD")
        .into_iter()
        .flatten()
        .cloned()
        .collect();
    let chosen = if wanted.is_empty() {
        let lessons = workspace.lessons.iter();
        lessons
            .map(|lesson| (lesson, steps(lesson, |_| all_steps || is_here(lesson))))
            .collect()
    } else if let Ok(named) = choose::lessons(workspace, lang, &wanted) {
        let lessons = named.into_iter();
        lessons
            .map(|lesson| (lesson, steps(lesson, |_| true)))
            .collect()
    } else {
        found(workspace, &wanted)
    };
    if chosen.is_empty() {
        let wanted = wanted.join(" ");
        return Err(Failure::Usage(tr!(
            lang,
            "'{wanted}'을(를) 어느 레슨과 단계에서도 찾지 못했습니다.",
            "No lesson or step has '{wanted}' in it."
        )));
    }
    let entry = |(lesson, steps): (_, Vec<u32>)| {
        let lesson: &Lesson = lesson;
        let known = progress.of(&lesson.name);
        Entry {
            lesson,
            state: whereabouts::state(workspace, lesson, &known),
            is_here: is_here(lesson),
            steps,
            known,
        }
    };
    let entries: Vec<_> = chosen.into_iter().map(entry).collect();
    for line in report::overview(&parts::all()?, &entries, lang, &Style::of_stdout()) {
        crate::say!("{line}");
    }
    Ok(Status::Passed)
}

/// The numbers of those that are `wanted`.
fn steps(lesson: &Lesson, wanted: impl Fn(&Step) -> bool) -> Vec<u32> {
    let steps = lesson.numbered_steps().filter(|(_, step)| wanted(step));
    steps.map(|(number, _)| number).collect()
}

/// The lessons in whose names and titles all of `words` are found, or in one of their steps,
/// each with these; in both languages.
fn found<'a>(workspace: &'a Workspace, words: &[String]) -> Vec<(&'a Lesson, Vec<u32>)> {
    let words: Vec<_> = words.iter().map(|word| word.to_lowercase()).collect();
    let has = |texts: &[&str]| {
        let text = texts.join("\n").to_lowercase();
        words.iter().all(|word| text.contains(word))
    };
    let found = workspace.lessons.iter().filter_map(|lesson| {
        let title = &lesson.title;
        let steps = steps(lesson, |step| {
            let (title, task) = (&step.title, &step.task);
            has(&[&title.ko, &title.en, &task.ko, &task.en])
        });
        let is_named = has(&[&lesson.name, &title.ko, &title.en]);
        (is_named || !steps.is_empty()).then_some((lesson, steps))
    });
    found.collect()
}
