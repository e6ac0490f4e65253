//! Two commands write starters over a lesson's folder, and one of them is not meant for
//! learners. Whatever somebody wrote there is kept, byte for byte, or nothing is written.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use predicates::prelude::*;
use predicates::str::contains;
use std::fs;
use std::path::{Path, PathBuf};
use support::{copy_of_workspace, files_in, xtask, xtask_in};

const LESSON: &str = "lessons/lesson-04-accept";
const BACKUPS: &str = ".backup/lesson-04-accept";
const OWN: &str = "// 내가 작성했다\r\nfn main() { }";

/// A copy in which lesson 04 is the starter, and no backup was made yet.
fn fresh(name: &str) -> PathBuf {
    let copy = copy_of_workspace(name);
    xtask_in(&copy).args(["stub", "04"]).assert().code(0);
    let _ = fs::remove_dir_all(copy.join(".backup"));
    copy
}

fn backups(copy: &Path) -> Vec<PathBuf> {
    let folder = fs::read_dir(copy.join(BACKUPS)).into_iter().flatten();
    folder.map(|entry| entry.unwrap().path()).collect()
}

/// Writes `own` into `file` of the lesson, runs the command, and wants it in a backup.
fn is_kept(copy: &Path, command: &str, file: &str) {
    let path = copy.join(LESSON).join(file);
    let starter = fs::read(&path).unwrap_or_default();
    let own = match Path::new(file).extension() {
        Some(end) if end == "toml" => String::from_utf8(starter.clone()).unwrap() + "\n# mine\n",
        _ => OWN.to_owned(),
    };
    fs::write(&path, &own).unwrap();
    xtask_in(copy)
        .args([command, "04"])
        .assert()
        .code(0)
        .stdout(contains(BACKUPS));
    let backups = backups(copy);
    assert_eq!(backups.len(), 1, "{command}, {file}: {backups:?}");
    let kept = fs::read_to_string(backups[0].join(file)).unwrap();
    assert_eq!(kept, own, "{command}, {file}");
    assert_eq!(fs::read(&path).unwrap(), starter, "{command}, {file}");
    fs::remove_dir_all(copy.join(".backup")).unwrap();
}

#[test]
fn a_program_and_a_manifest_are_kept() {
    let copy = fresh("kept");
    for command in ["stub", "reset"] {
        for file in ["src/main.rs", "Cargo.toml"] {
            is_kept(&copy, command, file);
        }
    }
}

#[test]
fn files_of_a_learner_s_own_are_kept_or_left_where_they_are() {
    let copy = fresh("kept-files");
    let own = copy.join(LESSON).join("src/greeting.rs");
    for (command, stays) in [("stub", true), ("reset", false)] {
        fs::write(&own, OWN).unwrap();
        fs::write(copy.join(LESSON).join("src/main.rs"), "mod greeting;").unwrap();
        xtask_in(&copy).args([command, "04"]).assert().code(0);
        assert_eq!(own.is_file(), stays, "{command}");
        let backup = backups(&copy).pop().unwrap();
        let kept = fs::read_to_string(backup.join("src/greeting.rs")).unwrap();
        assert_eq!(kept, OWN);
        fs::remove_dir_all(copy.join(".backup")).unwrap();
    }
    fs::remove_file(copy.join(LESSON).join("src/main.rs")).unwrap();
    xtask_in(&copy).args(["stub", "04"]).assert().code(0);
}

#[test]
fn two_backups_within_a_second_are_two_folders() {
    let copy = fresh("kept-twice");
    let program = copy.join(LESSON).join("src/main.rs");
    for text in ["// one", "// two"] {
        fs::write(&program, text).unwrap();
        xtask_in(&copy).args(["stub", "04"]).assert().code(0);
    }
    let kept = |backup: &PathBuf| fs::read_to_string(backup.join("src/main.rs")).unwrap();
    let mut kept: Vec<_> = backups(&copy).iter().map(kept).collect();
    kept.sort();
    assert_eq!(kept, ["// one", "// two"]);
}

#[test]
fn without_a_backup_nothing_is_written() {
    let copy = fresh("kept-whole");
    fs::write(copy.join(LESSON).join("src/main.rs"), OWN).unwrap();
    // Where the folder should be made there is a file.
    fs::write(copy.join(".backup"), "").unwrap();
    let before = files_in(&copy);
    for command in ["stub", "reset"] {
        let assert = xtask_in(&copy).args([command, "04"]).assert().code(3);
        assert.stderr(contains(".backup"));
        assert_eq!(files_in(&copy), before, "{command}");
        let there = fs::read_to_string(copy.join(LESSON).join("src/main.rs")).unwrap();
        assert_eq!(there, OWN, "{command}");
    }
    fs::remove_file(copy.join(".backup")).unwrap();
}

#[test]
fn a_starter_is_not_backed_up_and_a_comparison_writes_nothing() {
    let copy = fresh("kept-starter");
    xtask_in(&copy)
        .args(["stub", "04"])
        .assert()
        .code(0)
        .stdout("");
    assert!(backups(&copy).is_empty());
    fs::write(copy.join(LESSON).join("src/main.rs"), OWN).unwrap();
    let before = files_in(&copy);
    xtask_in(&copy)
        .args(["stub", "04", "--check"])
        .assert()
        .code(1);
    assert_eq!(files_in(&copy), before);
}

#[test]
fn help_names_the_maintainers_commands_where_they_are_asked_for_only() {
    let named = |name: &str| contains(format!("\n  {name} "));
    let learners = || named("check").and(named("reset")).and(named("help"));
    for name in ["stub", "bless", "prove"] {
        let assert = xtask().arg("--help").assert().code(0);
        assert.stdout(learners().and(named(name).not()));
        let assert = xtask().arg("help").assert().code(0).stderr("");
        assert.stdout(learners().and(named(name)));
    }
}
