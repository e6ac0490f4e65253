//! `update`: the course's newer state comes in, and what the learner wrote stays byte for
//! byte, committed or not, also where git has stopped in the midst of a merge.

use crate::support::course::{Course, git};
use crate::support::small::texts_in;
use predicates::prelude::*;
use predicates::str::contains;
use std::path::Path;

const PROGRAM: &str = "lessons/lesson-04-accept/src/main.rs";
const SCENARIOS: &str = "lessons/lesson-04-accept/tests/check.rs";
const SERVER: &str = "lessons/lesson-09-one-shot/src/server.rs";
const OWN: &str = "// 내가 작성했다\nfn main() { }\n";

const NEW_LESSON: &str = "\
title = { ko = '', en = '' }
[[step]]
title = { ko = '', en = '' }
task = { ko = '', en = '' }
";

/// The starter of lesson 04, its scenarios and a new lesson come.
fn goes_on(course: &Course) {
    course.publishes(&[
        (PROGRAM, "// a newer starter\n"),
        (SCENARIOS, "// newer scenarios\n"),
        ("solutions/lesson-20-http/lesson.toml", NEW_LESSON),
        ("solutions/lesson-20-http/scenarios.toml", ""),
    ]);
}

#[test]
fn a_program_stays_and_its_newer_starter_is_offered() {
    let course = Course::fresh();
    course.learner.write(PROGRAM, OWN);
    course
        .learner
        .write("lessons/lesson-04-accept/src/mine.rs", OWN);
    goes_on(&course);
    let said = contains("lesson-20-http").and(contains("cargo xtask reset lesson-04-accept"));
    course.learner.run(&["update"], 0).stdout(said);
    assert_eq!(course.learner.read(PROGRAM), OWN);
    assert_eq!(
        course.learner.read("lessons/lesson-04-accept/src/mine.rs"),
        OWN
    );
    assert_eq!(course.learner.read(SCENARIOS), "// newer scenarios\n");
    assert_eq!(course.at_learner_s("HEAD"), course.newest());
    // git knows of nothing but the learner's own changes.
    let changed = git(course.learner.root(), &["status", "--porcelain"]);
    let mine = " M lessons/lesson-04-accept/src/main.rs\n?? lessons/lesson-04-accept/src/mine.rs";
    assert_eq!(changed, mine);
    let again = course.learner.run(&["update", "--lang", "en"], 0);
    again.stdout("This is the newest already.\n");
}

#[test]
fn what_was_not_touched_becomes_the_newer() {
    let course = Course::fresh();
    course.learner.write(SERVER, OWN);
    goes_on(&course);
    let english = course.learner.run(&["update", "--lang", "en"], 0);
    english.stdout(contains("Updated").and(contains("starter has changed").not()));
    assert_eq!(course.learner.read(PROGRAM), "// a newer starter\n");
    assert_eq!(course.learner.read(SERVER), OWN);
}

#[test]
fn a_committed_program_stays() {
    let course = Course::fresh();
    course.learner.write(PROGRAM, OWN);
    course.commits("mine");
    course.learner.write(SERVER, OWN);
    goes_on(&course);
    course.learner.run(&["update"], 0).stdout(contains(PROGRAM));
    assert_eq!(course.learner.read(PROGRAM), OWN);
    assert_eq!(course.learner.read(SERVER), OWN);
    assert_eq!(course.learner.read(SCENARIOS), "// newer scenarios\n");
    course.learner.run(&["update"], 0).stdout(contains("이미"));
}

#[test]
fn a_pull_that_stopped_in_conflicts_is_settled() {
    let course = Course::fresh();
    course.learner.write(PROGRAM, OWN);
    course.commits("mine");
    goes_on(&course);
    assert!(!course.pulls(), "there should be a conflict");
    assert!(course.learner.read(PROGRAM).contains("<<<<<<< "));
    course.learner.run(&["update"], 0).stdout(contains(PROGRAM));
    assert_eq!(course.learner.read(PROGRAM), OWN);
    assert_eq!(git(course.learner.root(), &["status", "--porcelain"]), "");
    assert_eq!(course.learner.read(SCENARIOS), "// newer scenarios\n");
}

#[test]
fn what_the_learner_settled_stays_settled() {
    let course = Course::fresh();
    course.learner.write(PROGRAM, OWN);
    course.commits("mine");
    goes_on(&course);
    assert!(!course.pulls());
    course.learner.write(PROGRAM, "// settled by hand\n");
    course.learner.run(&["update"], 0);
    assert_eq!(course.learner.read(PROGRAM), "// settled by hand\n");
}

/// One sentence each, and not one byte is changed.
#[test]
fn what_is_in_the_way_is_named_and_nothing_changes() {
    let refuses = |course: &Course, words: &[&str]| {
        let before = texts_in(course.learner.root());
        for lang in ["ko", "en"] {
            let assert = course
                .learner
                .run(&["update", "--lang", lang], 3)
                .stdout("");
            let said = String::from_utf8(assert.get_output().stderr.clone()).unwrap();
            assert_eq!(said.lines().count(), 1, "{said}");
            for word in words {
                assert!(said.contains(word), "{said:?} does not say {word:?}");
            }
        }
        assert_eq!(texts_in(course.learner.root()), before);
    };
    // What belongs to the course was changed here.
    let course = Course::fresh();
    course.learner.write(SCENARIOS, "// mine\n");
    goes_on(&course);
    refuses(&course, &[SCENARIOS, "git checkout"]);

    // Committed and not committed, both.
    let course = Course::fresh();
    course.learner.write(SERVER, OWN);
    course.commits("mine");
    course.learner.write(PROGRAM, OWN);
    goes_on(&course);
    refuses(&course, &[PROGRAM, "git commit"]);

    // A rebase stopped.
    let course = Course::fresh();
    course.learner.write(PROGRAM, OWN);
    course.commits("mine");
    goes_on(&course);
    assert!(!course.pulls_by_rebase());
    refuses(&course, &[PROGRAM, "git rebase --abort"]);
    // And the files are settled, but it was not gone on with.
    git(course.learner.root(), &["checkout", "--ours", PROGRAM]);
    git(course.learner.root(), &["add", PROGRAM]);
    refuses(&course, &["git rebase --continue", "git rebase --abort"]);

    // Offline, or the address is wrong.
    let course = Course::fresh();
    let nowhere = course.learner.path("nowhere");
    let nowhere = nowhere.to_str().unwrap();
    git(
        course.learner.root(),
        &["remote", "set-url", "origin", nowhere],
    );
    refuses(&course, &[nowhere]);

    let course = Course::fresh();
    git(course.learner.root(), &["branch", "--unset-upstream"]);
    refuses(&course, &["--set-upstream-to"]);
}

#[test]
fn without_a_clone_it_says_what_to_do() {
    let small = crate::support::small::Small::fresh();
    // No repository above the folder for temporary files is meant.
    let mut update = small.xtask(&["update", "--lang", "en"]);
    let above = small.root().parent().unwrap_or(Path::new("/"));
    update.env("GIT_CEILING_DIRECTORIES", above);
    update.assert().code(3).stderr(contains("not a git clone"));
}
