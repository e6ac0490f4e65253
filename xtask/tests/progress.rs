//! What is remembered of checks: it survives whatever becomes of its file, and two calls of
//! the tool at once.

use crate::support::small::{ACCEPT, ONE_SHOT, Small};
use predicates::prelude::*;
use predicates::str::contains;

const FILE: &str = ".progress/progress.toml";

#[test]
fn a_file_that_is_broken_is_put_aside_and_said() {
    let small = Small::fresh();
    for (broken, aside) in [
        ("{ half", "broken"),
        ("version = 1\nlessons = 3\n", "broken-2"),
    ] {
        small.write(FILE, broken);
        let said = contains(format!("progress.toml.{aside}"));
        small.run(&["hint", "04", "1"], 0).stderr(said);
        assert_eq!(small.read(&format!("{FILE}.{aside}")), broken);
        assert!(small.read(FILE).contains(ACCEPT));
    }
    small.run(&["hint", "04", "1"], 0).stderr("");
}

#[test]
fn a_newer_tool_s_file_is_put_aside_and_said() {
    let small = Small::fresh();
    let newer = "version = 2\nlessons = [\"lesson-04-accept\"]\n";
    small.write(FILE, newer);
    let english = small.run(&["list", "--lang", "en"], 0);
    english.stderr(contains("newer tool").and(contains(".progress/progress.toml.newer")));
    assert_eq!(small.read(&format!("{FILE}.newer")), newer);
    assert!(!small.path(FILE).exists());
}

#[test]
fn a_step_s_reset_forgets_that_step_alone() {
    let small = Small::fresh();
    small.has_passed(ACCEPT, &[1, 2, 3, 4]);
    small.run(&["hint", "09", "1"], 0);
    small.run(&["reset", "04", "2"], 0);
    let known = small.read(FILE);
    assert!(known.contains("passed = [1, 3, 4]"), "{known}");
    assert!(known.contains(ONE_SHOT), "{known}");
    small.run(&["reset", "04"], 0);
    assert!(small.read(FILE).contains("passed = []"));
}

/// Eight at once, each of which has something of its own to remember.
#[test]
fn what_several_calls_remember_at_once_is_all_there() {
    let small = Small::fresh();
    std::thread::scope(|scope| {
        for lesson in ["04", "09"] {
            for step in ["1", "2", "3", "4"] {
                let small = &small;
                scope.spawn(move || small.run(&["hint", lesson, step], 0));
            }
        }
    });
    let known: toml::Table = small.read(FILE).parse().unwrap();
    for lesson in [ACCEPT, ONE_SHOT] {
        let hints = known["lessons"][lesson]["hints"].as_table().unwrap();
        let steps: Vec<_> = hints.keys().map(String::as_str).collect();
        assert_eq!(steps, ["1", "2", "3", "4"], "{known}");
    }
    let left: Vec<_> = std::fs::read_dir(small.path(".progress"))
        .unwrap()
        .collect();
    assert_eq!(left.len(), 2, "the file and its lock: {left:?}");
}
