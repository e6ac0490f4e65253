//! Every save is checked, however an editor saves; of two at once the last one counts.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![cfg(target_os = "linux")]

mod support;

use std::fs;
use support::terminal::Terminal;
use support::{LESSONS, Lessons, WHOLE};

/// The ways in which editors save `text` in the second lesson.
const WAYS: [fn(&Lessons, &str); 3] = [writes, renames_over, keeps_a_copy];

/// VS Code's.
fn writes(lessons: &Lessons, text: &str) {
    fs::write(lessons.file(LESSONS[1]), text).unwrap();
}

/// JetBrains' editors'.
fn renames_over(lessons: &Lessons, text: &str) {
    let file = lessons.file(LESSONS[1]);
    let temporary = file.with_file_name("main.rs___jb_tmp___");
    fs::write(&temporary, text).unwrap();
    fs::rename(temporary, file).unwrap();
}

/// vim's: whether it may write is tried, and what was there is a copy until all is written.
fn keeps_a_copy(lessons: &Lessons, text: &str) {
    let file = lessons.file(LESSONS[1]);
    let (tried, copy) = (file.with_file_name("4913"), file.with_file_name("main.rs~"));
    fs::write(&tried, "").unwrap();
    fs::remove_file(tried).unwrap();
    fs::rename(&file, &copy).unwrap();
    fs::write(&file, text).unwrap();
    fs::remove_file(copy).unwrap();
}

/// The report of `text` is whole, and alone on the screen.
fn is_reported(terminal: &Terminal, text: &str) {
    let report = format!("report: lesson-01-two: {text}");
    let screen = terminal.shows(&[&report, WHOLE]);
    assert_eq!(screen.matches("report:").count(), 1, "{screen}");
}

fn every_way_is_seen(lessons: &Lessons, terminal: &Terminal) {
    for (number, way) in WAYS.iter().enumerate() {
        let text = format!("text {number}");
        way(lessons, &text);
        is_reported(terminal, &text);
    }
}

#[test]
fn a_save_is_checked_whichever_way_it_is_done() {
    let lessons = Lessons::with("old");
    let terminal = lessons.watched();
    every_way_is_seen(&lessons, &terminal);
}

#[test]
fn files_are_looked_at_where_nothing_is_told() {
    let lessons = Lessons::with("old");
    let mut command = lessons.watch();
    command.arg("--poll");
    let terminal = Terminal::of(command);
    is_reported(&terminal, "old");
    every_way_is_seen(&lessons, &terminal);
}

#[test]
fn of_two_saves_at_once_the_last_one_is_reported() {
    let lessons = Lessons::with("old");
    let terminal = lessons.watched();
    for way in WAYS {
        way(&lessons, "first");
        way(&lessons, "last");
        is_reported(&terminal, "last");
    }
}

#[test]
fn a_save_during_a_check_begins_a_new_one() {
    let lessons = Lessons::with("slow");
    let terminal = Terminal::of(lessons.watch());
    terminal.shows(&["report: lesson-01-two: slow"]);
    assert_eq!(lessons.processes().len(), 2);
    writes(&lessons, "right");
    is_reported(&terminal, "right");
    // The one that watches; the slow check is gone.
    assert_eq!(lessons.processes().len(), 1, "{:?}", lessons.processes());
}

#[test]
fn what_an_editor_keeps_beside_the_program_is_not_checked() {
    let lessons = Lessons::with("old");
    let terminal = lessons.watched();
    let file = lessons.file(LESSONS[1]);
    for name in [".main.rs.swp", "main.rs~", "#main.rs#", "../notes.txt"] {
        fs::write(file.with_file_name(name), "x").unwrap();
    }
    fs::write(lessons.file(LESSONS[2]), "of another lesson").unwrap();
    // In one piece: one that is written may be seen before all is there.
    let new = lessons.root().join("new");
    fs::write(&new, "new").unwrap();
    fs::rename(new, file).unwrap();
    is_reported(&terminal, "new");
    assert_eq!(lessons.called(), ["check lesson-01-two --lang en"; 2]);
}

#[test]
fn a_folder_that_was_away_is_seen_again() {
    let lessons = Lessons::with("old");
    let terminal = lessons.watched();
    let folder = lessons.root().join("lessons").join(LESSONS[1]);
    let away = lessons.root().join("away");
    fs::rename(&folder, &away).unwrap();
    fs::write(away.join("src/main.rs"), "new").unwrap();
    fs::rename(&away, &folder).unwrap();
    is_reported(&terminal, "new");
    writes(&lessons, "newer");
    is_reported(&terminal, "newer");
}
