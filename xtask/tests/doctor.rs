//! What the doctor says of a machine that has everything, and of one where something is
//! missing; and that a check which the machine cannot make is not told as the program's fault.

use crate::support::{compiled, copy_of_workspace, lesson_of, root, xtask, xtask_in};
#[cfg(target_os = "linux")]
use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::contains;
use std::path::PathBuf;
use unicode_width::UnicodeWidthStr;

/// The compiler itself, and not what looks for it on the path.
fn rustc() -> PathBuf {
    let name = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let asked = std::process::Command::new(name)
        .args(["--print", "sysroot"])
        .output()
        .unwrap();
    let sysroot = String::from_utf8(asked.stdout).unwrap();
    let name = format!("rustc{}", std::env::consts::EXE_SUFFIX);
    PathBuf::from(sysroot.trim()).join("bin").join(name)
}

#[test]
fn what_is_there_is_told_in_both_languages_on_80_columns() {
    for (lang, words) in [
        ("ko", ["이상이어야 합니다", "루프백", "디스크", "localhost"]),
        ("en", ["or newer", "loopback", "disk", "localhost"]),
    ] {
        let assert = xtask().args(["doctor", "--lang", lang]).assert().code(0);
        let said = String::from_utf8(assert.get_output().stdout.clone()).unwrap();
        for word in words.iter().chain(&["rustc 1.", "cargo 1.", "127.0.0.1"]) {
            assert!(said.contains(word), "{word}: {said}");
        }
        let wide: Vec<_> = said.lines().filter(|line| line.width() > 80).collect();
        assert!(wide.is_empty(), "{wide:#?}");
    }
}

/// Neither Python nor git is there, and nothing that opens a browser.
#[test]
fn what_is_missing_is_told_with_what_to_do() {
    let empty = tempfile::tempdir().unwrap();
    let doctor = |lang| {
        let mut doctor = xtask();
        doctor
            .args(["doctor", "--lang", lang])
            .env("PATH", empty.path())
            .env("RUSTC", rustc())
            .env_remove("BROWSER");
        doctor
    };
    let english = contains("◌ no Python 3.8 or newer")
        .and(contains("https://www.python.org"))
        .and(contains("◌ no git"))
        .and(contains("◌ nothing that opens a browser"))
        .and(contains("Checks work."));
    doctor("en").assert().code(0).stdout(english);
    let korean = contains("◌ Python 3.8 이상이 없습니다")
        .and(contains("◌ git이 없습니다"))
        .and(contains("검사할 수 있습니다."));
    doctor("ko").assert().code(0).stdout(korean);
    // Nothing can be checked without a compiler.
    doctor("en")
        .env("RUSTC", "/there/is/no/such/rustc")
        .assert()
        .code(3)
        .stdout(contains("✘ rustc could not be run").and(contains("https://rustup.rs")));
}

/// What only asks the desktop for a browser is of no use where there is none.
#[cfg(target_os = "linux")]
#[test]
fn an_opener_needs_its_desktop() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("xdg-open"), "").unwrap();
    let doctor = |desktop| {
        let mut doctor = xtask();
        doctor.args(["doctor", "--lang", "en"]);
        doctor.env("PATH", folder.path()).env("RUSTC", rustc());
        doctor.env_remove("BROWSER").env_remove("WAYLAND_DISPLAY");
        doctor.env("DISPLAY", desktop);
        doctor.assert().code(0)
    };
    doctor("").stdout(contains("◌ a browser: there is no desktop"));
    doctor(":0").stdout(contains("a browser (xdg-open)"));
}

#[test]
fn the_doctor_takes_no_words() {
    let assert = xtask().args(["doctor", "04"]).assert().code(2).stdout("");
    let said = String::from_utf8(assert.get_output().stderr.clone()).unwrap();
    assert_eq!(said.lines().count(), 1, "{said}");
}

