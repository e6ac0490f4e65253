//! The chapters quote reports of the check. What a report says to a mistake is in
//! `lesson.toml`, or in the general rules: a quotation has to say it as they do today.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::fs;
use std::path::Path;
use support::root;
use toml::{Table, Value};

/// Every explanation in `language` of a file's entries under `key`.
fn explanations(file: &Path, key: &str, language: &str) -> Vec<String> {
    let table: Table = toml::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    let entries = table.get(key).and_then(Value::as_array).unwrap();
    let texts = entries.iter().filter_map(|entry| entry.get("explanation"));
    texts
        .map(|text| text.get(language).unwrap().as_str().unwrap().to_owned())
        .collect()
}

/// Without the frame that a terminal has, and on a single line.
fn flat(text: &str) -> String {
    let words = text.split_whitespace().filter(|word| *word != "│");
    words.collect::<Vec<_>>().join(" ")
}

/// The reports in a chapter that stop at a line.
fn reports(chapter: &str) -> impl Iterator<Item = &str> {
    let blocks = chapter.split("```text\n").skip(1);
    let blocks = blocks.filter_map(|block| block.split("```").next());
    blocks.filter(|block| block.contains('▸'))
}

/// Whatever stands for {place} and the like.
fn says(report: &str, explanation: &str) -> bool {
    let pieces = explanation.split(['{', '}']).step_by(2);
    pieces
        .into_iter()
        .all(|piece| report.contains(&flat(piece)))
}

#[test]
fn chapters_quote_what_a_report_says_today() {
    let mut seen = 0;
    let mut stale = Vec::new();
    for language in ["ko", "en"] {
        let rules = root().join("xtask/explanations.toml");
        let general = explanations(&rules, "rule", language);
        for entry in fs::read_dir(root().join("book").join(language)).unwrap() {
            let path = entry.unwrap().path();
            let lesson = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let file = root().join("solutions").join(&lesson).join("lesson.toml");
            if !file.is_file() {
                continue;
            }
            let mut known = explanations(&file, "mistake", language);
            known.extend(general.iter().cloned());
            for report in reports(&fs::read_to_string(&path).unwrap()) {
                seen += 1;
                let report = flat(report);
                if !known.iter().any(|explanation| says(&report, explanation)) {
                    stale.push(format!("{language}/{lesson}: {report}"));
                }
            }
        }
    }
    assert!(seen > 30, "only {seen} reports were found");
    assert!(stale.is_empty(), "{}", stale.join("\n"));
}
