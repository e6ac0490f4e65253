//! The tool, the program that watches, cargo and a learner's programs together, in a copy of
//! the workspace.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![cfg(target_os = "linux")]

mod support;

use rustix::fs::FlockOperation;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use support::terminal::Terminal;
use support::{copy_of_workspace, left, root};

/// What is watched, and the lessons' libraries, may have to be compiled first.
const BUILT: Duration = Duration::from_secs(400);

const KEYS: &str = "h hint   l list";

/// A program that says nothing, does nothing, and never ends.
const HANGS: &str = "fn main() { loop { std::thread::park(); } }\n";

/// The tool, as `cargo xtask` has it built.
fn tool() -> PathBuf {
    let output = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--package", "xtask", "--bin", "xtask"])
        .args(["--message-format", "json"])
        .current_dir(root())
        .output()
        .unwrap();
    let messages = String::from_utf8(output.stdout).unwrap();
    let executable = messages.rsplit_once("\"executable\":\"");
    let (path, _) = executable.unwrap().1.split_once('"').unwrap();
    path.into()
}

fn watch(tool: &Path, copy: &Path, lesson: &str) -> Terminal {
    let mut command = Command::new(tool);
    command
        .args(["watch", lesson, "--lang", "en"])
        .current_dir(copy)
        .envs([("TERM", "xterm"), ("NO_COLOR", "1")]);
    Terminal::of(command).with_patience(BUILT)
}

/// Waits until the lesson's program runs.
fn runs(copy: &Path, lesson: &str) {
    let program = copy.join("target/debug").join(lesson);
    let started = Instant::now();
    let program = program.to_str().unwrap();
    while !left::processes_of(copy)
        .iter()
        .any(|line| line.starts_with(program))
    {
        assert!(started.elapsed() < BUILT, "{lesson} never ran");
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn a_lesson_is_written_while_it_is_watched() {
    // One at a time in the copy.
    let lock = File::create(Path::new(env!("CARGO_TARGET_TMPDIR")).join("watched.lock")).unwrap();
    rustix::fs::flock(&lock, FlockOperation::LockExclusive).unwrap();
    let copy = copy_of_workspace("watched");
    let tool = tool();
    let file = |lesson: &str| copy.join("lessons").join(lesson).join("src/main.rs");
    let accept = file("lesson-04-accept");
    let solution = root().join("solutions/lesson-04-accept/src/main.rs");
    let solution = fs::read_to_string(solution).unwrap();
    fs::write(&accept, &solution).unwrap();

    let mut terminal = watch(&tool, &copy, "4");
    let passed = [
        "lesson-04-accept · checked on every save",
        "4/4 steps passed",
        "Passed. Press n to go on to lesson-05-connect.",
        KEYS,
    ];
    terminal.shows(&passed);

    fs::write(&accept, "fn main() {").unwrap();
    let screen = terminal.shows(&["unclosed delimiter", "did not compile", KEYS]);
    assert!(!screen.contains("Press n"), "{screen}");
    let other = copy.join("main.rs");
    fs::write(&other, &solution).unwrap();
    fs::rename(&other, &accept).unwrap();
    terminal.shows(&passed);

    // A save while the program still hangs in its check.
    fs::write(&accept, HANGS).unwrap();
    runs(&copy, "lesson-04-accept");
    fs::write(&accept, &solution).unwrap();
    terminal.shows(&passed);
    let there = left::processes_of(&copy);
    assert_eq!(there.len(), 1, "only what watches is there: {there:?}");

    terminal.types("h");
    terminal.shows(&["lesson-04 has no step left"]);
    fs::write(file("lesson-05-connect"), HANGS).unwrap();
    terminal.types("n");
    terminal.shows(&["lesson-05-connect · checked"]);
    runs(&copy, "lesson-05-connect");
    terminal.types("q");
    assert_eq!(terminal.ends().code(), Some(0));
    assert_eq!(left::processes_of(&copy), [""; 0]);

    for leave in [Terminal::closes, |terminal: &mut Terminal| {
        terminal.types("\u{3}")
    }] {
        let mut terminal = watch(&tool, &copy, "5");
        runs(&copy, "lesson-05-connect");
        leave(&mut terminal);
        terminal.ends();
        assert_eq!(left::processes_of(&copy), [""; 0]);
    }
}
