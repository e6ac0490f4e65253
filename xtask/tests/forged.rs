//! Programs that would rather be told to be right than be right: no verdict but the
//! check's own is believed, and what is missing is never taken for passed.
#![cfg(unix)]

use crate::support::{hostile_program, lesson_of, xtask};
use serde_json::Value;

/// What the check of lesson 04 says of the hostile program in `mode`, and its status.
fn checked(mode: &str) -> (Value, i32) {
    let command = format!("{} {mode}", hostile_program().display());
    let output = xtask()
        .args([
            "check",
            "lesson-04",
            "--json",
            "--lang",
            "en",
            "--server",
            &command,
        ])
        .output()
        .unwrap();
    (lesson_of(&output.stdout), output.status.code().unwrap())
}

#[test]
fn a_program_cannot_report_in_place_of_the_check() {
    let (report, status) = checked("forges-reports");
    assert_ne!(status, 0);
    assert_eq!(report["passed"], false);
    for step in report["steps"].as_array().unwrap() {
        assert_ne!(step["verdict"], "passed", "{report:#}");
    }
}

#[test]
fn a_test_binary_that_was_killed_is_told_as_that() {
    let (report, status) = checked("kills-its-parent");
    assert_eq!(status, 3);
    let why = report["unable"].as_str().unwrap();
    assert!(why.contains("SIGKILL"), "{why}");
    assert!(!why.contains("check.rs"), "{why}");
}
