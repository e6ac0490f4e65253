//! A scenario that judges waits: told again, with longer ones, until there is a verdict.

use crate::judge::telling::{Unit, until_judged};
use crate::process::programs::Lesson;
use crate::scene::Scene;
use std::time::Duration;

/// For the `timed!` macro: tells a scenario that judges waits, and again until there is a
/// verdict. Of `times` copies beside each other
/// all have to be right: for waits that are drawn by lot.
pub fn tell_in_time(
    lesson: &Lesson,
    step: u32,
    inside: &str,
    unit: Unit,
    times: usize,
    tells: impl Fn(Scene, Duration) + Sync,
) {
    let told = |quiet| {
        until_judged(unit, quiet, |telling| {
            let scene = Scene::of(lesson.clone(), step, inside, Some(telling));
            tells(scene, telling.unit);
        });
    };
    // Those that insta records are told once.
    let copies = if crate::judge::stage::records(lesson) {
        1
    } else {
        times
    };
    let wrong = std::thread::scope(|scope| {
        let copies: Vec<_> = (1..copies).map(|_| scope.spawn(|| told(true))).collect();
        let ended = copies.into_iter().map(|copy| copy.join());
        ended.filter_map(Result::err).next_back()
    });
    match wrong {
        Some(payload) => std::panic::resume_unwind(payload),
        None => told(false),
    }
}
