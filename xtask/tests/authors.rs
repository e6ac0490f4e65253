//! The commands of `cargo xtask dev`: a new lesson's files, what one still lacks, and that
//! none of them writes over a learner's program.

use crate::support::course::Course;
use crate::support::small::{ACCEPT, Small, texts_in};
use crate::support::{root, xtask};
use predicates::prelude::*;
use predicates::str::contains;
use std::fs;

const PROGRAM: &str = "lessons/lesson-04-accept/src/main.rs";
const SOLUTION: &str = "solutions/lesson-04-accept/src/main.rs";

#[test]
fn a_new_lesson_has_all_its_files_and_says_what_is_left() {
    let small = Small::fresh();
    small
        .run(&["dev", "new", "lesson-16-framing"], 0)
        .stdout(contains("dev check 16"));
    let starter = small.read("lessons/lesson-16-framing/src/main.rs");
    assert!(
        starter.contains("todo!(\"step 1: {address}\")"),
        "{starter}"
    );
    let manifest = small.read("lessons/lesson-16-framing/Cargo.toml");
    assert!(
        manifest.contains("name = \"lesson-16-framing\""),
        "{manifest}"
    );
    small.run(&["dev", "stub", "16", "--check"], 0);
    small.run(&["spec", "16"], 0);
    let assert = small.run(&["dev", "check", "framing", "--lang", "en"], 1);
    let said = String::from_utf8(assert.get_output().stdout.clone()).unwrap();
    insta::assert_snapshot!(said);
    let korean = small.run(&["dev", "check", "16"], 1);
    korean.stdout(contains("스냅샷이 없습니다").and(contains("TODO")));
}

#[test]
fn a_new_lesson_takes_nobody_s_place() {
    let small = Small::fresh();
    small.write("book/ko/lesson-17-threads.md", "mine");
    let before = texts_in(small.root());
    for (name, why) in [
        ("framing", "framing"),
        ("lesson-7-framing", "lesson-16-framing"),
        ("lesson-16-Framing", "lesson-16-framing"),
        ("lesson-16-", "lesson-16-framing"),
        ("lesson-16-../x", "lesson-16-framing"),
        ("lesson-04-again", ACCEPT),
        ("lesson-17-threads", "book/ko/lesson-17-threads.md"),
    ] {
        for lang in ["ko", "en"] {
            let assert = small.run(&["dev", "new", name, "--lang", lang], 2);
            assert.stdout("").stderr(contains(why));
        }
    }
    assert_eq!(texts_in(small.root()), before);
}

#[test]
fn every_lesson_of_the_course_has_what_it_should() {
    // A starter may have become somebody's program.
    let assert = xtask().args(["dev", "check", "--lang", "en"]).assert();
    let said = String::from_utf8(assert.get_output().stdout.clone()).unwrap();
    let lacking: Vec<_> = said
        .lines()
        .filter(|line| line.starts_with("  - ") && !line.contains("dev stub"))
        .collect();
    assert!(lacking.is_empty(), "{lacking:#?}");
    assert!(root().join("xtask/skeleton/main.rs.txt").is_file());
}

#[test]
fn a_learner_s_program_is_left_alone() {
    let small = Small::fresh();
    for own in [
        "fn main() {}".to_owned(),
        "fn main( {".to_owned(),
        small.read(PROGRAM) + "// mine\n",
        small.read(SOLUTION),
    ] {
        small.write(PROGRAM, &own);
        let assert = small.run(&["dev", "stub", "04"], 1);
        assert.stdout(contains("cargo xtask reset").and(contains(ACCEPT)));
        assert_eq!(small.read(PROGRAM), own);
    }
    let english = small.run(&["dev", "stub", "--lang", "en"], 1);
    english.stdout(contains("left alone"));
    small.run(&["dev", "stub", "04", "--check"], 1);
    fs::remove_file(small.path(PROGRAM)).unwrap();
    small
        .run(&["dev", "stub", "04"], 0)
        .stdout(contains("썼습니다"));
    assert!(small.backups(ACCEPT).is_empty());
}

/// An author changes the solution again and again, and commits in between or not.
#[test]
fn an_author_s_starter_follows_the_solution() {
    let course = Course::fresh();
    let author = &course.learner;
    for (from, to) in [("손님이 왔습니다", "왔습니다"), ("왔습니다", "왔네요")] {
        let solution = author.read(SOLUTION).replace(from, to);
        author.write(SOLUTION, &solution);
        author.run(&["dev", "stub", "04", "--check"], 1);
        author.run(&["dev", "stub", "04"], 0);
        assert!(author.read(PROGRAM).contains(to));
    }
    author.run(&["dev", "stub", "04", "--check"], 0);
}
