//! `cargo xtask`: the workspace's own tool. This file is its table of contents;
//! every command is one file in `commands/`. From the roof to the ground, each floor imports
//! those below it, and nobody calls upstairs:
//!
//! ```text
//! cli          which command was called
//! commands     one file a command
//! proofs       what CI proves of a lesson
//! evidence     a check for whoever did not see it, as one file
//! report       the results in a terminal, or as JSON
//! doctor       what of this machine the lessons need
//! completions  what a shell completes
//! check        a lesson's check, and what it found
//! ```
//!
//! `arguments` is the ground, which every floor uses, and what lies under the house is the
//! crate `course`.

mod arguments;
mod check;
mod cli;
mod commands;
mod completions;
mod doctor;
mod evidence;
mod proofs;
mod report;

// The floors of the crate below are named as those of this one.
use course::{
    build, complain, explain, failure, lang, lesson, output, runs, say, scenarios, side_by_side,
    status, tr, visible,
};
use failure::Failure;
use lesson::workspace::Workspace;
use status::Status;
use std::process::ExitCode;

/// Does what the command line asks for, and says how it went: the exit status of
/// `cargo xtask`.
pub fn main() -> ExitCode {
    if let Some(ended) = runs::recorder::stand_in() {
        return ended;
    }
    let (lang, outcome) = match cli::parse() {
        Ok(cli) => {
            cli.lang.is_spoken();
            (cli.lang, run(&cli))
        }
        Err(parsing) => return parsing.tell().into(),
    };
    let told = output::trouble().map(|error| Failure::Unable(untold(error, lang)));
    let status = match (outcome, told) {
        (Ok(status), None) => status,
        (Err(failure), _) | (Ok(_), Some(failure)) => failure.tell(lang),
    };
    status.into()
}

fn untold(error: std::io::Error, lang: lang::Lang) -> anyhow::Error {
    anyhow::Error::new(error).context(tr!(
        lang,
        "결과를 다 쓰지 못했습니다",
        "the report could not be written"
    ))
}

/// Runs the command.
fn run(cli: &cli::Cli) -> Result<Status, Failure> {
    let workspace = Workspace::find()?;
    probe::household::take_children_along();
    (cli.command.run)(&workspace, cli.lang, &cli.words)
}
