//! The learner's way through a workspace, and the ways to break one, on a copy.
//! The way is one test, because every stage builds on the one before.

use crate::support::{SharedCopy, files_in, lessons_of, root, xtask_in};
use predicates::prelude::*;
use predicates::str::contains;
use serde_json::Value;
use std::fs;
use std::path::Path;

const LESSON: &str = "lessons/lesson-04-accept";

/// A check of a lesson in `folder`: its exit status and its JSON.
fn check(folder: &Path, arguments: &[&str]) -> (i32, Value) {
    let (status, mut lessons) = check_several(folder, arguments);
    assert_eq!(lessons.len(), 1);
    (status, lessons.remove(0))
}

/// As [`check`], of several lessons.
fn check_several(folder: &Path, arguments: &[&str]) -> (i32, Vec<Value>) {
    let output = xtask_in(folder)
        .args(["check", "--json"])
        .args(arguments)
        // None of these may make a wrong program pass, or have a snapshot written.
        .envs([("INSTA_UPDATE", "always"), ("INSTA_FORCE_UPDATE", "1")])
        .envs([("INSTA_FORCE_PASS", "1"), ("CI", "1")])
        .output()
        .unwrap();
    assert!(
        !output.stdout.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    (output.status.code().unwrap(), lessons_of(&output.stdout))
}

fn verdicts(report: &Value) -> Vec<&str> {
    let steps = report["steps"].as_array().unwrap();
    steps
        .iter()
        .map(|step| step["verdict"].as_str().unwrap())
        .collect()
}

fn names_of(workspace: &Path) -> Vec<String> {
    let solutions = fs::read_dir(workspace.join("solutions")).unwrap();
    let names = solutions.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut lessons: Vec<_> = names.filter(|name| name.starts_with("lesson-")).collect();
    lessons.sort();
    lessons
}

#[test]
fn both_readmes_name_every_lesson() {
    for readme in ["README.md", "README.ko.md"] {
        let text = fs::read_to_string(root().join(readme)).unwrap();
        for lesson in names_of(&root()) {
            let mut parts = lesson.splitn(3, '-').skip(1);
            let row = format!("| {} | {} |", parts.next().unwrap(), parts.next().unwrap());
            assert!(text.contains(&row), "{readme} has no row {row:?}");
        }
    }
}

#[test]
fn a_learner_s_way_through_a_workspace() {
    let copy = SharedCopy::fresh();
    // Whoever runs this may have written some of the steps.
    for lesson in names_of(&copy) {
        xtask_in(&copy).args(["reset", &lesson]).assert().code(0);
    }
    let before = files_in(&copy);
    let program = copy.join(LESSON).join("src/main.rs");
    let starter = fs::read_to_string(&program).unwrap();

    let lessons = names_of(&copy);
    // There is nothing to write in lesson 00.
    for lesson in &lessons[1..] {
        let (status, report) = check(&copy, &[lesson]);
        assert_eq!(status, 1);
        assert_eq!(report["passed"], false);
        assert_eq!(verdicts(&report)[0], "not-written-yet", "{report:#}");
    }
    let (status, all) = check_several(&copy, &["--all", "--solution"]);
    assert_eq!(status, 0, "{all:#?}");
    assert_eq!(all.len(), lessons.len());
    assert_eq!(
        files_in(&copy),
        before,
        "a check wrote outside target and .progress"
    );

    let solution = root().join("solutions/lesson-04-accept/src/main.rs");
    fs::copy(solution, &program).unwrap();
    let (status, report) = check(&copy, &["lesson-04"]);
    assert_eq!((status, &report["passed"]), (0, &Value::Bool(true)));

    an_earlier_step_is_not_written(&copy, &program, &starter);
    a_stub_was_left(&copy, &program);
    a_line_that_was_left_does_not_hurry_the_check(&copy);
    passes_though_nothing_can_be_remembered(&copy);
    has_no_place_for_a_folder(&copy, &program);
    does_not_compile(&copy, &program);
    has_many_errors(&copy, &program);
    resets_with_a_backup(&copy, &program, &starter);
    manifest_is_broken(&copy);
    edition_is_changed(&copy);
    build_script_fails(&copy);
    #[cfg(target_os = "linux")]
    build_is_interrupted(&copy);
    snapshot_is_forged(&copy, &program);
    folder_is_gone(&copy);
}

/// From its `fn` to the end of its body.
fn function<'a>(source: &'a str, name: &str) -> &'a str {
    let start = source.find(&format!("fn {name}(")).unwrap();
    let end = source[start..].find("\n}\n").unwrap();
    &source[start..start + end + 3]
}

