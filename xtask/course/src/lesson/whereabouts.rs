//! How far a learner is: the state of each lesson, by what the last checks said and by
//! what is in its folder now, and the lesson to go on with.

use crate::lesson::definition::Lesson;
use crate::lesson::fingerprint;
use crate::lesson::progress::{Known, Progress};
use crate::lesson::starter;
use crate::lesson::workspace::Workspace;

/// Of one lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    NotBegun,
    /// The step to go on with.
    AtStep(u32),
    Passed,
    /// It passed, and what was checked then is not what is there now.
    ChangedSince,
}

pub fn state(workspace: &Workspace, lesson: &Lesson, known: &Known) -> State {
    match next_step(lesson, known) {
        None if known.checked == fingerprint::of(workspace, lesson) => State::Passed,
        None => State::ChangedSince,
        Some(step) => {
            let nothing_done = lesson.steps_to_write().iter().all(|it| !known.is_done(*it));
            // Where that cannot be told, somebody has been there.
            let is_starter = || starter::is_as_generated(workspace, lesson).unwrap_or(false);
            if nothing_done && is_starter() {
                State::NotBegun
            } else {
                State::AtStep(step)
            }
        }
    }
}

/// The first step that did not pass, of those to write before those that are given.
pub fn next_step(lesson: &Lesson, known: &Known) -> Option<u32> {
    let given = lesson.numbered_steps().map(|(number, _)| number);
    let mut steps = lesson.steps_to_write().into_iter().chain(given);
    steps.find(|step| !known.is_done(*step))
}

/// The first lesson that did not pass. One that passed and was changed since is no reason
/// to go back.
pub fn here<'a>(workspace: &'a Workspace, progress: &Progress) -> Option<&'a Lesson> {
    let mut lessons = workspace.lessons.iter();
    lessons.find(|lesson| next_step(lesson, &progress.of(&lesson.name)).is_some())
}
