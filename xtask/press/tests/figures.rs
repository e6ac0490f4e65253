//! What the real book's figures say beside their transcripts: each has its sentence, in the
//! edition's language, and a wait is as long as its scenario makes it.

use crate::real_book::{pages, short};
use scraper::{Html, Selector};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

#[test]
fn every_figure_has_a_sentence_and_a_line_that_matters() {
    let (figure, caption) = (selector("figure.conversation"), selector("figcaption"));
    let (events, told) = (
        selector(".event > .words"),
        selector(".marked, .wait, .lost"),
    );
    let mut seen = 0;
    let mut wrong = Vec::new();
    for page in pages() {
        let html = Html::parse_document(&fs::read_to_string(&page).unwrap());
        for figure in html.select(&figure) {
            seen += 1;
            let text: String = figure.text().collect();
            let name = text.chars().take(60).collect::<String>();
            let caption = figure.select(&caption).next();
            let caption = caption.map(|found| found.text().collect::<String>());
            let korean = |text: &str| text.chars().any(|c| ('가'..='힣').contains(&c));
            match caption {
                None => wrong.push(format!("{}: no sentence: {name}", short(&page))),
                Some(words) if korean(&words) != short(&page).starts_with("ko") => {
                    wrong.push(format!("{}: {words}", short(&page)));
                }
                Some(_) => {}
            }
            let many = figure.select(&events).count() > 4;
            if many && figure.select(&told).next().is_none() {
                wrong.push(format!("{}: nothing stands out: {name}", short(&page)));
            }
        }
    }
    assert!(seen > 100, "where are the figures?");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[derive(serde::Deserialize)]
struct Figure {
    #[serde(default)]
    pauses: Vec<Pause>,
}

#[derive(serde::Deserialize)]
struct Pause {
    argument: u64,
}

#[test]
fn a_wait_is_as_long_as_its_scenario_makes_it() {
    let workspace = crate::small_book::workspace();
    let mut waits = 0;
    for entry in fs::read_dir(workspace.join("solutions")).unwrap() {
        let folder = entry.unwrap().path();
        let Ok(text) = fs::read_to_string(folder.join("figures.toml")) else {
            continue;
        };
        let figures: BTreeMap<String, Figure> = toml::from_str(&text).unwrap();
        let lesson = workspace.join("lessons").join(folder.file_name().unwrap());
        for (scenario, figure) in figures
            .iter()
            .filter(|(_, figure)| !figure.pauses.is_empty())
        {
            let story = story(&lesson, scenario);
            for pause in &figure.pauses {
                waits += 1;
                let argument = format!("from {} ms", pause.argument);
                assert!(story.contains(&argument), "{scenario} has no “{argument}”");
            }
        }
    }
    assert!(waits > 10, "where are the waits?");
}

/// The function of a scenario.
fn story(lesson: &Path, scenario: &str) -> String {
    let tests = fs::read_to_string(lesson.join("tests/check.rs")).unwrap();
    let (_, story) = tests.split_once(&format!("fn {scenario}()")).unwrap();
    story.split("\n}\n").next().unwrap().to_owned()
}

fn selector(selector: &str) -> Selector {
    Selector::parse(selector).unwrap()
}
