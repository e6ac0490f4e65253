//! How a program ended, and what it said on stderr about why.

use serde::{Deserialize, Serialize};
use std::process::ExitStatus;

/// The exit status of a Rust program whose main thread panicked.
pub(crate) const RUST_PANIC: i32 = 101;

/// How a program ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ending {
    /// It ended by itself, with this exit status.
    Exit(i32),
    /// A signal ended it (Unix), by name where it has one.
    Signal(String),
    /// It was still there at the end, and the check ended it.
    Killed,
}

impl Ending {
    /// Did it end by itself and say that something went wrong? A panic does not say so, and
    /// neither does what Windows makes of a crash.
    pub(crate) fn is_an_error(&self) -> bool {
        matches!(self, Self::Exit(status @ 1..=255) if *status != RUST_PANIC)
    }

    pub(crate) fn of(status: ExitStatus) -> Self {
        #[cfg(unix)]
        if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
            return Self::Signal(signal_name(signal));
        }
        Self::Exit(status.code().unwrap_or(-1))
    }
}

#[cfg(unix)]
fn signal_name(number: i32) -> String {
    use rustix::process::Signal;
    let known = [
        (Signal::ABORT, "SIGABRT"),
        (Signal::BUS, "SIGBUS"),
        (Signal::FPE, "SIGFPE"),
        (Signal::ILL, "SIGILL"),
        (Signal::INT, "SIGINT"),
        (Signal::KILL, "SIGKILL"),
        (Signal::PIPE, "SIGPIPE"),
        (Signal::SEGV, "SIGSEGV"),
        (Signal::TERM, "SIGTERM"),
    ];
    let name = known.iter().find(|(signal, _)| signal.as_raw() == number);
    name.map_or_else(
        || format!("signal {number}"),
        |(_, name)| (*name).to_owned(),
    )
}

/// A panic that a Rust program reported on stderr.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Panic {
    /// `src/main.rs:23`.
    pub place: String,
    /// The first line of its message.
    pub message: String,
}

/// What a `todo!("step 2")` and a stub that only reports itself both say.
const UNWRITTEN: &str = "not yet implemented";

/// The panics in `stderr`, in order, without those of a `todo!`.
pub(crate) fn panics_in(stderr: &str) -> Vec<Panic> {
    let all = all_panics_in(stderr).into_iter();
    all.filter(|panic| !panic.message.starts_with(UNWRITTEN))
        .collect()
}

/// Those of a `todo!` alone, each with the step that it names.
pub(crate) fn todos_in(stderr: &str) -> Vec<(u32, Panic)> {
    let step = |panic: Panic| Some((*unwritten_steps(&panic.message).first()?, panic));
    all_panics_in(stderr).into_iter().filter_map(step).collect()
}

fn all_panics_in(stderr: &str) -> Vec<Panic> {
    let mut lines = stderr.lines();
    let mut found = Vec::new();
    while let Some(line) = lines.next() {
        let Some((thread, place)) = line.split_once(" panicked at ") else {
            continue;
        };
        if !thread.starts_with("thread ") {
            continue;
        }
        found.push(Panic {
            place: short_place(place),
            message: lines.next().unwrap_or_default().to_owned(),
        });
    }
    found
}

/// `lessons/lesson-04-accept/src/main.rs:23:5:` → `src/main.rs:23`.
fn short_place(place: &str) -> String {
    let place = place.trim_end_matches(':').replace('\\', "/");
    let place = place
        .rsplit_once(':')
        .map_or(place.as_str(), |(file_and_line, _column)| file_and_line);
    match place.find("src/") {
        Some(start) => place[start..].to_owned(),
        None => place.to_owned(),
    }
}

/// The steps that the program itself said are not written yet. A `todo!` that
/// names no step counts as step 1: nothing after it can be relied on.
pub(crate) fn unwritten_steps(stderr: &str) -> Vec<u32> {
    let said = stderr
        .lines()
        .filter_map(|line| line.strip_prefix(UNWRITTEN));
    said.map(|rest| {
        let after = rest.split_once("step ").map_or("", |(_, after)| after);
        let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().unwrap_or(1)
    })
    .collect()
}

/// The lines of `stderr` that are the program's own words: a stub's report of
/// itself is not.
pub(crate) fn complaints_in(stderr: &str) -> Vec<&str> {
    stderr
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with(UNWRITTEN))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &str = "hello\n\nthread '<unnamed>' (77) panicked at lessons/lesson-04-accept/src/main.rs:23:5:\nno luck\nnote: run with `RUST_BACKTRACE=1`\n\nthread 'main' panicked at src\\main.rs:9:1:\nnot yet implemented: step 2\n";

    #[test]
    fn a_panic_is_told_from_a_todo() {
        let panic = Panic {
            place: "src/main.rs:23".into(),
            message: "no luck".into(),
        };
        assert_eq!(panics_in(TWO), [panic]);
        assert_eq!(unwritten_steps(TWO), [2]);
        let places: Vec<_> = todos_in(TWO)
            .into_iter()
            .map(|(step, todo)| (step, todo.place))
            .collect();
        assert_eq!(places, [(2, "src/main.rs:9".to_owned())]);
    }

    #[test]
    fn a_todo_without_a_number_is_the_first_step_s() {
        assert_eq!(unwritten_steps("not yet implemented\n"), [1]);
        assert_eq!(
            unwritten_steps("not yet implemented: step 12 later\n"),
            [12]
        );
        assert!(unwritten_steps("step 3 is not yet implemented\n").is_empty());
    }
}
