//! The tool's commands, as this program calls them: each is a process of its own, which
//! writes to the terminal itself.

use crate::order::Order;
use crate::program::Program;
use std::io;
use std::process::{Command, ExitStatus, Stdio};

/// Begins a check of `lesson`.
///
/// # Errors
/// The tool could not be started.
pub fn check(order: &Order, lesson: &str) -> io::Result<Program> {
    Program::start(command(order, &["check", lesson]))
}

/// Shows the next hint of `lesson`.
///
/// # Errors
/// As [`check`].
pub fn hint(order: &Order, lesson: &str) -> io::Result<ExitStatus> {
    command(order, &["hint", lesson]).status()
}

/// Shows all lessons.
///
/// # Errors
/// As [`check`].
pub fn list(order: &Order) -> io::Result<ExitStatus> {
    command(order, &["list"]).status()
}

fn command(order: &Order, words: &[&str]) -> Command {
    let mut command = Command::new(&order.tool);
    command
        .args(words)
        .args(["--lang", order.lang.code()])
        .current_dir(&order.root)
        // The keys are not for a learner's program.
        .stdin(Stdio::null());
    command
}
