//! What a learner sees, whole, in both languages, at the width of a small terminal and of
//! a wide one: eight wrong programs of other hands, held against snapshots.
#![cfg(target_os = "linux")]

use crate::support::{SharedCopy, root};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// A lesson, the program in it, and the wrong one in its place: a fault in one step, in two,
/// in given code; steps that are not written yet; a hang, a crash, a kept mistake.
const PROGRAMS: [(&str, &str, &str); 8] = [
    (
        "lesson-01-socket",
        "main",
        "udp-bound-and-type-is-the-protocol",
    ),
    ("lesson-02-bind", "main", "bind-listens-as-well"),
    ("lesson-03-listen", "main", "says-goodbye-to-those-who-wait"),
    ("lesson-04-accept", "main", "queue-of-one"),
    ("lesson-05-connect", "main", "expects-not-found-for-a-host"),
    ("lesson-06-recv", "main", "loses-what-came-before-an-error"),
    (
        "lesson-09-one-shot",
        "server",
        "server--drains-into-a-string",
    ),
    (
        "lesson-11-echo",
        "client",
        "client--reads-as-many-bytes-as-it-sent",
    ),
];

#[test]
fn whole_reports_are_as_they_were_read() {
    let copy = SharedCopy::fresh();
    for (lesson, role, name) in PROGRAMS {
        put(&copy, lesson, role, name);
    }
    for lang in ["ko", "en"] {
        for columns in [80, 180] {
            let Some(said) = on_a_terminal(&copy, lang, columns) else {
                return;
            };
            for (report, (lesson, _, name)) in reports(&said).iter().zip(PROGRAMS) {
                let snapshot = format!("{lesson}.{lang}.{columns}");
                insta::with_settings!({description => name, omit_expression => true}, {
                    insta::assert_snapshot!(snapshot, steady(report));
                });
            }
        }
    }
}

/// A busy machine is waited for a little longer than four seconds.
fn steady(report: &str) -> String {
    let longer = (41..100).map(|tenths| format!("{}.{} s", tenths / 10, tenths % 10));
    longer.fold(report.to_owned(), |report, time| {
        report.replace(&time, "4.0 s")
    })
}

/// The wrong program, and the solution's beside it where the lesson has two.
fn put(copy: &Path, lesson: &str, role: &str, name: &str) {
    let solution = root().join("solutions").join(lesson);
    let src = copy.join("lessons").join(lesson).join("src");
    for program in fs::read_dir(&src).unwrap().flatten() {
        let same = solution.join("src").join(program.file_name());
        fs::copy(same, program.path()).unwrap();
    }
    let wrong = solution
        .join("others/wrong")
        .join(name)
        .with_extension("rs");
    fs::copy(wrong, src.join(role).with_extension("rs")).unwrap();
}

/// What the check of these lessons says on a terminal this wide; `None` where there is no
/// `script` of util-linux to make one.
fn on_a_terminal(copy: &Path, lang: &str, columns: u16) -> Option<String> {
    let numbers = PROGRAMS.map(|(lesson, ..)| &lesson["lesson-".len()..][..2]);
    let xtask = env!("CARGO_BIN_EXE_xtask");
    let check = format!("'{xtask}' check {} --lang {lang}", numbers.join(","));
    let made = Command::new("script")
        .arg("-qec")
        .arg(format!("stty rows 40 cols {columns}; {check} 2>/dev/null"))
        .arg("/dev/null")
        .current_dir(copy)
        .stdin(Stdio::null())
        .env("NO_COLOR", "1")
        .env("XTASK_LANG", "auto")
        .output();
    let Ok(output) = made else {
        assert_ne!(std::env::var("REQUIRE_ALL").as_deref(), Ok("1"));
        eprintln!("skipped: there is no script(1) here");
        return None;
    };
    Some(String::from_utf8(output.stdout).unwrap().replace('\r', ""))
}

/// One a lesson.
fn reports(said: &str) -> Vec<String> {
    let mut reports: Vec<String> = Vec::new();
    for line in said.lines() {
        if line.starts_with("lesson-") && line.contains(" · ") {
            reports.push(String::new());
        }
        if let Some(report) = reports.last_mut() {
            report.push_str(&ports_hidden(&settled(line)));
            report.push('\n');
        }
    }
    reports
}

/// A scenario's heading without the time after which it ended, and what it takes to set
/// that to the right.
fn settled(line: &str) -> String {
    let (true, Some((title, ended))) = (line.starts_with(" │    "), line.rsplit_once("  "))
    else {
        return line.to_owned();
    };
    let verdict = match (ended.split_once(" 뒤 "), ended.split_once(" after ")) {
        (Some((_, verdict)), _) | (_, Some((verdict, _))) => verdict,
        _ => return line.to_owned(),
    };
    format!("{}  {verdict}", title.trim_end())
}

/// The number of a port of the program's own is another one in every run.
fn ports_hidden(line: &str) -> String {
    let mut parts = line.split("127.0.0.1:");
    let mut hidden = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let behind = part.trim_start_matches(|c: char| c.is_ascii_digit());
        let fixed = ["0", "12345", ""].contains(&&part[..part.len() - behind.len()]);
        let part = if fixed { part } else { &format!("…{behind}") };
        hidden = format!("{hidden}127.0.0.1:{part}");
    }
    hidden
}
