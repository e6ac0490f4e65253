//! The chapters quote reports of the check: files that `prove` holds against what is said
//! today. A chapter includes them, and repeats none by hand.

use crate::support::{files_in, root};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const EDITIONS: [&str; 2] = ["ko", "en"];

fn chapter(language: &str, lesson: &str) -> String {
    let path = root().join("book").join(language).join(lesson);
    fs::read_to_string(path.with_extension("md")).unwrap_or_default()
}

fn lessons() -> Vec<String> {
    let folders = fs::read_dir(root().join("lessons")).unwrap().flatten();
    let names = folders.map(|folder| folder.file_name().into_string().unwrap());
    names.filter(|name| name.starts_with("lesson-")).collect()
}

#[test]
fn chapters_repeat_no_report_by_hand() {
    for language in EDITIONS {
        for lesson in lessons() {
            let marks = chapter(language, &lesson).matches(" │  ▸").count();
            assert_eq!(
                marks, 0,
                "{language}/{lesson}: include the file in reports/"
            );
        }
    }
}

/// A README includes nothing: it has the words of the file.
#[test]
fn the_readmes_quote_a_report_that_is_kept() {
    for (readme, language) in [("README.md", "en"), ("README.ko.md", "ko")] {
        let text = fs::read_to_string(root().join(readme)).unwrap();
        let report = format!("accepts-once--greets_two_clients_one_after_another.{language}.txt");
        let folder = root().join("solutions/lesson-04-accept/reports");
        let report = fs::read_to_string(folder.join(report)).unwrap();
        assert!(text.contains(report.trim_end()), "{readme}");
        assert_eq!(text.matches(" │  ▸").count(), 1, "{readme}");
    }
}

#[test]
fn every_report_that_is_kept_is_quoted() {
    let mut seen = 0;
    for lesson in lessons() {
        let folder = root().join("solutions").join(&lesson).join("reports");
        let there: BTreeSet<_> = files_in(&folder)
            .iter()
            .filter_map(|path| Path::new(path).file_name()?.to_str().map(str::to_owned))
            .collect();
        let mut quoted = BTreeSet::new();
        for language in EDITIONS {
            let text = chapter(language, &lesson);
            let before = format!("{{{{#include ../../solutions/{lesson}/reports/");
            let names = text.split(&before).skip(1);
            let names = names.filter_map(|rest| rest.split("}}").next());
            let names = names.filter(|name| name.ends_with(&format!(".{language}.txt")));
            quoted.extend(names.map(str::to_owned));
        }
        assert_eq!(there, quoted, "{lesson}");
        seen += quoted.len();
    }
    assert!(seen > 50, "only {seen} reports were found");
}
