//! Every scenario says in its own words what it asks, in both languages, in the order in
//! which it stands in `tests/check.rs`. Whether that is true, readers have to see.

use crate::support::root;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use toml::{Table, Value};

/// The longest text of a report, in characters: more is not read.
const LONGEST: usize = 260;

/// The longest title, in characters: it stands in one line with the verdict.
const LONGEST_TITLE: usize = 62;

fn lessons() -> Vec<PathBuf> {
    let folders = fs::read_dir(root().join("solutions")).unwrap().flatten();
    let folders = folders.map(|folder| folder.path());
    folders
        .filter(|folder| folder.join("lesson.toml").is_file())
        .collect()
}

/// The scenarios as they stand in the lesson's `tests/check.rs`.
fn told(solution: &std::path::Path) -> Vec<String> {
    let name = solution.file_name().unwrap();
    let check = root().join("lessons").join(name).join("tests/check.rs");
    let text = fs::read_to_string(check).unwrap();
    let functions = text.split("#[test]").skip(1);
    let names = functions.map(|function| {
        let (_, after) = function.split_once("fn ").unwrap();
        after.split('(').next().unwrap().to_owned()
    });
    names.collect()
}

#[test]
fn every_scenario_says_what_it_asks() {
    let mut seen = 0;
    for solution in lessons() {
        let file = solution.join("scenarios.toml");
        let text = fs::read_to_string(&file).unwrap();
        let heads = text.lines().filter_map(|line| line.strip_prefix('['));
        let heads: Vec<_> = heads.filter_map(|line| line.strip_suffix(']')).collect();
        assert_eq!(heads, told(&solution), "{}", file.display());
        let table: Table = toml::from_str(&text).unwrap();
        let mut said = BTreeSet::new();
        for (name, scenario) in &table {
            let of = |key: &str, language: &str| {
                let text = scenario.get(key).and_then(|text| text.get(language));
                text.and_then(Value::as_str).unwrap().to_owned()
            };
            for language in ["ko", "en"] {
                let (title, asks) = (of("title", language), of("asks", language));
                let is_sentence = asks.ends_with('.') && !title.ends_with('.');
                assert!(is_sentence && title.len() > 3, "{name}: {title}: {asks}");
                assert!(title.chars().count() <= LONGEST_TITLE, "{name}: {title}");
                assert!(asks.chars().count() <= LONGEST, "{name}: {asks}");
                assert!(said.insert(title.clone()), "{name}: {title}, twice");
                assert!(said.insert(asks.clone()), "{name}: {asks}, twice");
            }
            seen += 1;
        }
    }
    assert!(seen > 250, "only {seen} scenarios were found");
}
