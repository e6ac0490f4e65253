//! The commands, one file each: with one `line`, how it is written on the command line, and
//! one `run`, which reads what was written and does it.

mod bench;
mod bless;
mod book;
mod check;
mod completions;
mod doctor;
mod here;
mod hint;
mod lang;
mod list;
mod prove;
mod report;
mod reset;
mod run;
mod spec;
mod stub;
mod talk;
mod watch;

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

/// What is done where no command is named.
pub const UNNAMED: Command = command!(here);

pub const OF_LEARNERS: [Command; 15] = [
    UNNAMED,
    command!(check),
    command!(watch),
    command!(list),
    command!(hint),
    command!(reset),
    command!(spec),
    command!(run),
    command!(talk),
    command!(book),
    command!(bench),
    command!(doctor),
    command!(report),
    command!(completions),
    command!(lang),
];

/// The commands that change what belongs to the repository. Whoever learns has no use for
/// them, so that `--help` leaves them out; `cargo xtask help` names them.
pub const OF_MAINTAINERS: [Command; 3] = [command!(stub), command!(bless), command!(prove)];