/// The tool in a network of its own, in which loopback is down; `None` where no such
/// network can be made.
#[cfg(target_os = "linux")]
fn without_loopback(arguments: &[&str]) -> Option<Command> {
    let made = std::process::Command::new("unshare")
        .args(["--net", "true"])
        .status();
    if !made.is_ok_and(|status| status.success()) {
        assert_ne!(std::env::var("REQUIRE_ALL").as_deref(), Ok("1"));
        eprintln!("skipped: no network of one's own can be made here");
        return None;
    }
    let mut command = Command::new("unshare");
    command
        .args(["--net", env!("CARGO_BIN_EXE_xtask")])
        .args(arguments)
        .current_dir(root());
    Some(command)
}

#[test]
#[cfg(target_os = "linux")]
fn a_machine_without_loopback_is_told_by_the_doctor_and_by_the_check() {
    let Some(mut doctor) = without_loopback(&["doctor", "--lang", "en"]) else {
        return;
    };
    let down = contains("✘ 127.0.0.1").and(contains("ip link set lo up"));
    doctor.assert().code(3).stdout(down);
    for (lang, word) in [("en", "loopback interface"), ("ko", "루프백")] {
        let check = ["check", "04", "--solution", "--lang", lang];
        let assert = without_loopback(&check)
            .unwrap()
            .assert()
            .code(3)
            .stdout("");
        let said = String::from_utf8(assert.get_output().stderr.clone()).unwrap();
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(
            said.contains(word) && said.contains("cargo xtask doctor"),
            "{said}"
        );
    }
}

/// By a cargo that has no room, or no memory: what it says was taken from real ones.
#[test]
fn a_full_disk_and_a_lack_of_memory_are_the_machine_s_fault() {
    let cargo = compiled("doctor/cargo.rs");
    let program = std::fs::read(root().join("lessons/lesson-04-accept/src/main.rs")).unwrap();
    for (lack, korean, english) in [
        ("disk", "디스크에 빈 곳이 없습니다", "The disk is full"),
        (
            "disk-of-the-compiler",
            "디스크에 빈 곳이 없습니다",
            "The disk is full",
        ),
        ("memory", "메모리가 모자랍니다", "out of memory"),
    ] {
        let check = |more: &[&str]| {
            let mut check = xtask();
            check
                .args(["check", "04"])
                .args(more)
                .env("CARGO", &cargo)
                .env("LACK", lack);
            check.assert().code(3).stderr("")
        };
        let not_blamed = || contains("check.rs").not().and(contains("컴파일").not());
        let points = || contains("cargo xtask doctor");
        check(&["--lang", "ko"]).stdout(contains(korean).and(points()).and(not_blamed()));
        check(&["--lang", "en"]).stdout(contains(english).and(points()).and(not_blamed()));
        let json = check(&["--json", "--lang", "en"]);
        let report = lesson_of(&json.get_output().stdout);
        assert!(report["unable"].as_str().unwrap().contains(english));
    }
    let after = std::fs::read(root().join("lessons/lesson-04-accept/src/main.rs")).unwrap();
    assert_eq!(after, program);
}

#[test]
fn folders_that_stop_cargo_are_named() {
    let copy = copy_of_workspace("doctor-folders");
    let lessons = copy.join("lessons");
    let twin = lessons.join("lesson-04-old");
    std::fs::create_dir_all(twin.join("tests")).unwrap();
    let manifest = lessons.join("lesson-04-accept/Cargo.toml");
    std::fs::copy(&manifest, twin.join("Cargo.toml")).unwrap();
    std::fs::rename(lessons.join("lesson-05-connect"), lessons.join("mine")).unwrap();
    std::fs::remove_file(lessons.join("lesson-06-recv/Cargo.toml")).unwrap();
    let doctor = |lang| {
        let mut doctor = xtask_in(&copy);
        doctor.args(["doctor", "--lang", lang]).assert().code(3)
    };
    doctor("en").stdout(
        contains("✘ lessons/lesson-04-old: a copy of lesson-04-accept")
            .and(contains("Move the copy out of lessons/."))
            .and(contains(
                "◌ lessons/mine: lesson-05-connect under another name",
            ))
            .and(contains("✘ lessons/lesson-06-recv/Cargo.toml: missing"))
            .and(contains("archive that you downloaded")),
    );
    doctor("ko").stdout(
        contains("lesson-04-accept의 복사본입니다").and(contains("내려받은 압축 파일에서")),
    );
    std::fs::remove_dir_all(&copy).unwrap();
}
