//! `reset` and `restore`: whatever somebody wrote in a lesson's folder is kept, byte for
//! byte, or nothing is written; and it comes back.

use crate::support::small::{ACCEPT, ONE_SHOT, Small, texts_in};
use predicates::prelude::*;
use predicates::str::contains;
use std::fs;

const PROGRAM: &str = "lessons/lesson-04-accept/src/main.rs";
const MANIFEST: &str = "lessons/lesson-04-accept/Cargo.toml";
const OWN: &str = "// 내가 작성했다\r\nfn main() { }";

#[test]
fn a_program_and_a_manifest_are_kept_and_come_back() {
    for file in [PROGRAM, MANIFEST] {
        let small = Small::fresh();
        let starter = small.read(file);
        let own = if file == MANIFEST {
            starter.clone() + "\n# mine\n"
        } else {
            OWN.to_owned()
        };
        small.write(file, &own);
        let said = contains(".backup/lesson-04-accept/").and(contains("restore 04 --from"));
        small.run(&["reset", "04"], 0).stdout(said);
        assert_eq!(small.read(file).replace("\r\n", "\n"), starter, "{file}");
        let backup = small.backups(ACCEPT).pop().unwrap();
        let inside = file.strip_prefix("lessons/lesson-04-accept/").unwrap();
        assert_eq!(fs::read_to_string(backup.join(inside)).unwrap(), own);
        small.run(&["restore", "04"], 0);
        assert_eq!(small.read(file), own, "{file}");
        assert_eq!(
            small.backups(ACCEPT).len(),
            1,
            "a starter is kept by nobody"
        );
    }
}

#[test]
fn files_of_a_learner_s_own_stay_where_they_are() {
    let small = Small::fresh();
    let own = "lessons/lesson-04-accept/src/greeting.rs";
    small.write(own, OWN);
    small.write(PROGRAM, "mod greeting;");
    small
        .run(&["reset", "04"], 0)
        .stdout(contains("greeting.rs"));
    assert_eq!(small.read(own), OWN);
    let backup = small.backups(ACCEPT).pop().unwrap();
    let kept = fs::read_to_string(backup.join("src/greeting.rs")).unwrap();
    assert_eq!(kept, OWN);
}

#[test]
fn restore_goes_back_and_forth_between_versions() {
    let small = Small::fresh();
    let versions = ["// one", "// two", "// three"];
    for text in versions {
        small.write(PROGRAM, text);
        small.run(&["reset", "04"], 0);
    }
    small.run(&["restore", "04"], 0);
    assert_eq!(small.read(PROGRAM), "// three");
    small.run(&["restore", "04"], 0);
    assert_eq!(small.read(PROGRAM), "// two");
    small.run(&["restore", "04"], 0);
    assert_eq!(small.read(PROGRAM), "// three");
    let oldest = small.backups(ACCEPT)[0].clone();
    let name = oldest.file_name().unwrap().to_str().unwrap().to_owned();
    for from in [name.as_str(), "4", oldest.to_str().unwrap()] {
        small.write(PROGRAM, "// four");
        small.run(&["restore", "04", "--from", from], 0);
        assert_eq!(small.read(PROGRAM), "// one", "{from}");
    }
    assert_eq!(small.backups(ACCEPT).len(), 4, "none is kept twice");
    let all = contains("  1  ")
        .and(contains("  4  "))
        .and(contains(&name));
    let english = small.run(&["restore", "04", "--list", "--lang", "en"], 0);
    english.stdout(all.and(contains("as it is now")));
    small
        .run(&["restore", "04", "--list"], 0)
        .stdout(contains("지금과 같음"));
    small
        .run(&["restore", "04", "--from", "9"], 2)
        .stderr(contains("'9'"));
    small.run(&["restore", "04", "--from", "nine", "--list"], 2);
}

#[test]
fn what_is_not_there_is_not_brought_back() {
    let small = Small::fresh();
    small
        .run(&["restore", "04"], 0)
        .stdout(contains("백업이 없습니다"));
    let english = small.run(&["restore", "04", "--list", "--lang", "en"], 0);
    english.stdout(contains("no backup"));
    small.write(PROGRAM, OWN);
    small.run(&["reset", "04"], 0);
    small.run(&["restore", "04"], 0);
    small
        .run(&["restore", "04"], 0)
        .stdout(contains("이미 백업과"));
    // One that the tool was killed in the midst of is none.
    small.write(".backup/lesson-09-one-shot/.17/src/server.rs", "half");
    small
        .run(&["restore", "09"], 0)
        .stdout(contains("백업이 없습니다"));
}

#[test]
fn without_a_backup_nothing_is_written() {
    let small = Small::fresh();
    small.write(PROGRAM, OWN);
    // Where the folder should be made there is a file.
    small.write(".backup", "");
    let before = texts_in(small.root());
    for command in [&["reset", "04"][..], &["dev", "stub", "04"]] {
        let assert = small.xtask(command).assert();
        let code = if command[0] == "reset" { 3 } else { 1 };
        assert.code(code);
        assert_eq!(texts_in(small.root()), before, "{command:?}");
    }
}

