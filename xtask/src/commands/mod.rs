//! The commands, one file each: with one `line`, how it is written on the command line, and
//! one `run`, which reads what was written and does it.

mod bench;
mod book;
mod check;
mod completions;
mod dev;
mod diff;
mod doctor;
mod here;
mod hint;
mod lang;
mod list;
mod report;
mod reset;
mod restore;
mod run;
mod solution;
mod spec;
mod talk;
mod trace;
mod update;
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
    ($($name:ident)::+) => {
        Command {
            line: $($name)::+::line,
            run: $($name)::+::run,
        }
    };
}

/// What is done where no command is named.
pub const UNNAMED: Command = command!(here);

pub const OF_LEARNERS: [Command; 20] = [
    UNNAMED,
    command!(check),
    command!(watch),
    command!(list),
    command!(hint),
    command!(reset),
    command!(restore),
    command!(diff),
    command!(solution),
    command!(update),
    command!(spec),
    command!(run),
    command!(talk),
    command!(trace),
    command!(book),
    command!(bench),
    command!(doctor),
    command!(report),
    command!(completions),
    command!(lang),
];

/// Those of `cargo xtask dev`, for authors of lessons. Whoever learns has no use for them, so
/// that `--help` leaves them out; `cargo xtask help` and `cargo xtask dev` name them.
pub const OF_AUTHORS: [Command; 6] = [
    command!(dev::new),
    command!(dev::check),
    command!(dev::stub),
    command!(dev::bless),
    command!(dev::record),
    command!(dev::prove),
];
