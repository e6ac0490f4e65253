//! Tells scenarios of the program `actor` against lines that a test expects, and gives back
//! what is reported of them. What is due in which case is left to the tests.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(dead_code, reason = "each test binary uses its own part")]

use probe::{Event, Lesson, ONLY, Report, Scene, Unit, Verdict, keeping_the_report};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// The program that carries out orders.
pub const ACTOR: &str = env!("CARGO_BIN_EXE_actor");

/// The step that every scenario belongs to.
pub const STEP: u32 = 2;

/// The report of a scenario of which `expected` is recorded, or nothing if that is empty.
pub fn told(expected: &[&str], tells: impl FnOnce(Scene)) -> Report {
    told_of("lesson-story", ACTOR, expected, tells)
}

/// As [`told`], for `program` and for a `package` of either side.
pub fn told_of(
    package: &'static str,
    program: &'static str,
    expected: &[&str],
    tells: impl FnOnce(Scene),
) -> Report {
    recorded(package, program, expected, |lesson, inside| {
        tells(Scene::open(lesson, STEP, inside));
    })
}

/// As [`told`], for one that judges waits; so many copies are told beside each other.
pub fn told_in_time(
    expected: &[&str],
    unit: Unit,
    copies: usize,
    tells: impl Fn(Scene, Duration) + Sync,
) -> Report {
    recorded("lesson-story", ACTOR, expected, |lesson, inside| {
        probe::tell_in_time(&lesson, STEP, inside, unit, copies, tells);
    })
}

/// Records `expected` for a scenario that no other test has.
fn recorded(
    package: &'static str,
    program: &'static str,
    expected: &[&str],
    tells: impl FnOnce(Lesson, &str),
) -> Report {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let scenario = format!("story_{}", COUNT.fetch_add(1, Ordering::Relaxed));
    let name = format!("{scenario}-{}", std::process::id());
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let snapshots = root.join("solutions/lesson-story/snapshots");
    fs::create_dir_all(&snapshots).unwrap();
    if !expected.is_empty() {
        let lines = expected.join("\n");
        let snapshot = format!("---\nsource: here\ndescription: step {STEP}\n---\n{lines}\n");
        fs::write(snapshots.join(format!("{scenario}.snap")), snapshot).unwrap();
    }
    let folder = root.join("lessons/lesson-story");
    let lesson = Lesson {
        package,
        folder: folder.to_str().unwrap().to_owned().leak(),
        programs: vec![(ONLY, program)],
    };
    let inside = format!("story::{scenario}::here");
    let report = keeping_the_report(&scenario, || tells(lesson, &inside));
    fs::remove_dir_all(root).unwrap();
    report.expect("a scenario has a report")
}

/// The verdict, and the line that it was come to in: `client-a recv RST`. Of one that
/// passed, the last line.
pub fn decided(report: &Report) -> (Verdict, String) {
    let last = report.actual.len().checked_sub(1);
    let line = report.differs_at.or(last).map(|at| &report.actual[at]);
    (report.verdict, line.map(single_spaced).unwrap_or_default())
}

/// The lines of a transcript without their columns.
pub fn lines(report: &Report) -> Vec<String> {
    report.actual.iter().map(single_spaced).collect()
}

fn single_spaced(event: &Event) -> String {
    let line = format!("{} {} {}", event.who, event.what.word(), event.what.rest());
    line.trim_end().to_owned()
}

/// Fails unless the scenario passed.
pub fn passes(report: &Report) {
    assert_eq!(report.verdict, Verdict::Passed, "{}", in_short(report));
}

/// Fails unless `line` is what makes the scenario differ.
pub fn differs(report: &Report, line: &str) {
    let due = (Verdict::Differs, line.to_owned());
    assert_eq!(decided(report), due, "{}", in_short(report));
}

/// What a test that fails says of the scenario.
pub fn in_short(report: &Report) -> String {
    let said = (&report.endings, &report.reason, &report.stderr);
    format!("{:#?} {said:?}", lines(report))
}

/// True in a process of its own with these variables in its environment. In the process
/// that the tests run in it is false, and `test`, the name of the one that asks, was run
/// there.
pub fn is_alone(test: &str, variables: &[(&str, &str)]) -> bool {
    const ALONE: &str = "PROBE_TEST_ALONE";
    if std::env::var_os(ALONE).is_some() {
        return true;
    }
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--nocapture"]);
    // What is missing is skipped there, and no failure.
    command.env(ALONE, "").env_remove("REQUIRE_ALL");
    command.envs(variables.iter().copied());
    let told = probe::household::undisturbed(|| command.output()).unwrap();
    let said = String::from_utf8_lossy(&told.stdout);
    assert!(
        told.status.success() && said.contains("1 passed"),
        "{said}{}",
        String::from_utf8_lossy(&told.stderr)
    );
    false
}
