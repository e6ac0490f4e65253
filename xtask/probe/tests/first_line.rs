//! A server whose first line tells no usable address: the line is not what is due, which
//! is the program's fault, and the scenario never gets to ask for the address.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use probe::{Lesson, ONLY, PROGRAMS_VARIABLE, REPORTS_VARIABLE, Report, Scene, Verdict, reported};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

const SNAPSHOT: &str = r#"---
source: here
description: step 1
---
program    stdout    "at 127.0.0.1:<server>\n"
client-a   connect   127.0.0.1:<server>
"#;

/// The folder of the lesson whose scenario is played.
const FOLDER: &str = "FIRST_LINE_FOLDER";

/// What goes before the report on the test's stdout.
const SECRET: &str = "secret";

/// Not a test of its own: played in a process of its own, because a scenario reads its
/// environment.
#[test]
fn connects_to_the_server() {
    let Ok(folder) = std::env::var(FOLDER) else {
        return;
    };
    let lesson = Lesson {
        package: "lesson-first-line",
        folder: folder.leak(),
        programs: vec![(ONLY, "")],
    };
    let mut scene = Scene::open(lesson, 1, "first_line::connects_to_the_server::here");
    scene.server().client("client-a");
    scene.end_here();
}

/// What is reported of a server that prints `line`, and stays.
fn report_of(line: &str) -> Report {
    static COUNT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let number = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let name = format!("first-line-{}-{number}", std::process::id());
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let lesson = root.join("lessons").join("lesson-first-line");
    let snapshots = root.join("solutions/lesson-first-line/snapshots");
    fs::create_dir_all(&lesson).unwrap();
    fs::create_dir_all(&snapshots).unwrap();
    fs::write(snapshots.join("connects_to_the_server.snap"), SNAPSHOT).unwrap();
    let program = format!("printf '%s\\n' '{line}'; read end");
    let programs = serde_json::json!({ ONLY: ["sh", "-c", program] });
    let mut test = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "connects_to_the_server", "--quiet"])
        .env(FOLDER, &lesson)
        .env(REPORTS_VARIABLE, "stdout")
        .env(PROGRAMS_VARIABLE, programs.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    writeln!(test.stdin.take().unwrap(), "{SECRET}").unwrap();
    let said = test.wait_with_output().unwrap().stdout;
    fs::remove_dir_all(root).unwrap();
    let said = String::from_utf8(said).unwrap();
    let report = said.lines().find_map(|line| reported(line, SECRET));
    serde_json::from_str(report.unwrap()).unwrap()
}

#[test]
fn a_first_line_without_a_usable_address_differs() {
    for line in [
        "at 127.0.0.1:<server>",
        "at 127.0.0.1",
        "at 127.0.0.1:0",
        "at 127.0.0.1:99999",
        "at [127.0.0.1]:80",
        "nothing",
        "",
    ] {
        let report = report_of(line);
        assert_eq!(report.verdict, Verdict::Differs, "{line}: {report:?}");
        assert_eq!(
            (report.differs_at, report.reason),
            (Some(0), None),
            "{line}"
        );
    }
}
