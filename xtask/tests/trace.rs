//! A run, call by call: the learner's beside the solution's, with the place at which they part.
#![cfg(all(target_os = "linux", target_arch = "x86_64"))]

use crate::support::{compiled, xtask};
use predicates::prelude::*;
use predicates::str::contains;
use recording::{Event, Returned, Run};
use std::fs;
use std::path::Path;

/// In a folder of the lesson's name, by which its lines are known as the learner's.
const PROGRAM: &str = "hangs/lesson-04-accept/program.rs";

fn line_of(text: &str) -> usize {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let source = fs::read_to_string(tests.join(PROGRAM)).unwrap();
    1 + source.lines().position(|line| line.contains(text)).unwrap()
}

fn run_of(words: &[&str]) -> Run {
    let assert = xtask().arg("trace").args(words).arg("--json").assert();
    let stdout = assert.code(0).get_output().stdout.clone();
    Run::of_lines(&String::from_utf8(stdout).unwrap()).unwrap()
}

/// A server that waits for a word before it greets parts from the solution in that wait.
#[test]
fn a_run_parts_where_the_mistake_is() {
    let command = format!("{} recv", compiled(PROGRAM).display());
    let trace = [
        "trace",
        "04",
        "greets_on_the_new_socket",
        "--server",
        &command,
    ];
    let place = format!("▸lesson-04-accept/program.rs:{}", line_of("\"recv\" =>"));
    let english = contains(&place)
        .and(contains("recv(4, 16, 0) …"))
        .and(contains("client-a waited, and nothing came."))
        .and(contains(
            "At ▸ it parts from the solution, which does there:",
        ))
        .and(contains("send(4, \"반갑습니다\", 15, 0) = 15"));
    xtask()
        .args(trace)
        .args(["--lang", "en"])
        .assert()
        .code(0)
        .stdout(english);
    let korean = contains(&place).and(contains("▸에서 풀이와 갈라집니다."));
    xtask()
        .args(trace)
        .args(["--lang", "ko"])
        .assert()
        .code(0)
        .stdout(korean);
}

/// Neither the program that its check has killed, nor what recorded it: alive, stopped, or as
/// a zombie.
#[test]
fn nothing_is_left_of_a_program_that_hangs() {
    let name = format!("left-{}", std::process::id());
    let program = compiled(PROGRAM).with_file_name(&name);
    let _ = fs::remove_file(&program);
    // A file that was just written cannot be run while another test begins a program.
    fs::hard_link(compiled(PROGRAM), &program).unwrap();
    let command = format!("{} recv", program.display());
    let words = ["04", "greets_on_the_new_socket", "--server", &command];
    let run = run_of(&words);
    fs::remove_file(&program).unwrap();
    let ends = run.events.iter().filter_map(Event::outcome);
    let never = ends.filter(|(_, outcome)| outcome.returned == Returned::Never);
    assert_eq!(never.count(), 1, "it is killed in one call: {run:#?}");
    let processes = fs::read_dir("/proc").unwrap().flatten();
    let left = processes.filter(|process| {
        let read = |file| fs::read(process.path().join(file)).unwrap_or_default();
        let both = [read("stat"), read("cmdline")].concat();
        String::from_utf8_lossy(&both).contains(&name)
    });
    let left: Vec<_> = left.map(|process| process.path()).collect();
    assert!(left.is_empty(), "{left:?}");
}

/// Who is first is settled, whatever the machine does: a run is the same every time.
#[test]
fn a_run_is_the_same_every_time() {
    let scenarios = [
        ("02", "binds_this_host_only"),
        ("04", "greets_two_clients_one_after_another"),
        ("06", "counts_every_byte_until_the_end"),
        ("11", "sends_each_line_back"),
        ("14", "answers_each_of_two_senders"),
    ];
    for (lesson, scenario) in scenarios {
        let run = || run_of(&[lesson, scenario, "--solution"]);
        let first = run();
        assert!(first.events.len() > 5, "{lesson} {scenario}");
        for _again in 0..2 {
            assert_eq!(run(), first, "{lesson} {scenario}");
        }
    }
}

