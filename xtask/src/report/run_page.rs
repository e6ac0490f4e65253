//! A run as a page to step through, by itself: the learner's and the solution's side by side,
//! or the solution's alone.

use crate::lang::Lang;
use crate::lesson::definition::Lesson;
use crate::runs::Parting;
use crate::tr;
use player::{Player, Source};
use recording::{Event, Run};
use std::collections::{BTreeMap, BTreeSet};
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
    parting: Option<Parting>,
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
    let names = [
        (tr!(lang, "내 프로그램", "Your program"), "mine"),
        (tr!(lang, "풀이", "The solution"), "solution"),
    ];
    let runs = [own, Some(right)];
    let places = [
        parting.map(|it| it.own.unwrap_or_else(|| last(own))),
        parting.and_then(|it| it.other),
    ];
    let shown = runs.into_iter().zip(places).zip(names);
    let shown: Vec<_> = shown
        .filter_map(|((run, place), name)| Some((run?, place, name)))
        .map(|(shown, place, (title, word))| {
            let address = format!("{}/{scenario}/{word}", lesson.short_name());
            (shown, place, title, address, sources(&shown))
        })
        .collect();
    let players: Vec<_> = shown
        .iter()
        .map(|(shown, place, title, address, sources)| Player {
            run: shown.run,
            name: address,
            title,
            sources,
            sources_are_open: true,
            parts: own.and(place.map(|at| at + 1)),
            questions: BTreeMap::new(),
        })
        .collect();
    player::page(&title, asked, &players, lang.into())
}

/// The last event of a run that ends before the other does.
fn last(own: Option<Shown<'_>>) -> usize {
    own.map_or(0, |own| own.run.events.len().saturating_sub(1))
}

/// Those of its files that can be read.
fn sources(shown: &Shown<'_>) -> Vec<Source> {
    let calls = shown.run.events.iter().filter_map(Event::call);
    let lines = calls.filter_map(|call| call.line.as_ref());
    let files: BTreeSet<_> = lines.map(|line| line.file.as_str()).collect();
    let read = |file: &str| {
        let text = fs::read_to_string(shown.folder.join(file)).ok()?;
        Some(Source::of(file, &text))
    };
    files.into_iter().filter_map(read).collect()
}
