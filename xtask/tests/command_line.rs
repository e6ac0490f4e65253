//! What can be said on the command line, and one sentence for what cannot. Nothing
//! here looks at the learner's lessons, nor changes them: these tests pass whatever
//! is written there.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use predicates::prelude::*;
use predicates::str::contains;
use support::{lesson_of, lessons_of, root, xtask, xtask_in};

/// Exit status 2 and a single line on stderr that says `words`.
fn is_answered_with_one_sentence(arguments: &[&str], words: &[&str]) {
    let assert = xtask().args(arguments).assert().code(2).stdout("");
    let said = String::from_utf8(assert.get_output().stderr.clone()).unwrap();
    assert_eq!(said.lines().count(), 1, "{said}");
    for word in words {
        assert!(said.contains(word), "{said:?} does not say {word:?}");
    }
}

#[test]
fn a_lesson_that_is_not_there_is_answered_with_the_nearest_names() {
    is_answered_with_one_sentence(&["check", "lesson-99"], &["lesson-99", "lesson-0"]);
    is_answered_with_one_sentence(&["check", "acept"], &["acept", "lesson-04-accept"]);
    is_answered_with_one_sentence(&["check", ""], &["''", "lesson-0"]);
    is_answered_with_one_sentence(&["hint", "lisen"], &["lesson-03-listen"]);
    is_answered_with_one_sentence(&["spec", "acept"], &["lesson-04-accept"]);
    is_answered_with_one_sentence(&["reset", "99"], &["lesson-0"]);
}

#[test]
fn what_was_not_understood_is_said_in_one_sentence() {
    is_answered_with_one_sentence(&["check", "4", "--jsn"], &["--jsn", "--json"]);
    is_answered_with_one_sentence(&["chek", "4"], &["chek", "check"]);
    is_answered_with_one_sentence(&["check", "4", "--lang", "fr"], &["fr"]);
    is_answered_with_one_sentence(&["check"], &["cargo xtask check lesson-04"]);
    is_answered_with_one_sentence(&["check", "4", "--server", "'"], &["'"]);
    is_answered_with_one_sentence(
        &["check", "4", "--server", "x", "--solution"],
        &["--solution"],
    );
    is_answered_with_one_sentence(&["hint", "4", "9"], &["9", "4"]);
    is_answered_with_one_sentence(&["bench", "udp-or-tcp"], &["udp-or-tcp", "udp-and-tcp"]);
    is_answered_with_one_sentence(&["bench"], &["<udp-and-tcp>"]);
}

#[test]
fn a_lesson_has_five_names() {
    for name in ["lesson-00", "lesson-00-ready", "00", "0", "ready"] {
        xtask()
            .args(["check", name, "--solution"])
            .assert()
            .code(0)
            .stdout(contains("lesson-00"));
    }
}

#[test]
fn it_answers_in_the_language_that_was_asked_for() {
    xtask()
        .args(["check", "0", "--solution", "--lang", "en"])
        .assert()
        .stdout(contains("steps passed"));
    xtask()
        .args(["check", "0", "--solution", "--lang", "ko"])
        .assert()
        .stdout(contains("단계 통과"));
    xtask()
        .args(["check", "0", "--solution"])
        .env("LANG", "en_US.UTF-8")
        .assert()
        .stdout(contains("steps passed"));
    xtask()
        .args(["check", "0", "--solution"])
        .env("LANG", "C")
        .assert()
        .stdout(contains("단계 통과"));
}

#[test]
fn hints_come_one_at_a_time_and_begin_again() {
    let small = support::small::Small::fresh();
    let hint = |wanted: &str| {
        let assert = small.run(&["hint", "9", "1"], 0);
        assert.stdout(contains(wanted));
    };
    hint("힌트 1/2");
    hint("힌트 2/2");
    hint("힌트 1/2");
}

#[test]
fn the_authors_commands_are_named_where_they_are_asked_for() {
    let named = |name: &str| contains(format!("\n  {name} "));
    let learners = || named("check").and(named("reset")).and(named("help"));
    let help = xtask().arg("--help").assert().code(0);
    help.stdout(learners().and(named("dev").not()));
    let help = xtask().arg("help").assert().code(0).stderr("");
    help.stdout(learners().and(named("dev")));
    let dev = xtask().args(["dev", "--help"]).assert().code(0);
    let authors = named("new").and(named("check")).and(named("stub"));
    dev.stdout(authors.and(named("bless")).and(named("prove")));
    xtask().arg("dev").assert().code(2);
    is_answered_with_one_sentence(&["dev", "stbu"], &["stbu", "stub"]);
}

#[test]
fn a_command_s_old_name_is_answered_with_its_new_one() {
    for name in ["stub", "bless", "prove"] {
        let new = format!("cargo xtask dev {name}");
        is_answered_with_one_sentence(&[name, "04"], &[&new]);
        is_answered_with_one_sentence(&[name, "--check"], &[&new]);
    }
}

#[test]
fn the_list_names_every_lesson_and_step() {
    xtask().arg("list").assert().code(0).stdout(
        contains("lesson-00 ready")
            .and(contains("lesson-04 accept"))
            .and(contains("새 소켓으로 인사한다")),
    );
}

#[test]
fn several_lessons_give_an_array() {
    let output = xtask()
        .args(["check", "0", "3", "--solution", "--json"])
        .assert()
        .code(0);
    let report = lessons_of(&output.get_output().stdout);
    let names: Vec<_> = report.iter().map(|lesson| &lesson["lesson"]).collect();
    assert_eq!(names, ["lesson-00-ready", "lesson-03-listen"]);
    let scenario = &report[0]["steps"][1]["scenarios"][0];
    assert_eq!(scenario["verdict"], "passed");
    assert_eq!(scenario["expected"], scenario["actual"]);
}

#[test]
fn a_failure_is_told_to_graders_in_both_languages() {
    let command = "exits-at-once";
    let program = support::hostile_program();
    let command = format!("{} {command}", program.display());
    let assert = xtask()
        .args(["check", "4", "--json", "--server", &command])
        .assert()
        .code(1);
    let report = lesson_of(&assert.get_output().stdout);
    let scenario = &report["steps"][0]["scenarios"][0];
    assert_eq!(scenario["name"], "tells_who_connected");
    assert!(scenario["asks"]["ko"].as_str().unwrap().contains("손님"));
    assert!(scenario["asks"]["en"].as_str().unwrap().contains("client"));
    assert_eq!(scenario["explanation"]["kind"], "fact", "{scenario:#}");
    assert!(scenario["differs_at"].is_number());
}

#[test]
fn a_command_that_cannot_be_started_is_the_machine_s_matter() {
    let assert = xtask()
        .args(["check", "4", "--server", "/there/is/no/such/program"])
        .assert();
    assert.code(3).stdout(contains("/there/is/no/such/program"));
}

#[test]
fn it_works_from_a_lesson_s_folder_and_not_from_outside() {
    xtask_in(&root().join("lessons/lesson-00-ready/src"))
        .args(["check", "0", "--solution"])
        .assert()
        .code(0);
    let outside = tempfile::tempdir().unwrap();
    xtask_in(outside.path())
        .args(["check", "0", "--solution"])
        .assert()
        .code(3)
        .stderr(contains("workspace"));
}