fn an_earlier_step_is_not_written(copy: &Path, program: &Path, starter: &str) {
    let solution = fs::read_to_string(program).unwrap();
    let accept = function(&solution, "accept");
    let stub = function(starter, "accept").replace("todo!(", "// 아직\n    todo!(");
    fs::write(program, solution.replace(accept, &stub)).unwrap();
    let (status, report) = check(copy, &["lesson-04"]);
    assert_eq!(status, 1);
    assert_eq!(verdicts(&report), ["not-written-yet"; 4], "{report:#}");
    let steps = report["steps"].as_array().unwrap();
    let waits_for: Vec<_> = steps
        .iter()
        .map(|step| step["waits_for"].as_u64())
        .collect();
    assert_eq!(waits_for, [None, Some(1), Some(1), Some(1)]);
    let said = xtask_in(copy).args(["check", "4"]).assert().code(1);
    said.stdout(
        contains("○ 3")
            .and(contains("1단계를 작성해야 볼 수 있음"))
            .and(contains("✘").not()),
    );
    fs::write(program, solution).unwrap();
}

fn a_stub_was_left(copy: &Path, program: &Path) {
    let solution = fs::read_to_string(program).unwrap();
    // Behind what is right already, and in the way of it.
    for (stub, verdict) in [
        (
            "if listener.local_addr().is_err() { todo!(\"step 3\") }",
            "passed",
        ),
        ("eprintln!(\"not yet implemented: step 3\");", "passed"),
        (
            "serve_one(&listener)?; if true { todo!(\"step 3\") }",
            "crashed",
        ),
    ] {
        let begin = "fn serve_everyone(listener: Socket) -> io::Result<()> {\n";
        let text = solution.replace(begin, &format!("{begin}{stub}\n"));
        let line = text.lines().position(|line| line == stub).unwrap() + 1;
        let place = format!("src/main.rs:{line}");
        fs::write(program, text).unwrap();
        let (status, report) = check(copy, &["lesson-04"]);
        let step = &report["steps"][2];
        assert_eq!(status, 1, "{stub}: {report:#}");
        assert_eq!(step["verdict"], verdict, "{stub}: {step:#}");
        assert_eq!(step["passed"], false, "{stub}");
        assert_eq!(step["left_over"], place.as_str(), "{stub}");
        let said = xtask_in(copy).args(["check", "4", "--lang", "en"]).assert();
        said.code(1).stdout(
            contains("✘ 3")
                .and(contains(&place))
                .and(contains("take"))
                .and(contains("not written yet").not()),
        );
    }
    fs::write(program, solution).unwrap();
}

/// A program that says of itself that it is not written is waited for as any other, once
/// it is.
fn a_line_that_was_left_does_not_hurry_the_check(copy: &Path) {
    let solution = root().join("solutions/lesson-12-mobile-client/src/main.rs");
    let program = copy.join("lessons/lesson-12-mobile-client/src/main.rs");
    let starter = fs::read_to_string(&program).unwrap();
    let solution = fs::read_to_string(solution).unwrap();
    let begin = ") -> io::Result<String> {\n    // ANCHOR: step-3\n";
    assert!(solution.contains(begin));
    let stub = "eprintln!(\"not yet implemented: step 3\");\n";
    fs::write(&program, solution.replace(begin, &format!("{begin}{stub}"))).unwrap();
    let (status, report) = check(copy, &["lesson-12"]);
    assert_ne!(status, 0);
    // A machine that is busy may not be able to judge its waits.
    let refused = |verdict: &&str| ["differs", "crashed", "hung"].contains(verdict);
    assert!(!verdicts(&report).iter().any(refused), "{report:#}");
    assert!(report["steps"][2]["left_over"].is_string());
    fs::write(&program, starter).unwrap();
}

