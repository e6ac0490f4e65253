//! What can be said on the command line, and one sentence for what cannot. Nothing
//! here looks at the learner's lessons, nor changes them: these tests pass whatever
//! is written there.

use crate::support::{lesson_of, lessons_of, root, xtask, xtask_in};
use predicates::prelude::*;
use predicates::str::contains;

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
fn a_lesson_that_is_not_there_is_answered_with_those_that_are() {
    is_answered_with_one_sentence(&["check", "lesson-99"], &["'lesson-99'", "00부터 22까지"]);
    is_answered_with_one_sentence(&["check", "9-99"], &["'99'", "00부터 22까지"]);
    is_answered_with_one_sentence(&["check", ""], &["''", "00부터 22까지"]);
    is_answered_with_one_sentence(&["check", "4,"], &["''", "00부터 22까지"]);
    is_answered_with_one_sentence(&["check", "소켓"], &["'소켓'", "00부터 22까지"]);
    is_answered_with_one_sentence(&["check", "99", "--lang", "en"], &["are 00 to 22"]);
    is_answered_with_one_sentence(&["check", "acept"], &["acept", "lesson-04-accept"]);
    is_answered_with_one_sentence(&["hint", "lisen"], &["lesson-03-listen"]);
    is_answered_with_one_sentence(&["spec", "acept"], &["lesson-04-accept"]);
    is_answered_with_one_sentence(&["reset", "99"], &["00부터 22까지"]);
    is_answered_with_one_sentence(&["watch", "acept"], &["lesson-04-accept"]);
}

#[test]
fn a_word_after_the_lesson_is_a_step_and_lists_are_one_word() {
    is_answered_with_one_sentence(&["check", "9", "7"], &["7단계", "1부터 5까지", "09,07"]);
    is_answered_with_one_sentence(&["hint", "4", "9"], &["9단계", "1부터 4까지"]);
    is_answered_with_one_sentence(&["check", "9", "accept"], &["09,04"]);
    is_answered_with_one_sentence(&["check", "9", "0", "--lang", "en"], &["no step 0"]);
    is_answered_with_one_sentence(&["check", "9", "-1"], &["-1"]);
    is_answered_with_one_sentence(&["check", "9-11", "3"], &["한 레슨"]);
    is_answered_with_one_sentence(&["check", "11-9"], &["9-11"]);
    is_answered_with_one_sentence(&["check", "9", "3", "4"], &["'4'", "09,11"]);
    is_answered_with_one_sentence(&["check", "--all", "3"], &["--all", "LESSON"]);
    let english = ["check", "9", "3", "4", "--lang", "en"];
    is_answered_with_one_sentence(&english, &["one word too many", "09-11"]);
    let command = ["check", "9", "5", "--server", "true"];
    is_answered_with_one_sentence(&command, &["--client"]);
}

#[test]
fn what_was_not_understood_is_said_in_one_sentence() {
    is_answered_with_one_sentence(&["check", "4", "--jsn"], &["--jsn", "--json"]);
    is_answered_with_one_sentence(&["chek", "4"], &["chek", "check"]);
    is_answered_with_one_sentence(&["check", "4", "--lang", "fr"], &["fr"]);
    is_answered_with_one_sentence(&["check", "4", "--server", "'"], &["'"]);
    is_answered_with_one_sentence(
        &["check", "4", "--server", "x", "--solution"],
        &["--solution"],
    );
    is_answered_with_one_sentence(&["reset"], &["LESSON"]);
    is_answered_with_one_sentence(&["help", "chek"], &["chek"]);
    is_answered_with_one_sentence(&["bench", "udp-or-tcp"], &["udp-or-tcp", "udp-and-tcp"]);
    is_answered_with_one_sentence(&["bench"], &["<udp-and-tcp|small-writes|chat|remote>"]);
    for no_command in ["", "'"] {
        let arguments = ["watch", "4", "--edit-cmd", no_command];
        is_answered_with_one_sentence(&arguments, &[no_command, "명령이 아닙니다"]);
    }
}

#[test]
fn watch_says_that_it_needs_a_terminal() {
    let words = ["터미널에서만", "cargo xtask check lesson-04"];
    is_answered_with_one_sentence(&["watch", "4"], &words);
    let words = ["needs a terminal", "cargo xtask check lesson-"];
    is_answered_with_one_sentence(&["watch", "--lang", "en"], &words);
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
fn several_lessons_give_an_array() {
    let output = xtask()
        .args(["check", "0,3", "--solution", "--json"])
        .assert()
        .code(0);
    let report = lessons_of(&output.get_output().stdout);
    let range = ["check", "lesson-00-01", "--solution"];
    let assert = xtask().args(range).assert().code(0);
    assert.stdout(contains("lesson-00").and(contains("lesson-01")));
    let names: Vec<_> = report.iter().map(|lesson| &lesson["lesson"]).collect();
    assert_eq!(names, ["lesson-00-ready", "lesson-03-listen"]);
    let scenario = &report[0]["steps"][1]["scenarios"][0];
    assert_eq!(scenario["verdict"], "passed");
    assert_eq!(scenario["expected"], scenario["actual"]);
}

#[test]
fn a_failure_is_told_to_graders_in_both_languages() {
    let command = "exits-at-once";
    let program = crate::support::hostile_program();
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
