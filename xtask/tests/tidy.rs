//! The habits of this repository that a machine can see. Each rule says what to do about a
//! file that breaks it. What a reader alone can see (does a name explain itself?) is left
//! to readers; programs of other hands (`solutions/*/others`) are left as they are.

use crate::support::{files_in, root};
use std::fs;
use std::path::{Path, PathBuf};

/// A file has one job; what is longer has two.
const MOST_LINES: usize = 400;
/// Whoever writes a lesson's program has the whole of it in one file.
const MOST_LINES_OF_A_PROGRAM: usize = 420;

/// Names that say nothing of what is in a file.
const EMPTY_NAMES: [&str; 6] = ["utils", "util", "helpers", "manager", "misc", "common"];

/// Every Rust file of ours, by its path from the root, with its text.
fn rust_files() -> Vec<(PathBuf, String)> {
    let folders = ["xtask", "lessons", "solutions"].map(|folder| root().join(folder));
    let files = folders.iter().flat_map(|folder| files_in(folder));
    files
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .filter(|path| !path.iter().any(|part| part == "others"))
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            (path.strip_prefix(root()).unwrap().to_owned(), text)
        })
        .collect()
}

/// The files that break a rule are named, and what to do about it is said.
fn holds(files: &[(PathBuf, String)], to_do: &str, breaks: impl Fn(&Path, &str) -> bool) {
    assert!(
        files.len() > 150,
        "only {} files were looked at",
        files.len()
    );
    let broken: Vec<_> = files
        .iter()
        .filter(|(path, text)| breaks(path, text))
        .map(|(path, _)| path.display().to_string())
        .collect();
    assert!(broken.is_empty(), "{to_do}:\n  {}", broken.join("\n  "));
}

#[test]
fn a_file_is_short() {
    let to_do = "too many lines: give each of its jobs a file of its own";
    holds(&rust_files(), to_do, |path, text| {
        let is_a_lesson_s = path.starts_with("lessons") || path.starts_with("solutions");
        let most = if is_a_lesson_s && path.iter().any(|part| part == "src") {
            MOST_LINES_OF_A_PROGRAM
        } else {
            MOST_LINES
        };
        text.lines().count() > most
    });
}

/// Learner's programs begin with the lesson's name.
#[test]
fn a_file_says_what_it_is_for() {
    let to_do = "begin with a short paragraph (//!) on what the file is for";
    holds(&rust_files(), to_do, |_, text| !text.starts_with("//! "));
}

#[test]
fn a_name_says_what_is_in_a_file() {
    let to_do = "name the file by what is in it";
    holds(&rust_files(), to_do, |path, _| {
        let name = path.file_stem().unwrap().to_str().unwrap();
        EMPTY_NAMES.contains(&name)
    });
}

/// A learner's Ctrl-F finds a command by its name.
#[test]
fn a_command_is_one_file_with_one_way_in() {
    let files = rust_files();
    let commands: Vec<_> = files
        .iter()
        .filter(|(path, _)| path.starts_with("xtask/src/commands") && !path.ends_with("mod.rs"))
        .collect();
    assert!(commands.len() >= 8, "the commands are somewhere else");
    for (path, text) in commands {
        let public = text.lines().filter(|line| line.starts_with("pub "));
        let public: Vec<_> = public.map(|line| line.split('(').next().unwrap()).collect();
        assert_eq!(
            public,
            ["pub fn line", "pub fn run"],
            "{}: one `line`, one public `run`, and what others need elsewhere",
            path.display()
        );
    }
}

/// Only a starter is unfinished; a test that is left out says nothing.
#[test]
fn nothing_is_left_open() {
    let to_do = "finish it, or take it out";
    // Written so that this file is not one of them.
    let open = ["todo!", "unimplemented!"].map(|name| format!("{name}("));
    let ignored = format!("#[{}", "ignore");
    holds(&rust_files(), to_do, |path, text| {
        let starter = path.starts_with("lessons");
        let code = text.lines().filter(|line| {
            let line = line.trim_start();
            !line.starts_with("//") && !line.contains('"') && !line.contains('`')
        });
        let code: String = code.collect();
        !starter && open.iter().any(|open| code.contains(open)) || code.contains(&ignored)
    });
}

/// A wrong program of another hand may stop in the middle of its lesson, as learners' do, and
/// says at which step. The right ones and the solutions are whole.
#[test]
fn what_a_program_leaves_open_is_a_step_of_its_lesson() {
    let open = ["todo!", "unimplemented!"].map(|name| format!("{name}("));
    let step = format!("{}\"step ", open[0]);
    let solutions = root().join("solutions");
    let (mut steps, mut others) = (0, Vec::new());
    for path in files_in(&solutions) {
        if path.extension().is_none_or(|ending| ending != "rs") {
            continue;
        }
        let of_learners = path.iter().any(|part| part == "wrong" || part == "unseen");
        for line in fs::read_to_string(&path).unwrap().lines() {
            let line = line.trim_start();
            if line.starts_with("//") || !open.iter().any(|open| line.contains(open)) {
                continue;
            }
            if of_learners && line.contains(&step) {
                steps += 1;
            } else {
                others.push(format!("{}: {line}", path.display()));
            }
        }
    }
    assert!(others.is_empty(), "write it:\n  {}", others.join("\n  "));
    assert!(steps > 100, "only {steps} were seen");
}

/// The tool and the lessons build on Windows: what only Unix has stands behind a `cfg`.
#[test]
fn what_only_unix_has_stands_behind_a_cfg() {
    let to_do = "put it behind cfg(unix) or cfg(target_os), with a branch for the others";
    let unix_only = ["unix", "linux", "fd"].map(|part| format!("std::os::{part}"));
    // Of a crate that is for Linux alone, or a program that is compiled there alone.
    let elsewhere = ["linux", "tests"];
    holds(&rust_files(), to_do, |path, text| {
        let uses = unix_only.iter().any(|module| text.contains(module));
        let apart = path
            .iter()
            .any(|part| elsewhere.iter().any(|name| part == *name));
        uses && !apart && !text.contains("cfg(unix)") && !text.contains("cfg(target_os")
    });
}

/// The scenarios' peers stand on loopback, on ports that the system chooses. The default
/// address of the tutorials is what the learner's programs are called with by hand.
#[test]
fn no_scenario_and_no_test_has_a_port_of_its_own() {
    let to_do = "bind port 0, and ask for the port that it became";
    let tutorial_s = "127.0.0.1:12345";
    holds(&rust_files(), to_do, |path, text| {
        let scenarios = path.ends_with("tests/check.rs")
            || ["lessons/chat", "lessons/http", "lessons/pair"]
                .iter()
                .any(|shared| path.starts_with(shared));
        scenarios && text.contains(tutorial_s)
    });
}