fn does_not_compile(copy: &Path, program: &Path) {
    fs::write(program, "fn main() { let x: u8 = \"no\"; }\n").unwrap();
    let (status, report) = check(copy, &["lesson-04"]);
    assert_eq!(status, 1);
    assert_eq!(verdicts(&report), ["did-not-compile"; 4]);
    xtask_in(copy)
        .args(["check", "lesson-04"])
        .assert()
        .code(1)
        .stdout(contains("mismatched types").and(contains("컴파일되지 않았습니다")));
}

/// The verdict stands: what is remembered is a convenience.
fn passes_though_nothing_can_be_remembered(copy: &Path) {
    let remembered = copy.join(".progress/progress.toml");
    fs::remove_file(&remembered).unwrap();
    fs::create_dir(&remembered).unwrap();
    xtask_in(copy)
        .args(["check", "lesson-04"])
        .assert()
        .code(0)
        .stdout(contains("lesson-04 통과"))
        .stderr(contains("progress.toml"));
    fs::remove_dir(&remembered).unwrap();
}

/// Nothing that is there is called missing, or offered to be written over.
fn has_no_place_for_a_folder(copy: &Path, program: &Path) {
    let aside = program.with_extension("aside");
    fs::rename(program, &aside).unwrap();
    fs::create_dir(program).unwrap();
    xtask_in(copy)
        .args(["check", "lesson-04"])
        .assert()
        .code(3)
        .stdout(contains("폴더").and(contains("reset").not()));
    fs::remove_dir(program).unwrap();
    fs::rename(&aside, program).unwrap();
}

fn has_many_errors(copy: &Path, program: &Path) {
    let lines = "    let x: u8 = \"no\";\n".repeat(3000);
    fs::write(
        program,
        format!("fn main() {{\n{lines}    let x: u8 = \"no\"; }}\n"),
    )
    .unwrap();
    let short = predicate::function(|text: &str| text.len() < 32 * 1024);
    xtask_in(copy)
        .args(["check", "lesson-04"])
        .assert()
        .code(1)
        .stdout(short.and(contains("2981개")));
    fs::write(program, "fn main() { let x: u8 = \"no\"; }\n").unwrap();
}

fn resets_with_a_backup(copy: &Path, program: &Path, starter: &str) {
    let output = xtask_in(copy).args(["reset", "accept"]).assert().code(0);
    let said = String::from_utf8(output.get_output().stdout.clone()).unwrap();
    let backup = said
        .split_whitespace()
        .find(|word| word.starts_with(".backup"))
        .unwrap();
    let backup = copy.join(backup.trim_end_matches("에"));
    let kept = fs::read_to_string(backup.join("src/main.rs")).unwrap();
    assert!(kept.contains("let x: u8"), "{kept}");
    assert_eq!(fs::read_to_string(program).unwrap(), starter);
}

fn manifest_is_broken(copy: &Path) {
    let manifest = copy.join(LESSON).join("Cargo.toml");
    let good = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, "[package\n").unwrap();
    xtask_in(copy)
        .args(["check", "lesson-04"])
        .assert()
        .code(3)
        .stdout(contains(format!("{LESSON}/Cargo.toml")));
    // Cargo reads all manifests of the workspace.
    xtask_in(copy)
        .args(["check", "lesson-05"])
        .assert()
        .code(3)
        .stdout(contains(format!("{LESSON}/Cargo.toml")));
    fs::write(&manifest, good).unwrap();
}

