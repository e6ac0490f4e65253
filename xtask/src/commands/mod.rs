//! The commands, one file each: with one `line`, how it is written on the command line, and
//! one `run`, which reads what was written and does it.

mod bench;
mod bless;
mod book;
mod check;
mod completions;
mod doctor;
mod hint;
mod list;
mod prove;
mod report;
mod reset;
mod spec;
mod stub;

use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::workspace::Workspace;
use crate::status::Status;
use clap::ArgMatches;

/// One command, identified by the name in its line.
#[derive(Clone, Copy)]
pub struct Command {
    pub line: fn() -> clap::Command,
    pub run: fn(&Workspace, Lang, &ArgMatches) -> Result<Status, Failure>,
}

/// A command of the module of this name.
macro_rules! command {
    ($name:ident) => {
        Command {
            line: $name::line,
            run: $name::run,
        }
    };
}

pub const OF_LEARNERS: [Command; 10] = [
    command!(check),
    command!(list),
    command!(hint),
    command!(reset),
    command!(spec),
    command!(book),
    command!(bench),
    command!(doctor),
    command!(report),
    command!(completions),
];

/// The commands that change what belongs to the repository. Whoever learns has no use for
/// them, so that `--help` leaves them out; `cargo xtask help` names them.
pub const OF_MAINTAINERS: [Command; 3] = [command!(stub), command!(bless), command!(prove)];
