//! Whose step it is that a scenario does not pass: programs with a mistake in one step, in
//! two, and in what was given, on a copy of the workspace.

use crate::support::{SharedCopy, lesson_of, root, xtask_in};
use predicates::prelude::*;
use predicates::str::contains;
use serde_json::Value;
use std::fs;
use std::path::Path;

const PROGRAM: &str = "lesson-04-accept/src/main.rs";

/// The solution of lesson 04 with other lines in these places, as a learner's program.
fn written(workspace: &Path, changes: &[(&str, &str)]) {
    written_in(workspace, PROGRAM, changes);
}

/// The same of any lesson's program.
fn written_in(workspace: &Path, program: &str, changes: &[(&str, &str)]) {
    let solution = root().join("solutions").join(program);
    let mut text = fs::read_to_string(solution).unwrap();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    fs::write(workspace.join("lessons").join(program), text).unwrap();
}

fn workspace() -> SharedCopy {
    SharedCopy::fresh()
}

fn check(workspace: &Path) -> Value {
    check_of(workspace, "04")
}

fn check_of(workspace: &Path, lesson: &str) -> Value {
    let mut check = xtask_in(workspace);
    let output = check.args(["check", lesson, "--json"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    lesson_of(&output.stdout)
}

/// What the report for a person says, on one line.
fn said(workspace: &Path, lang: &str) -> String {
    let mut check = xtask_in(workspace);
    let output = check
        .args(["check", "04", "--lang", lang])
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let words = text.split_whitespace().filter(|word| *word != "│");
    words.collect::<Vec<_>>().join(" ")
}

fn step(report: &Value, number: usize) -> &Value {
    &report["steps"][number - 1]
}

const WRONG_WORDS: (&str, &str) = ("GREETING.as_bytes()", "b\"hello\"");
const ONE_ONLY: (&str, &str) = (
    "loop {\n        serve_one(&listener)?;\n    }",
    "serve_one(&listener)",
);
const GIVEN: (&str, &str) = (
    "while client.read(&mut ignored)? > 0 {}",
    "let _ = &mut ignored;",
);

/// One test, because each stage overwrites the program of the one before.
#[test]
fn the_step_at_fault_is_found_by_trials() {
    let workspace = workspace();

    written(&workspace, &[WRONG_WORDS]);
    let report = check(&workspace);
    assert_eq!(report["at_fault"], serde_json::json!([2]));
    assert_eq!(step(&report, 2)["verdict"], "differs");
    assert_eq!(
        step(&report, 3)["held_up_by"],
        serde_json::json!([2]),
        "its fault is in step 2"
    );
    for (lang, sentence) in [
        ("ko", "2단계(greet)만 풀이의 것으로 바꾸면 통과합니다."),
        (
            "en",
            "With the solution's step 2 (greet) in place of yours it passes;",
        ),
    ] {
        let said = said(&workspace, lang);
        assert!(said.contains(sentence), "{said}");
    }

    // A run that is recorded is said to come of that step as well.
    #[cfg(all(target_os = "linux", target_arch = "x86_64"))]
    {
        let mut trace = xtask_in(&workspace);
        let trace = trace.args(["trace", "04", "greets_on_the_new_socket", "--lang", "en"]);
        let said = contains("At ▸ it parts from the solution").and(contains("step 2 (greet)"));
        trace.assert().code(0).stdout(said);
    }

    // Two steps: a scenario of both passes only with both.
    written(&workspace, &[WRONG_WORDS, ONE_ONLY]);
    let report = check(&workspace);
    assert_eq!(report["at_fault"], serde_json::json!([2, 3]));
    let said_of_both = said(&workspace, "ko");
    assert!(said_of_both.contains("2단계(greet)만"), "{said_of_both}");

    // A mistake in what was given: no step is named.
    written(&workspace, &[GIVEN]);
    let report = check(&workspace);
    assert_eq!(report["at_fault"], serde_json::json!([]));
    let said_of_the_given = said(&workspace, "en");
    let sentence = "What was given is not what it was: wait_until_it_leaves.";
    assert!(said_of_the_given.contains(sentence), "{said_of_the_given}");

    // What does not compile in another place leaves the others tried.
    written(&workspace, &[ONE_ONLY]);
    let report = check(&workspace);
    assert_eq!(report["at_fault"], serde_json::json!([3]));
    let left = workspace.join("target").join("xtask");
    let left: Vec<_> = fs::read_dir(left).into_iter().flatten().flatten().collect();
    let left = left.iter().filter(|entry| entry.path().is_dir());
    assert_eq!(left.count(), 0, "what trials build goes with them");
}

/// Two programs, other files beside them, and two addresses, one of which is in use on purpose.
#[test]
fn the_step_at_fault_is_found_in_a_server_with_two_addresses() {
    let workspace = workspace();
    let program = "lesson-22-remote-control/src/server.rs";
    let client = "lesson-22-remote-control/src/client.rs";
    written_in(&workspace, client, &[]);
    written_in(&workspace, program, &[("\"&lt;\"", "\"<\"")]);
    assert_eq!(
        check_of(&workspace, "22")["at_fault"],
        serde_json::json!([2])
    );
}
