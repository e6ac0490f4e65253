//! Stands in for the tool and for editors: what it is asked for is written down in `called`,
//! in the folder that it is started in, which is the lessons' root.

use std::fs::{self, OpenOptions};
use std::io::{BufRead, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<_> = std::env::args().skip(1).collect();
    let called = OpenOptions::new().append(true).create(true).open("called");
    let noted = called.and_then(|mut called| writeln!(called, "{}", words.join(" ")));
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    match (noted, words.as_slice()) {
        (Ok(()), ["check", lesson, ..]) => check(lesson),
        (Ok(()), ["edit", file, ..]) => edit(file),
        (Ok(()), words) => {
            println!("answer: {}", words.join(" "));
            ExitCode::SUCCESS
        }
        (Err(_), _) => ExitCode::from(3),
    }
}

/// Passes where the program is right; a slow one goes on until it is ended.
fn check(lesson: &str) -> ExitCode {
    let program = fs::read_to_string(format!("lessons/{lesson}/src/main.rs"));
    let program = program.unwrap_or_default();
    println!("report: {lesson}: {program}");
    while program.contains("slow") {
        std::thread::park();
    }
    if program.contains("right") {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    }
}

/// Takes lines from the terminal, and writes the one after a `q` into the file.
fn edit(file: &str) -> ExitCode {
    println!("editing");
    let mut lines = std::io::stdin().lock().lines().map_while(Result::ok);
    let quit = lines.next();
    let text = lines.next();
    match (quit.as_deref(), text) {
        (Some("q"), Some(text)) if fs::write(file, &text).is_ok() => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}
