//! One program of a lesson, built and run by hand: its input and output are the terminal's.

use crate::build::compile;
use crate::lesson::definition::Lesson;
use crate::lesson::workspace::Workspace;
use anyhow::{Context, Result};
use probe::{Ending, household};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// The learner's program in `role`; or what the compiler says of it.
pub fn build(
    workspace: &Workspace,
    lesson: &Lesson,
    role: &str,
) -> Result<Result<PathBuf, Vec<String>>> {
    let program = lesson.program_of(&lesson.name, role);
    let mut command = workspace.cargo();
    command.args(["build", "--package", &lesson.name, "--bin", &program]);
    let build = compile::run(command)?;
    if let Some(words) = build.refused {
        return Ok(Err(vec![words]));
    }
    let errors = build.of(&lesson.name).map(|built| built.errors.clone());
    match errors {
        Some(errors) if !errors.is_empty() => Ok(Err(errors)),
        _ => Ok(Ok(build.executable(&lesson.name, &program)?.to_owned())),
    }
}

/// What goes into a program before the terminal's own input.
pub struct Typed {
    pub bytes: Vec<u8>,
    /// Nothing follows.
    pub ends: bool,
}

/// Becomes `program`, so that Ctrl-C and the exit status are its own; returns where that did
/// not work.
#[cfg(unix)]
pub fn become_the(program: &Path, arguments: &[String]) -> Result<Ending> {
    use std::os::unix::process::CommandExt;
    let error = Command::new(program).args(arguments).exec();
    Err(error).with_context(|| format!("{} could not be started", program.display()))
}

/// Other systems have no `exec`; there the console tells the program of Ctrl-C by itself.
#[cfg(not(unix))]
pub fn become_the(program: &Path, arguments: &[String]) -> Result<Ending> {
    run(program, arguments, None)
}

/// Runs `program` to its end.
pub fn run(program: &Path, arguments: &[String], typed: Option<Typed>) -> Result<Ending> {
    let mut command = Command::new(program);
    command.args(arguments);
    if typed.is_some() {
        command.stdin(Stdio::piped());
    }
    probe::dies_with_us(&mut command);
    let started = household::start(|| command.spawn(), Child::id);
    let mut child =
        started.with_context(|| format!("{} could not be started", program.display()))?;
    if let (Some(typed), Some(mut stdin)) = (typed, child.stdin.take()) {
        // It ends with this process: a program that has ended reads no more.
        std::thread::spawn(move || {
            let mut own = io::stdin().lock();
            let _ = stdin.write_all(&typed.bytes).and_then(|()| {
                stdin.flush()?;
                if typed.ends {
                    return Ok(());
                }
                io::copy(&mut own, &mut stdin).map(drop)
            });
        });
    }
    let status = child.wait();
    household::forget(child.id());
    let status = status.context("the program could not be waited for")?;
    Ok(Ending::of(status))
}
