//! What lies in `lessons/` beside the lessons stops no command; a lesson under another name
//! is told as that, and what comes back of the course comes from where the learner has it.

use crate::support::{copy_of_workspace, root, xtask_in};
use predicates::prelude::*;
use predicates::str::contains;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const LESSON: &str = "lesson-04-accept";

/// Cargo, asked for the workspace's packages and nothing else.
fn cargo(copy: &Path) -> Output {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .args([
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version",
            "1",
        ])
        .current_dir(copy);
    command.output().unwrap()
}

fn names_a_lesson(output: &Output, lesson: &str) -> bool {
    let said = String::from_utf8_lossy(&output.stdout);
    said.contains(&format!("\"name\":\"{lesson}\",\"version\""))
}

fn goes_on(copy: &Path) {
    let output = cargo(copy);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(names_a_lesson(&output, "lesson-05-connect"));
}

#[test]
fn cargo_goes_on_beside_what_is_no_lesson() {
    let copy = copy_of_workspace("strays");
    let lessons = copy.join("lessons");
    for folder in [".idea", "notes", "lesson-04-old/src", "lesson-99"] {
        fs::create_dir_all(lessons.join(folder)).unwrap();
    }
    fs::create_dir_all(copy.join("solutions/.idea")).unwrap();
    for file in ["lesson-04.txt", "notes/main.rs", ".DS_Store"] {
        fs::write(lessons.join(file), "mine").unwrap();
    }
    goes_on(&copy);
    assert!(names_a_lesson(&cargo(&copy), LESSON));
    // A copy that no pattern of the workspace meets is the learner's own.
    let twin = lessons.join("copy of 04");
    fs::create_dir_all(twin.join("tests")).unwrap();
    fs::copy(
        lessons.join(LESSON).join("Cargo.toml"),
        twin.join("Cargo.toml"),
    )
    .unwrap();
    goes_on(&copy);
    xtask_in(&copy)
        .arg("doctor")
        .assert()
        .stdout(contains("copy of 04").not());
    fs::remove_dir_all(&copy).unwrap();
}

/// A starter beside it would be a second package of its name.
#[test]
fn a_renamed_lesson_is_to_be_named_back_and_not_written_anew() {
    let copy = copy_of_workspace("renamed");
    let lessons = copy.join("lessons");
    for name in ["lesson-04-mine", "mine"] {
        fs::rename(lessons.join(LESSON), lessons.join(name)).unwrap();
        goes_on(&copy);
        for (lang, words) in [("ko", "되돌린 뒤"), ("en", "Rename the folder back")] {
            let assert = xtask_in(&copy)
                .args(["check", "04", "--lang", lang])
                .assert()
                .code(3);
            let named = contains(format!("lessons/{name}")).and(contains(words));
            let advice = contains("reset").not().and(contains("git").not());
            assert.stdout(named.and(advice));
        }
        for writes in [
            &["reset", "04"][..],
            &["reset", "04", "2"],
            &["restore", "04"],
        ] {
            let assert = xtask_in(&copy).args(writes).assert().code(3);
            assert.stderr(contains(format!("lessons/{name}")));
        }
        assert!(!lessons.join(LESSON).exists());
        goes_on(&copy);
        fs::rename(lessons.join(name), lessons.join(LESSON)).unwrap();
    }
    fs::remove_dir_all(&copy).unwrap();
}

#[test]
fn a_copied_lesson_stops_cargo_and_the_tool_says_why() {
    let copy = copy_of_workspace("copied");
    let twin = copy.join("lessons/lesson-04-accept copy");
    fs::create_dir_all(twin.join("tests")).unwrap();
    fs::copy(
        copy.join("lessons").join(LESSON).join("Cargo.toml"),
        twin.join("Cargo.toml"),
    )
    .unwrap();
    assert!(!cargo(&copy).status.success());
    let check = |lang| {
        let mut check = xtask_in(&copy);
        check.args(["check", "05", "--lang", lang]).assert().code(3)
    };
    let advice = || contains("git checkout").not();
    check("en").stdout(
        contains("lessons/lesson-04-accept copy is a copy of lesson-04-accept")
            .and(contains("out of lessons/"))
            .and(advice()),
    );
    check("ko").stdout(
        contains("복사본")
            .and(contains("밖으로 옮기세요"))
            .and(advice()),
    );
    fs::remove_dir_all(&copy).unwrap();
}

fn git(copy: &Path, arguments: &[&str]) {
    let status = Command::new("git")
        .args([
            "-c",
            "user.name=x",
            "-c",
            "user.email=x",
            "-c",
            "core.safecrlf=false",
        ])
        .args(arguments)
        .current_dir(copy)
        .status();
    assert!(status.unwrap().success());
}

/// From git in a clone, from the archive where there is no git.
#[test]
fn what_is_missing_comes_back_from_where_it_came() {
    let copy = copy_of_workspace("unpacked");
    let tests = copy.join("lessons").join(LESSON).join("tests/check.rs");
    fs::remove_file(&tests).unwrap();
    let check = |lang| {
        let mut check = xtask_in(&copy);
        check.args(["check", "04", "--lang", lang]).assert().code(3)
    };
    let git_s = || contains("git checkout");
    check("en").stdout(contains("the archive that you downloaded").and(git_s().not()));
    check("ko").stdout(contains("내려받은 압축 파일에서").and(git_s().not()));

    fs::copy(
        root().join("lessons").join(LESSON).join("tests/check.rs"),
        &tests,
    )
    .unwrap();
    git(&copy, &["init", "--quiet"]);
    git(&copy, &["add", "lessons"]);
    fs::remove_file(&tests).unwrap();
    check("en").stdout(contains(format!("git checkout -- lessons/{LESSON}/tests")));
    check("ko").stdout(contains(format!("git checkout -- lessons/{LESSON}/tests")));
    fs::remove_dir_all(&copy).unwrap();
}

/// A clone on Windows has the same bytes, whatever git was set to there.
#[test]
fn a_checkout_has_no_carriage_returns() {
    let copy = copy_of_workspace("line-ends");
    fs::copy(root().join(".gitattributes"), copy.join(".gitattributes")).unwrap();
    git(&copy, &["init", "--quiet"]);
    git(
        &copy,
        &["add", ".gitattributes", "lessons/lesson-04-accept"],
    );
    let files = ["src/main.rs", "tests/check.rs", "Cargo.toml"];
    let files = files.map(|file| copy.join("lessons").join(LESSON).join(file));
    for file in &files {
        fs::remove_file(file).unwrap();
    }
    git(
        &copy,
        &["-c", "core.autocrlf=true", "checkout", "--", "lessons"],
    );
    for file in files {
        assert!(!fs::read(file).unwrap().contains(&b'\r'));
    }
    fs::remove_dir_all(&copy).unwrap();
}
