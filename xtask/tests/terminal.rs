//! What reaches the terminal of somebody whose program, compiler or disk does its worst:
//! nothing that a terminal would obey, not too much, and no panic of the tool.
#![cfg(unix)]

use crate::support::{hostile_program, root};
use std::fs::File;
use std::process::{Command, Output, Stdio};

fn command_line(mode: &str) -> String {
    let program = hostile_program();
    let xtask = env!("CARGO_BIN_EXE_xtask");
    format!(
        "'{xtask}' check lesson-04 --lang en --server '{} {mode}'",
        program.display()
    )
}

/// What is written to a terminal of its own; `None` where there is no `script` of
/// util-linux to make one.
fn on_a_terminal(command_line: &str) -> Option<String> {
    let made = Command::new("script")
        .args(["-qec", command_line, "/dev/null"])
        .current_dir(root())
        .stdin(Stdio::null())
        .env("TERM", "xterm")
        .output();
    let Ok(Output { stdout, .. }) = made else {
        assert_ne!(std::env::var("REQUIRE_ALL").as_deref(), Ok("1"));
        eprintln!("skipped: there is no script(1) here");
        return None;
    };
    Some(String::from_utf8(stdout).unwrap())
}

/// The tool's own colours, taken out.
fn without_colours(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|c: char| !c.is_ascii_digit() && c != ';');
        match end.map(|end| part.split_at(end)) {
            Some((_, rest)) if rest.starts_with('m') => out.push_str(&rest[1..]),
            _ => out = format!("{out}\u{1b}[{part}"),
        }
    }
    out
}

/// The check of the hostile program in `mode` says `words`, and nothing to the terminal.
fn is_harmless(mode: &str, words: &str) {
    let Some(said) = on_a_terminal(&command_line(mode)) else {
        return;
    };
    assert!(said.contains("\u{1b}["), "no terminal: {said}");
    let said = without_colours(&said);
    let bad = |c: char| {
        let turns = matches!(
            c,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        );
        turns || c.is_control() && c != '\n'
    };
    let said = said.replace("\r\n", "\n");
    let found: Vec<_> = said.lines().filter(|line| line.contains(bad)).collect();
    assert!(found.is_empty(), "{found:?}");
    assert!(said.contains(words), "{said}");
}

#[test]
fn a_panic_s_message_does_not_speak_to_the_terminal() {
    is_harmless("panics-in-colours", "\\u{1b}[2J\\u{1b}]0;pwned");
}

#[test]
fn a_panic_s_place_does_not_speak_to_the_terminal() {
    is_harmless("panics-in-a-coloured-place", "\\u{1b}[2J");
}

#[test]
fn a_thread_s_name_does_not_speak_to_the_terminal() {
    is_harmless("sleeps-in-a-coloured-thread", "\\u{1b}[2Jx");
}

#[test]
fn a_printed_line_does_not_speak_to_the_terminal() {
    is_harmless("prints-rubbish-first", "rubbish");
}

/// The check of a program that is wrong, written to `stdout`.
fn written_to(stdout: Stdio, more: &[&str]) -> Output {
    let program = format!("{} exits-at-once", hostile_program().display());
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["check", "lesson-04", "--lang", "en", "--server", &program])
        .args(more)
        .current_dir(root())
        .stdout(stdout)
        .output()
        .unwrap()
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_said_and_no_panic() {
    for more in [&[][..], &["--json"]] {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let output = written_to(full.into(), more);
        assert_eq!(output.status.code(), Some(3));
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(
            said.contains("could not be written") && said.lines().count() == 1,
            "{said}"
        );
    }
}

/// A command that says a lot or little, with nobody on the other end of either pipe.
#[test]
fn every_command_ends_quietly_where_nobody_reads() {
    for arguments in [
        &["list"][..],
        &["spec", "04"],
        &["doctor"],
        &["completions", "fish"],
        &["help"],
        &["--help"],
        &["check", "--help"],
        &["chek"],
        &["hint", "99"],
    ] {
        let closed = || {
            let (_, writer) = std::io::pipe().unwrap();
            writer
        };
        let status = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(arguments)
            .current_dir(root())
            .stdout(closed())
            .stderr(closed())
            .status()
            .unwrap();
        let wanted = if arguments.iter().any(|word| ["chek", "99"].contains(word)) {
            2
        } else {
            0
        };
        assert_eq!(status.code(), Some(wanted), "{arguments:?}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_device_is_no_reason_to_panic() {
    for arguments in [
        &["list"][..],
        &["doctor"],
        &["completions", "bash"],
        &["help"],
    ] {
        let full = || File::options().write(true).open("/dev/full").unwrap();
        let status = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(arguments)
            .current_dir(root())
            .stdout(full())
            .stderr(full())
            .status()
            .unwrap();
        // Help that cannot be printed has nobody to read it.
        let wanted = if arguments == ["help"] { 0 } else { 3 };
        assert_eq!(status.code(), Some(wanted), "{arguments:?}");
    }
}

#[test]
fn a_reader_who_has_left_is_no_trouble() {
    for more in [&[][..], &["--json"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = written_to(writer.into(), more);
        assert_eq!(output.status.code(), Some(1), "the verdict stands");
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    }
}
