//! A run as a page to step through, by itself: the learner's and the solution's side by side,
//! or the solution's alone.

use super::at_fault;
use crate::check::origin::Origin;
use crate::lang::Lang;
use crate::lesson::definition::Lesson;
use crate::runs::compare;
use crate::tr;
use player::{Player, Source};
use recording::{Run, steps};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A run, and the folder that the files of its lines lie in.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    pub run: &'a Run,
    pub folder: &'a Path,
}

/// The page.
pub fn page(
    lesson: &Lesson,
    own: Option<Shown<'_>>,
    right: Shown<'_>,
    origin: Option<&Origin>,
    lang: Lang,
) -> String {
    let scenario = &right.run.scenario;
    let title = format!(
        "{} · {}",
        lesson.short_name(),
        lesson.title_of(scenario, lang)
    );
    let asked = lesson.scenarios.get(scenario);
    let asked = asked.map_or("", |scenario| scenario.asks.of(lang));
    let comes_from = origin.map(|origin| at_fault::of_a_run(origin, lang));
    let words: Vec<_> = [Some(asked.to_owned()), comes_from]
        .into_iter()
        .flatten()
        .collect();
    let names = [
        (tr!(lang, "내 프로그램", "Your program"), "mine"),
        (tr!(lang, "풀이", "The solution"), "solution"),
    ];
    let parting = own.and_then(|own| compare(own.run, right.run));
    let places = parting.map(|it| [it.own, it.other]);
    let runs = [own, Some(right)];
    let parts = [0, 1].map(|which| {
        let (place, other) = (places?[which], places?[1 - which]);
        let run = runs[which]?.run;
        let place = place.unwrap_or_else(|| run.events.len().saturating_sub(1));
        let name = &names[1 - which].0;
        Some((
            place + 1,
            does_there(name, runs[1 - which]?.run, other, lang),
        ))
    });
    let shown: Vec<_> = runs
        .into_iter()
        .zip(parts)
        .zip(names)
        .filter_map(|((shown, parts), (title, word))| {
            let shown = shown?;
            let address = format!("{}/{scenario}/{word}", lesson.short_name());
            Some((shown, parts, title, address, sources(&shown)))
        })
        .collect();
    let players: Vec<_> = shown
        .iter()
        .map(|(shown, parts, title, address, sources)| Player {
            run: shown.run,
            name: address,
            title,
            sources,
            sources_are_open: true,
            parts: parts.clone(),
            questions: BTreeMap::new(),
        })
        .collect();
    player::page(&title, &words, &players, lang.into())
}

/// What the other run does where the two part.
fn does_there(name: &str, run: &Run, place: Option<usize>, lang: Lang) -> String {
    let all = steps(run);
    match place.and_then(|place| all.get(place)) {
        Some(step) => {
            let line = player::line(step, lang.into());
            // A peer's line begins with its name.
            let who = step.call.map_or("", |call| call.who.as_str());
            let line = format!("{who} {line}");
            let line = line.trim_start();
            tr!(lang, "{name}: 여기서 `{line}`", "{name}, here: `{line}`")
        }
        None => tr!(
            lang,
            "{name}: 기록은 여기까지",
            "{name}: the recording ends here"
        ),
    }
}

/// Those of its files that can be read.
fn sources(shown: &Shown<'_>) -> Vec<Source> {
    let read = |file: &str| {
        let text = fs::read_to_string(shown.folder.join(file)).ok()?;
        Some(Source::of(file, &text))
    };
    shown.run.files().into_iter().filter_map(read).collect()
}
