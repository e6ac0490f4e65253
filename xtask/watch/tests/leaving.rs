//! However it is left, nothing is left behind, and the terminal is as it was found.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![cfg(target_os = "linux")]

mod support;

use rustix::process::{Pid, Signal, kill_process};
use std::process::{Command, Stdio};
use support::terminal::Terminal;
use support::{Lessons, stand_in};

/// What a shell says of a program that a signal has ended.
const ENDED: i32 = 130;

/// In the middle of a check, and after it.
fn is_left_by(leave: impl Fn(&mut Terminal), status: i32) {
    for program in ["slow", "old"] {
        let lessons = Lessons::with(program);
        let mut terminal = Terminal::of(lessons.watch());
        terminal.shows(&[&format!("report: lesson-01-two: {program}")]);
        leave(&mut terminal);
        assert_eq!(terminal.ends().code(), Some(status));
        assert_eq!(lessons.processes(), [""; 0], "left by {program}");
    }
}

fn is_left_by_typing(keys: &str) {
    let leave = |terminal: &mut Terminal| {
        assert!(!terminal.is_as_a_shell_has_it());
        terminal.types(keys);
        terminal.ends();
        assert!(terminal.is_as_a_shell_has_it());
    };
    is_left_by(leave, 0);
}

#[test]
fn by_a_key() {
    is_left_by_typing("q");
}

#[test]
fn by_the_same_key_with_hangul() {
    is_left_by_typing("ㅂ");
}

#[test]
fn by_ctrl_c() {
    is_left_by_typing("\u{3}");
}

#[test]
fn by_ctrl_d() {
    is_left_by_typing("\u{4}");
}

#[test]
fn by_closing_the_terminal() {
    is_left_by(Terminal::closes, ENDED);
}

#[test]
fn by_a_signal() {
    let leave = |terminal: &mut Terminal| {
        let id = Pid::from_raw(terminal.id().cast_signed()).unwrap();
        kill_process(id, Signal::TERM).unwrap();
    };
    is_left_by(leave, ENDED);
}

/// The check that runs is told by the kernel.
#[test]
fn by_being_killed() {
    let lessons = Lessons::with("slow");
    let mut terminal = Terminal::of(lessons.watch());
    terminal.shows(&["report: lesson-01-two: slow"]);
    let id = Pid::from_raw(terminal.id().cast_signed()).unwrap();
    kill_process(id, Signal::KILL).unwrap();
    terminal.ends();
    support::left::are_gone(lessons.root());
}

#[test]
fn by_closing_the_terminal_that_an_editor_has() {
    let lessons = Lessons::with("old");
    let mut command = lessons.watch();
    command.args(["--edit", stand_in(), "--edit", "edit"]);
    let mut terminal = Terminal::of(command);
    terminal.shows(&["report: lesson-01-two: old", "q quit"]);
    terminal.types("e");
    terminal.shows(&["editing"]);
    terminal.closes();
    assert_eq!(terminal.ends().code(), Some(ENDED));
    assert_eq!(lessons.processes(), [""; 0]);
}

#[test]
fn it_does_not_begin_without_a_terminal_or_an_order() {
    let lessons = Lessons::with("old");
    let output = lessons.watch().stdin(Stdio::null()).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.starts_with("the terminal cannot be used"), "{said}");
    assert_eq!(said.lines().count(), 1);

    let alone = Command::new(env!("CARGO_BIN_EXE_watch")).output().unwrap();
    assert_eq!(alone.status.code(), Some(2));
    let said = String::from_utf8(alone.stderr).unwrap();
    assert!(said.contains("cargo xtask watch"), "{said}");
    assert_eq!(lessons.called(), [""; 0]);
}
