//! Programs that mean no good: each gets a verdict of its own, in time, and leaves
//! nothing behind: no process, no file, no flooded terminal.

use crate::support::{files_in, hostile_program, lesson_of, root, xtask};
use predicates::prelude::*;
use predicates::str::contains;
use std::time::{Duration, Instant};

/// A check has come to an end by then, also of a program that takes every processor: it may
/// be waited for three times as long as an interpreter that starts.
const IN_TIME: Duration = Duration::from_secs(30);

/// What one screen or two can take, in bytes.
const NO_FLOOD: usize = 16 * 1024;

/// Checks lesson 04 on the hostile program in `mode`; the scenario `scenario` must
/// get `verdict`, and an explanation with `words`.
fn is_judged(mode: &str, scenario: &str, verdict: &str, words: &str) {
    let mark = format!("hostile-{mode}-{}", std::process::id());
    let command = format!("{} {mode} {mark}", hostile_program().display());
    let before = files_in(&root());

    let started = Instant::now();
    let output = xtask()
        .args(["check", "lesson-04", "--json", "--server", &command])
        .assert()
        .code(1)
        .get_output()
        .clone();
    let took = started.elapsed();

    let report = lesson_of(&output.stdout);
    let steps = report["steps"].as_array().unwrap().iter();
    let scenarios: Vec<_> = steps
        .flat_map(|step| step["scenarios"].as_array().unwrap())
        .collect();
    let mut named = scenarios.iter();
    let scenario = named.find(|found| found["name"] == scenario).unwrap();
    assert_eq!(scenario["verdict"], verdict, "{scenario:#}");
    let explanation = scenario["explanation"]["ko"].as_str().unwrap();
    assert!(
        explanation.contains(words),
        "{explanation:?} does not say {words:?}"
    );
    assert!(took < IN_TIME, "{mode} took {took:?}");
    // One that floods would have as much in each of its scenarios.
    let no_flood = NO_FLOOD * scenarios.len();
    assert!(output.stdout.len() < no_flood, "the report is too long");
    assert_eq!(files_in(&root()), before, "files were written or removed");
    assert_nothing_runs(&mark);
}

fn assert_nothing_runs(mark: &str) {
    let running = processes_of(mark);
    assert_eq!(running, 0, "{running} processes of {mark} are still there");
}

/// How many processes have `mark` in their command line. Only Linux lets it be
/// read so simply; elsewhere none are seen.
fn processes_of(mark: &str) -> usize {
    let entries = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    entries
        .filter_map(|entry| std::fs::read(entry.path().join("cmdline")).ok())
        .filter(|line| String::from_utf8_lossy(line).contains(mark))
        .count()
}

#[test]
fn one_that_exits_at_once() {
    is_judged(
        "exits-at-once",
        "tells_who_connected",
        "differs",
        "끝났습니다",
    );
}

#[test]
fn one_that_never_prints_its_address() {
    is_judged("never-prints", "tells_who_connected", "hung", "다음 줄");
}

#[test]
fn one_that_prints_its_address_to_stderr() {
    is_judged("prints-to-stderr", "tells_who_connected", "hung", "stderr");
}

#[test]
fn one_that_prints_rubbish_first() {
    is_judged(
        "prints-rubbish-first",
        "tells_who_connected",
        "differs",
        "다른 줄이 나왔습니다",
    );
}

#[test]
fn one_that_prints_no_utf_8() {
    let scenario = "tells_who_connected";
    is_judged("prints-the-korean-code-page", scenario, "differs", "CP949");
    is_judged("prints-no-text", scenario, "differs", "UTF-8이 아닙니다");
}

#[test]
fn nothing_else_is_said_of_what_is_no_utf_8() {
    let command = format!(
        "{} prints-the-korean-code-page",
        hostile_program().display()
    );
    for (lang, other) in [("ko", "글자"), ("en", "the letter")] {
        let arguments = ["check", "4", "--lang", lang, "--server", &command];
        let said = xtask().args(arguments).assert().code(1);
        said.stdout(
            contains("UTF-8")
                .and(contains("chcp 65001"))
                .and(contains(other).not()),
        );
    }
}

#[test]
fn one_that_floods_stdout() {
    is_judged(
        "floods-stdout",
        "tells_who_connected",
        "differs",
        "끝없이 출력",
    );
}

#[test]
fn one_that_floods_stderr() {
    is_judged(
        "floods-stderr",
        "tells_who_connected",
        "hung",
        "끝없이 출력",
    );
}

#[test]
#[cfg(unix)]
fn one_that_closes_stdout_and_stays() {
    is_judged(
        "closes-stdout",
        "tells_who_connected",
        "hung",
        "stdout을 닫고",
    );
}

#[test]
#[cfg(unix)]
fn one_that_ignores_sigterm() {
    is_judged("ignores-sigterm", "tells_who_connected", "hung", "다음 줄");
}

