//! `cargo xtask trace` where the system does not let a program be watched, as in some
//! containers: one sentence on why, and what the scenario's peers saw.
#![cfg(all(target_os = "linux", target_arch = "x86_64"))]

#[allow(dead_code, reason = "the tests of the tracer use the rest")]
#[path = "../tracer/tests/support/condition.rs"]
mod condition;

use crate::support::{compiled, root, xtask};
use condition::{DESCRIPTORS, FILTERS, PTRACE, Refused};
use std::process::{Command, Output};

const SCENARIO: &str = "greets_on_the_new_socket";

fn trace(refused: &[Refused], words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command
        .current_dir(root())
        .args(["trace", "04", SCENARIO])
        .args(words);
    condition::refused(command, refused).output().unwrap()
}

/// Exit status 3, and this one sentence; then what is on stdout.
#[track_caller]
fn unable(output: &Output, said: &str) -> String {
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    let stderr = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
    assert!(stderr.contains(said), "{stderr}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn the_peers_view_is_shown_instead() {
    let check = xtask()
        .args(["check", "04", "--solution", "-v", "--lang", "en"])
        .assert()
        .code(0);
    let check = String::from_utf8(check.get_output().stdout.clone()).unwrap();
    for (refused, why) in [(&[PTRACE][..], "refuses ptrace"), (&FILTERS, "seccomp")] {
        let words = ["--solution", "--lang", "en"];
        let shown = unable(&trace(refused, &words), why);
        assert!(shown.lines().count() > 4, "{shown}");
        assert!(shown.contains("──▶"), "{shown}");
        assert!(check.contains(&shown), "{shown}\n{check}");
    }
    let korean = unable(&trace(&[PTRACE], &["--solution", "--lang", "ko"]), "ptrace");
    assert!(korean.contains("상대"), "{korean}");
}

/// The run of a program that hangs is told as far as it went, and nothing of it is left.
#[test]
fn a_program_that_hangs_is_told_too() {
    let program = compiled("hangs/lesson-04-accept/program.rs");
    let command = format!("{} recv", program.display());
    let output = trace(&[PTRACE], &["--server", &command, "--lang", "en"]);
    let shown = unable(&output, "refuses ptrace");
    assert!(shown.contains("hung after"), "{shown}");
    assert!(shown.contains("client-a"), "{shown}");
}

/// Whoever reads lines of JSON gets a run, or nothing.
#[test]
fn there_is_no_json_of_no_run() {
    let output = trace(&[PTRACE], &["--solution", "--json", "--lang", "en"]);
    assert_eq!(unable(&output, "refuses ptrace"), "");
}

/// Today's containers allow ptrace, and refuse this. No table tells of a TCP socket that is
/// bound, and no more.
#[test]
fn without_a_descriptor_of_its_own_the_run_is_the_same() {
    let runs = [&[][..], &[DESCRIPTORS]].map(|refused| {
        let output = trace(refused, &["--solution", "--json"]);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        let run = String::from_utf8(output.stdout).unwrap();
        let lines = run.lines().filter(|line| !line.contains("\"bind\""));
        lines.map(str::to_owned).collect::<Vec<_>>()
    });
    assert!(runs[0].len() > 5);
    assert_eq!(runs[0], runs[1]);
}