/// What a peer does stands before what the program has of it.
#[test]
fn causes_come_first() {
    let run = run_of(&["04", "greets_two_clients_one_after_another", "--solution"]);
    let place = |what: &dyn Fn(&Event) -> bool| run.events.iter().position(what).unwrap();
    for client in ["client-a", "client-b"] {
        let connects = place(
            &|event| matches!(event, Event::Peer { line, .. } if line.starts_with(client) && line.contains("connect")),
        );
        let accepted = place(&|event| {
            let wrote = event.outcome().map(|(_, outcome)| &outcome.wrote);
            wrote.is_some_and(|wrote| wrote.iter().any(|it| it.value.contains(client)))
        });
        assert!(connects < accepted, "{client}");
    }
}

#[test]
fn what_cannot_be_traced_is_said_in_one_sentence() {
    for (words, said) in [
        (&["04", "greets_twice"][..], "greets_t"),
        (&["04", "9"], "9"),
        (&["99"], "99"),
        (&["04", "2", "--server", "'"], "'''"),
        (&["04", "2", "3"], "'3'"),
    ] {
        for lang in ["ko", "en"] {
            let assert = xtask()
                .arg("trace")
                .args(words)
                .args(["--lang", lang])
                .assert();
            let stderr = assert.code(2).stdout("").get_output().stderr.clone();
            let stderr = String::from_utf8(stderr).unwrap();
            assert_eq!(stderr.lines().count(), 1, "{stderr}");
            assert!(stderr.contains(said), "{stderr}");
        }
    }
}

/// What only asks is counted, and shown where all is asked for.
#[test]
fn every_call_is_shown_where_that_is_asked_for() {
    let trace = [
        "trace",
        "02",
        "binds_this_host_only",
        "--solution",
        "--lang",
        "en",
    ];
    let short = contains("something up").and(contains("getsockname").not());
    xtask().args(trace).assert().code(0).stdout(short);
    let all = contains("getsockname(3) = 0, 127.0.0.1:<server>");
    xtask()
        .args(trace)
        .arg("--all")
        .assert()
        .code(0)
        .stdout(all);
}

/// Both runs on a page that needs nothing else; a file that is no such page is left as it is.
#[test]
fn both_runs_are_a_page_by_themselves() {
    let folder = tempfile::tempdir().unwrap();
    let (page, notes) = (
        folder.path().join("run.html"),
        folder.path().join("notes.txt"),
    );
    fs::write(&notes, "mine").unwrap();
    let command = format!("{} recv", compiled(PROGRAM).display());
    let trace = |file: &Path| {
        let mut trace = xtask();
        trace.args(["trace", "04", "greets_on_the_new_socket", "--lang", "en"]);
        trace.args(["--server", &command, "--html"]).arg(file);
        trace.assert()
    };
    let written = format!("written: {}\n", page.display());
    for _again in 0..2 {
        trace(&page).code(0).stdout(written.clone());
    }
    let text = fs::read_to_string(&page).unwrap();
    assert_eq!(text.matches("<section class=\"run\"").count(), 2);
    assert_eq!(text.matches("data-parts=").count(), 2);
    let names = [
        "greets_on_the_new_socket/mine",
        "greets_on_the_new_socket/solution",
    ];
    assert!(names.iter().all(|name| text.contains(name)));
    let elsewhere = ["http://", "https://", "src=", "@import"];
    assert!(
        elsewhere.iter().all(|it| !text.contains(it)),
        "it leads to elsewhere"
    );
    let refused = trace(&notes).code(2).stdout("").get_output().stderr.clone();
    assert!(
        String::from_utf8(refused)
            .unwrap()
            .contains("is not written over")
    );
    assert_eq!(fs::read_to_string(&notes).unwrap(), "mine");
    let nowhere = folder.path().join("no/such/folder.html");
    let refused = trace(&nowhere)
        .code(3)
        .stdout("")
        .get_output()
        .stderr
        .clone();
    assert!(
        String::from_utf8(refused)
            .unwrap()
            .contains("cannot be written")
    );
}