#[test]
fn a_starter_is_not_backed_up() {
    let small = Small::fresh();
    small.run(&["reset", "04"], 0).stdout(contains("시작 코드"));
    let windows = small.read(PROGRAM).replace('\n', "\r\n");
    small.write(PROGRAM, &windows);
    small.run(&["reset", "04"], 0);
    assert_eq!(small.read(PROGRAM), windows);
    assert!(small.backups(ACCEPT).is_empty());
}

#[test]
fn the_ends_of_lines_stay() {
    let small = Small::fresh();
    let starter = small.read(PROGRAM);
    small.write(PROGRAM, OWN);
    small.run(&["reset", "04"], 0);
    assert_eq!(small.read(PROGRAM), starter.replace('\n', "\r\n"));
}

/// With step `number` of lesson 04 written, as far as a test needs it.
fn written(starter: &str, number: u32) -> String {
    let stub = format!("todo!(\"step {number}");
    let at = starter.find(&stub).unwrap();
    let end = at + starter[at..].find('\n').unwrap();
    format!("{}Ok(/* 내 {number} */){}", &starter[..at], &starter[end..])
}

#[test]
fn one_step_is_taken_back_alone() {
    let small = Small::fresh();
    let starter = small.read(PROGRAM);
    let two = written(&written(&starter, 2), 4);
    small.write(PROGRAM, &two);
    small.has_passed(ACCEPT, &[1, 2, 3]);
    small
        .run(&["reset", "04", "2"], 0)
        .stdout(contains("greet").and(contains(".backup")));
    assert_eq!(small.read(PROGRAM), written(&starter, 4));
    let known = small.read(".progress/progress.toml");
    assert!(known.contains("passed = [1, 3]"), "{known}");
    small.run(&["restore", "04"], 0);
    assert_eq!(small.read(PROGRAM), two);
    // In a file that is no Rust, with the ends of lines of Windows.
    let torn = written(&starter, 2).replace('\n', "\r\n") + "fn torn( {";
    small.write(PROGRAM, &torn);
    let english = small.run(&["reset", "04", "2", "--lang", "en"], 0);
    english.stdout(contains("Step 2 (greet) is the starter's again"));
    assert_eq!(
        small.read(PROGRAM),
        starter.replace('\n', "\r\n") + "fn torn( {"
    );
    // In one of two programs.
    let server = "lessons/lesson-09-one-shot/src/server.rs";
    let before = small.read(server);
    small.write(server, &(before.clone() + "// mine\n"));
    small.run(&["reset", "09", "1"], 0);
    assert_eq!(small.read(server), before + "// mine\n");
    assert_eq!(small.backups(ONE_SHOT).len(), 1);
}

#[test]
fn a_step_that_cannot_be_taken_back_leaves_the_file() {
    let small = Small::fresh();
    for text in ["fn main() {}", "fn main( {"] {
        small.write(PROGRAM, text);
        let assert = small.run(&["reset", "04", "2"], 2);
        assert.stderr(contains("greet").and(contains("cargo xtask reset 04")));
        assert_eq!(small.read(PROGRAM), text);
    }
    fs::write(small.path(PROGRAM), b"fn greet() { \xff }").unwrap();
    small.run(&["reset", "04", "2"], 2);
    small
        .run(&["reset", "04", "9", "--lang", "en"], 2)
        .stderr(contains("no step 9"));
    fs::remove_file(small.path(PROGRAM)).unwrap();
    small.run(&["reset", "04", "2"], 2);
    assert!(small.backups(ACCEPT).is_empty());
}

/// Editors leave marks that point nowhere, and somebody may have made a pipe.
#[cfg(unix)]
#[test]
fn what_is_no_file_is_in_nobody_s_way() {
    let small = Small::fresh();
    small.write(PROGRAM, OWN);
    let mark = small.path("lessons/lesson-04-accept/src/.#main.rs");
    std::os::unix::fs::symlink("me@here.42", &mark).unwrap();
    small.run(&["reset", "04"], 0);
    assert!(mark.is_symlink());
    small.run(&["restore", "04"], 0);
    assert_eq!(small.read(PROGRAM), OWN);
}

#[test]
fn a_program_that_may_not_be_written_to_is_kept_all_the_same() {
    let small = Small::fresh();
    small.write(PROGRAM, OWN);
    let may = fs::metadata(small.path(PROGRAM)).unwrap().permissions();
    let mut may_not = may.clone();
    may_not.set_readonly(true);
    fs::set_permissions(small.path(PROGRAM), may_not).unwrap();
    let code = small
        .xtask(&["reset", "04"])
        .assert()
        .get_output()
        .status
        .code();
    if code == Some(0) {
        small.run(&["restore", "04"], 0);
    }
    assert_eq!(small.read(PROGRAM), OWN);
    fs::set_permissions(small.path(PROGRAM), may).unwrap();
}
