//! The file for an issue, opened and read: what is in it, what is not, and that it takes no
//! other file's place.

use crate::support::{SharedCopy, compiled, copy_of_workspace, root, xtask_in};
use predicates::prelude::*;
use predicates::str::contains;
use std::fs;
use std::path::{Path, PathBuf};
use unicode_width::UnicodeWidthStr;

const PROGRAM: &str = "lesson-04-accept/src/main.rs";

/// A server that ends when its first client has left, and says where it lies.
fn wrong_program(copy: &Path) -> String {
    let solution = fs::read_to_string(root().join("solutions").join(PROGRAM)).unwrap();
    let right = "loop {\n        serve_one(&listener)?;\n    }";
    assert!(solution.contains(right));
    let wrong = solution.replacen(right, "serve_one(&listener)", 1);
    format!("{wrong}// ``` {}\n", copy.display())
}

/// Runs the command, and gives back the file that it has named.
fn file(copy: &Path, lang: &str) -> String {
    let assert = xtask_in(copy)
        .args(["report", "04", "--lang", lang])
        .assert()
        .code(0);
    let said = String::from_utf8(assert.get_output().stdout.clone()).unwrap();
    assert!(said.lines().all(|line| line.width() <= 80), "{said}");
    let name = said.split_whitespace().next().unwrap();
    assert!(name.starts_with("report-lesson-04-"), "{said}");
    fs::read_to_string(copy.join(name)).unwrap()
}

fn reports_in(copy: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(copy).unwrap().flatten();
    let paths = entries.map(|entry| entry.path());
    let is_one = |path: &PathBuf| path.extension().is_some_and(|end| end == "md");
    paths.filter(is_one).collect()
}

fn has_all(file: &str, wanted: &[&str]) {
    for words in wanted {
        assert!(file.contains(words), "{words:?} is not in it:\n{file}");
    }
}

#[test]
fn the_file_has_the_programs_the_transcripts_and_the_machine() {
    let copy = SharedCopy::fresh();
    let program = wrong_program(&copy);
    fs::write(copy.join("lessons").join(PROGRAM), &program).unwrap();
    let before = crate::support::files_in(&copy);
    let english = file(&copy, "en");
    let both_s = [
        "greets_two_clients_one_after_another (step 3): differs",
        "tells_who_connected (step 1): passed",
        "$ cargo run -p lesson-04-accept -- 127.0.0.1:0",
        "  > program  exit  0",
        "client-b    connect",
        "### lessons/lesson-04-accept/src/main.rs",
        "rustc 1.",
        "127.0.0.1",
        &program,
    ];
    // The spaces of a transcript are its own matter.
    let without_spaces = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let wanted = both_s.map(without_spaces);
    let wanted: Vec<_> = wanted.iter().map(String::as_str).collect();
    has_all(&without_spaces(&english), &wanted);
    has_all(
        &english,
        &[
            "sent to nobody",
            "With the solution's step 3",
            "(write it here)",
        ],
    );
    let korean = file(&copy, "ko");
    has_all(&without_spaces(&korean), &wanted);
    has_all(&korean, &["어디로도 보내지 않았습니다", "## 이 컴퓨터"]);
    // Where the workspace lies stands in the program alone.
    let path = copy.display().to_string();
    assert_eq!(english.matches(&path).count(), 1);
    // The program's own backticks end nothing.
    assert!(english.contains("\n````rust\n"));
    assert_eq!(reports_in(&copy).len(), 2);
    for report in reports_in(&copy) {
        fs::remove_file(report).unwrap();
    }
    assert_eq!(crate::support::files_in(&copy), before);
}

/// Where nothing can be checked, that is what is told, with all the rest.
#[test]
fn a_machine_that_cannot_check_is_reported_too() {
    let copy = copy_of_workspace("reported");
    fs::write(copy.join("report-lesson-04-1.md"), "mine").unwrap();
    fs::write(copy.join("lessons").join(PROGRAM), [0xff, 0xfe]).unwrap();
    let mut report = xtask_in(&copy);
    report
        .args(["report", "accept", "--lang", "en"])
        .env("CARGO", compiled("doctor/cargo.rs"))
        .env("LACK", "disk");
    report
        .assert()
        .code(0)
        .stdout(contains("report-lesson-04-2.md"));
    let file = fs::read_to_string(copy.join("report-lesson-04-2.md")).unwrap();
    has_all(&file, &["The disk is full", "(not UTF-8, left out)"]);
    let first = fs::read_to_string(copy.join("report-lesson-04-1.md")).unwrap();
    assert_eq!(first, "mine");
    names_the_command_that_was_given(&copy);
    fs::remove_dir_all(&copy).unwrap();
}

#[test]
fn a_lesson_has_to_be_named() {
    let copy = copy_of_workspace("report-of-none");
    for arguments in [&["report"][..], &["report", "lisen"]] {
        let assert = xtask_in(&copy).args(arguments).assert().code(2).stdout("");
        let one_line = predicate::function(|said: &str| said.lines().count() == 1);
        assert.stderr(one_line);
    }
    assert!(reports_in(&copy).is_empty());
    fs::remove_dir_all(&copy).unwrap();
}

/// Somebody else has to see which command it was.
fn names_the_command_that_was_given(copy: &Path) {
    let command = format!("{} client-a", compiled("names/program.rs").display());
    let assert = xtask_in(copy)
        .args(["report", "04", "--server", &command, "--lang", "en"])
        .assert()
        .code(0);
    let said = String::from_utf8(assert.get_output().stdout.clone()).unwrap();
    let file = fs::read_to_string(copy.join(said.split_whitespace().next().unwrap())).unwrap();
    has_all(
        &file,
        &[
            "cargo xtask report 04 --server '",
            " client-a'`",
            "tells_who_connected (step 1): differs",
        ],
    );
}