/// What does not compile then are the scenarios, which nobody has touched.
fn edition_is_changed(copy: &Path) {
    let manifest = copy.join(LESSON).join("Cargo.toml");
    let good = fs::read_to_string(&manifest).unwrap();
    let old = good.replace("edition.workspace = true", "edition = \"2015\"");
    fs::write(&manifest, old).unwrap();
    xtask_in(copy)
        .args(["check", "lesson-04"])
        .assert()
        .code(1)
        .stdout(contains("Cargo.toml이 처음과").and(contains("check.rs가 처음과").not()));
    fs::write(&manifest, good).unwrap();
}

/// The learner's own script, and not cargo, could not go on.
fn build_script_fails(copy: &Path) {
    let script = copy.join(LESSON).join("build.rs");
    fs::write(&script, "fn main() { panic!(\"\\u{1b}[2Jno build\"); }\n").unwrap();
    let (status, report) = check(copy, &["lesson-04"]);
    // What is not written is no more wrong for it.
    assert_eq!((status, verdicts(&report)[0]), (1, "not-written-yet"));
    let errors = report["errors"].to_string();
    assert!(
        errors.contains("no build") && !errors.contains("\\u001b"),
        "{errors}"
    );
    fs::remove_file(&script).unwrap();
}

/// A build script that does not end goes with the tool, or is swept by its next check.
#[cfg(target_os = "linux")]
fn build_is_interrupted(copy: &Path) {
    let script = copy.join(LESSON).join("build.rs");
    fs::write(&script, "fn main() { loop { std::thread::park(); } }\n").unwrap();
    let scripts = || {
        let entries = fs::read_dir("/proc").unwrap().flatten();
        let programs = entries.filter_map(|entry| fs::read_link(entry.path().join("exe")).ok());
        let built = copy.join("target/debug/build");
        programs
            .filter(|program| program.starts_with(&built))
            .count()
    };
    let wait_until = |holds: &dyn Fn() -> bool| {
        let started = std::time::Instant::now();
        while !holds() {
            assert!(started.elapsed().as_secs() < 60, "waited in vain");
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
    };
    for signal in ["-TERM", "-KILL"] {
        let mut check = std::process::Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(["check", "lesson-04"])
            .current_dir(copy)
            .spawn()
            .unwrap();
        wait_until(&|| scripts() > 0);
        let id = check.id().to_string();
        let kill = std::process::Command::new("kill")
            .args([signal, &id])
            .status();
        assert!(kill.unwrap().success());
        check.wait().unwrap();
        if signal == "-KILL" {
            assert_eq!(self::check(copy, &["lesson-03"]).0, 1);
        }
        wait_until(&|| scripts() == 0);
    }
    fs::remove_file(&script).unwrap();
}

/// By the very program that is held against it.
fn snapshot_is_forged(copy: &Path, program: &Path) {
    let solution = root().join("solutions/lesson-04-accept");
    let snapshot = copy.join("solutions/lesson-04-accept/snapshots/tells_who_connected.snap");
    let honest = fs::read_to_string(solution.join("src/main.rs")).unwrap();
    let starter = fs::read_to_string(program).unwrap();
    let forges =
        format!("fn main() -> ExitCode {{ std::fs::write({snapshot:?}, \"---\\n---\\nx\").ok();");
    fs::write(
        program,
        honest.replacen("fn main() -> ExitCode {", &forges, 1),
    )
    .unwrap();
    let (status, report) = check(copy, &["lesson-04"]);
    assert_eq!((status, &report["passed"]), (3, &Value::Bool(false)));
    let why = report["unable"].as_str().unwrap();
    assert!(why.contains("tells_who_connected"), "{why}");
    fs::write(program, starter).unwrap();
}

fn folder_is_gone(copy: &Path) {
    fs::remove_dir_all(copy.join(LESSON)).unwrap();
    let (status, _) = check(copy, &["lesson-04"]);
    assert_eq!(status, 3);
    xtask_in(copy)
        .args(["check", "lesson-04"])
        .assert()
        .code(3)
        .stdout(contains("tests").and(contains("panicked").not()));
    // The other lessons go on.
    assert_eq!(check(copy, &["lesson-03"]).0, 1);
}
