//! Every key does what the last line of the screen says.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![cfg(target_os = "linux")]

mod support;

use rustix::process::{Pid, Signal, kill_process};
use std::fs;
use std::os::unix::fs::symlink;
use support::terminal::Terminal;
use support::{LESSONS, Lessons, WHOLE, stand_in};

#[test]
fn hints_and_the_list_are_shown_below_the_report() {
    let lessons = Lessons::with("old");
    let mut terminal = lessons.watched();
    terminal.types("h");
    terminal.shows(&["report: lesson-01", "answer: hint lesson-01-two --lang en"]);
    terminal.types("l");
    terminal.shows(&["answer: list --lang en"]);
}

#[test]
fn a_hint_that_is_asked_for_during_a_check_comes_after_it() {
    let lessons = Lessons::with("slow");
    let mut terminal = Terminal::of(lessons.watch());
    terminal.shows(&["report: lesson-01-two: slow"]);
    terminal.types("h");
    fs::write(lessons.file(LESSONS[1]), "old").unwrap();
    let screen = terminal.shows(&["report: lesson-01-two: old", "answer: hint"]);
    assert!(screen.find("report:") < screen.find("answer:"), "{screen}");
}

#[test]
fn lessons_are_gone_through_in_both_directions() {
    let lessons = Lessons::with("right");
    let mut terminal = lessons.watched();
    terminal.shows(&["Passed. Press n to go on to lesson-02-three."]);
    terminal.types("n");
    let screen = terminal.shows(&["report: lesson-02-three", "check 2", WHOLE]);
    assert!(
        !screen.contains("Passed."),
        "there is no next one: {screen}"
    );
    terminal.types("n");
    terminal.shows(&["This is the last lesson"]);
    terminal.types("bb");
    terminal.shows(&["report: lesson-00-one", WHOLE]);
    terminal.types("b");
    terminal.shows(&["This is the first lesson"]);
    fs::write(lessons.file(LESSONS[0]), "wrong").unwrap();
    let screen = terminal.shows(&["report: lesson-00-one: wrong", WHOLE]);
    assert!(!screen.contains("Passed."), "{screen}");
}

#[test]
fn a_lesson_is_checked_again_on_request() {
    let lessons = Lessons::with("old");
    let mut terminal = lessons.watched();
    terminal.types("r");
    terminal.shows(&["check 2", "report:", WHOLE]);
    // The same key with Hangul.
    terminal.types("ㄱ");
    terminal.shows(&["check 3", "report:", WHOLE]);
}

#[test]
fn it_speaks_korean_as_well() {
    let lessons = Lessons::with("right");
    let mut command = lessons.watch();
    command.args(["--lang", "ko"]);
    let mut terminal = Terminal::of(command);
    terminal.shows(&[
        "lesson-01-two · 저장할 때마다 검사합니다 · 1번째 검사",
        "통과했습니다. n을 누르면 lesson-02-three(으)로 넘어갑니다.",
        "h 힌트   l 목록   r 다시 검사   e 편집기   n 다음 레슨   b 이전 레슨   q 끝내기",
    ]);
    terminal.types("e");
    terminal.shows(&["어느 편집기로 열지 모릅니다."]);
    assert_eq!(lessons.called(), ["check lesson-01-two --lang ko"]);
}

#[test]
fn an_editor_without_a_window_has_the_terminal_until_it_ends() {
    let lessons = Lessons::with("old");
    let mut command = lessons.watch();
    command.args(["--edit", stand_in(), "--edit", "edit"]);
    let mut terminal = Terminal::of(command);
    terminal.shows(&["report: lesson-01-two: old", WHOLE]);
    assert!(!terminal.is_as_a_shell_has_it());
    terminal.types("e");
    terminal.shows(&["editing"]);
    assert!(terminal.is_as_a_shell_has_it());
    // For whoever watches it would be the end.
    terminal.types("q\nright\n");
    terminal.shows(&["report: lesson-01-two: right", WHOLE]);
    assert!(!terminal.is_as_a_shell_has_it());
    let file = lessons.file(LESSONS[1]);
    let (main, tail) = (file.display(), file.with_file_name("tail.rs"));
    let opened = format!("edit {main} {}", tail.display());
    terminal.types("q");
    terminal.ends();
    // What the editor saved is checked once.
    let check = "check lesson-01-two --lang en";
    assert_eq!(lessons.called(), [check, &opened, check]);
}

#[test]
fn ctrl_c_in_an_editor_ends_the_editor_alone() {
    let lessons = Lessons::with("old");
    let mut command = lessons.watch();
    command.args(["--edit", stand_in(), "--edit", "edit"]);
    let mut terminal = Terminal::of(command);
    terminal.shows(&["report: lesson-01-two: old", WHOLE]);
    terminal.types("e");
    terminal.shows(&["editing"]);
    terminal.types("\u{3}");
    terminal.shows(&["check 2", "report: lesson-01-two: old", WHOLE]);
}

#[test]
fn what_a_shell_has_done_to_the_terminal_is_undone() {
    let lessons = Lessons::with("old");
    let mut terminal = lessons.watched();
    terminal.is_set_as_a_shell_has_it();
    let id = Pid::from_raw(terminal.id().cast_signed()).unwrap();
    // As after `fg`.
    kill_process(id, Signal::CONT).unwrap();
    terminal.shows(&["q quit\n\nh hint"]);
    assert!(!terminal.is_as_a_shell_has_it());
    terminal.types("q");
    assert_eq!(terminal.ends().code(), Some(0));
}

#[test]
fn vs_code_is_opened_inside_its_own_terminal() {
    let lessons = Lessons::with("old");
    symlink(stand_in(), lessons.root().join("code")).unwrap();
    let mut command = lessons.watch();
    command
        .env("TERM_PROGRAM", "vscode")
        .env("PATH", lessons.root());
    let mut terminal = Terminal::of(command);
    terminal.shows(&["report: lesson-01-two: old", WHOLE]);
    terminal.types("e");
    terminal.shows(&["Opened in your editor: code"]);
    terminal.types("r");
    terminal.shows(&["check 2", WHOLE]);
}

#[test]
fn an_editor_that_is_not_there_is_said() {
    let lessons = Lessons::with("old");
    let mut command = lessons.watch();
    command.args(["--edit", "there-is-no-such-editor"]);
    let mut terminal = Terminal::of(command);
    terminal.shows(&["report: lesson-01-two: old", WHOLE]);
    terminal.types("e");
    terminal.shows(&["'there-is-no-such-editor' could not be started"]);
    terminal.types("r");
    terminal.shows(&["check 2", WHOLE]);
}