#[test]
#[cfg(unix)]
fn one_that_leaves_a_child_with_its_pipes_and_its_port() {
    is_judged("forks", "tells_who_connected", "hung", "다음 줄");
}

#[test]
fn one_that_sleeps_before_bind() {
    is_judged(
        "sleeps-before-bind",
        "tells_who_connected",
        "hung",
        "다음 줄",
    );
}

#[test]
fn one_that_sleeps_before_accept() {
    is_judged(
        "sleeps-before-accept",
        "tells_who_connected",
        "hung",
        "다음 줄",
    );
}

#[test]
fn one_that_sleeps_after_accept() {
    is_judged(
        "sleeps-after-accept",
        "greets_on_the_new_socket",
        "hung",
        "여기서 올 것이 오지 않았습니다",
    );
}

#[test]
fn one_that_sleeps_after_the_greeting() {
    let scenario = "greets_two_clients_one_after_another";
    is_judged("sleeps-after-the-greeting", scenario, "hung", "다음 줄");
}

#[test]
fn one_that_panics_in_a_thread() {
    let scenario = "greets_on_the_new_socket";
    is_judged(
        "panics-in-a-thread",
        scenario,
        "crashed",
        "no greeting today",
    );
}

#[test]
fn one_that_exits_in_the_middle() {
    let scenario = "greets_on_the_new_socket";
    is_judged("exits-in-the-middle", scenario, "differs", "끝났습니다");
}

#[test]
#[cfg(target_os = "linux")]
fn one_that_listens_on_every_address() {
    let mode = "listens-on-every-address";
    is_judged(mode, "tells_who_connected", "differs", "0.0.0.0");
}

#[test]
#[cfg(target_os = "linux")]
fn one_that_tells_where_another_listens_and_nobody_connects_there() {
    let another = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    another.set_nonblocking(true).unwrap();
    let port = another.local_addr().unwrap().port();
    let mode = format!("tells-the-port-of-another={port}");
    is_judged(&mode, "tells_who_connected", "differs", "다른 프로그램이");
    let came = another.accept().map(|_| ());
    assert_eq!(came.unwrap_err().kind(), std::io::ErrorKind::WouldBlock);
}

/// Named by the line that called, and not by a file that the program does not have.
#[test]
fn one_that_panics_in_the_standard_library() {
    let mode = "panics-in-std";
    let line = "/program.rs:";
    is_judged(
        mode,
        "tells_who_connected",
        "crashed",
        "library/std/src/time.rs",
    );
    is_judged(mode, "tells_who_connected", "crashed", line);
}

#[test]
#[cfg(unix)]
fn one_that_writes_a_large_file() {
    let scenario = "tells_who_connected";
    is_judged("writes-a-large-file", scenario, "crashed", "SIGXFSZ");
}

#[test]
#[cfg(target_os = "linux")]
fn one_that_eats_memory() {
    is_judged("eats-memory", "tells_who_connected", "crashed", "메모리");
}

#[test]
fn the_terminal_is_not_flooded() {
    let command = format!("{} floods-stdout", hostile_program().display());
    let assert = xtask()
        .args(["check", "lesson-04", "--server", &command])
        .assert()
        .code(1);
    let short = predicate::function(|text: &str| text.len() < NO_FLOOD);
    assert.stdout(short.and(predicate::str::contains("\u{1b}").not()));
}

#[test]
fn the_terminal_is_not_told_to_clear_itself() {
    let command = format!("{} prints-rubbish-first", hostile_program().display());
    let assert = xtask()
        .args(["check", "lesson-04", "--server", &command])
        .assert()
        .code(1);
    assert.stdout(
        predicate::str::contains("\u{1b}")
            .not()
            .and(predicate::str::contains("rubbish")),
    );
}

/// Ctrl-C at the terminal reaches the whole foreground process group: the tool and
/// the scenarios, and not the program, which stands in a group of its own.
#[test]
#[cfg(target_os = "linux")]
fn ctrl_c_takes_the_program_along() {
    use std::os::unix::process::CommandExt;
    let mark = format!("hostile-ctrl-c-{}", std::process::id());
    let command = format!(
        "{} sleeps-before-accept {mark}",
        hostile_program().display()
    );
    let mut check = std::process::Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["check", "lesson-04", "--server", &command])
        .current_dir(root())
        .stdout(std::process::Stdio::null())
        .process_group(0)
        .spawn()
        .unwrap();
    // The tool names the program in its own command line.
    wait_until(|| processes_of(&mark) > 1);
    let group = format!("-{}", check.id());
    let killed = std::process::Command::new("kill")
        .args(["-INT", "--", &group])
        .status();
    assert!(killed.unwrap().success());
    check.wait().unwrap();
    wait_until(|| processes_of(&mark) == 0);
}

fn wait_until(holds: impl Fn() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < IN_TIME, "waited in vain");
        std::thread::sleep(Duration::from_millis(1));
    }
}
