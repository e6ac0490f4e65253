//! `cargo xtask`: the workspace's own tool. This file is its table of contents;
//! every command is one file in `commands/`.

mod backup;
mod binary;
mod bodies;
mod choose;
mod cli;
mod commands;
mod compile;
mod compiler;
mod descriptors;
mod difference;
mod encoding;
mod exchange;
mod explain;
mod failure;
mod given;
mod lang;
mod lesson;
mod loopback;
mod missing;
mod output;
mod progress;
mod proofs;
mod reason;
mod refused;
mod regions;
mod report;
mod results;
mod scenarios;
mod side_by_side;
mod signature;
mod spoken;
mod starter;
mod status;
mod trial;
mod untouched;
mod variants;
mod visible;
mod waiting;
mod workspace;
mod written;

use cli::Command;
use failure::Failure;
use status::Status;
use std::process::ExitCode;

fn main() -> ExitCode {
    let (lang, outcome) = match cli::parse() {
        Ok(cli) => {
            cli.lang.is_spoken();
            (cli.lang, run(cli))
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
fn run(cli: cli::Cli) -> Result<Status, Failure> {
    let workspace = workspace::Workspace::find()?;
    probe::household::take_children_along();
    match cli.command {
        Command::Check(wanted) => commands::check::run(&workspace, cli.lang, &wanted),
        Command::List => commands::list::run(&workspace, cli.lang),
        Command::Hint(wanted) => commands::hint::run(&workspace, cli.lang, &wanted),
        Command::Reset { lesson } => commands::reset::run(&workspace, cli.lang, &lesson),
        Command::Spec { lesson } => commands::spec::run(&workspace, cli.lang, &lesson),
        Command::Book(wanted) => commands::book::run(&workspace, cli.lang_given, &wanted),
        Command::Bench(wanted) => commands::bench::run(&workspace, cli.lang, &wanted),
        Command::Stub { lessons, check } => {
            commands::stub::run(&workspace, cli.lang, &lessons, check)
        }
        Command::Bless { lessons } => commands::bless::run(&workspace, cli.lang, &lessons),
        Command::Prove(prove) => commands::prove::run(&workspace, cli.lang, &prove),
    }
}
