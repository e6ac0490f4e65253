//! The command line: which command was called, and in which language to answer. What a
//! command takes stands in its own file; what nobody takes is answered in `sentence.rs`.

mod sentence;

use crate::arguments;
use crate::commands::{Command, OF_LEARNERS, OF_MAINTAINERS};
use crate::completions;
use crate::lang::Lang;
use crate::status::Status;
use clap::ArgMatches;
use clap::error::ErrorKind;

/// What was asked for, and in which language to answer.
pub struct Cli {
    pub command: Command,
    /// What was written after the command's name.
    pub words: ArgMatches,
    pub lang: Lang,
}

/// A command line that names nothing to do.
pub enum Parsing {
    /// All commands were asked for.
    Help,
    /// clap did not take it: help that was asked for, or an error.
    Refused(clap::Error),
}

/// The command that shows all commands; clap's own would leave out the maintainers' too.
const HELP: &str = "help";

fn commands() -> impl Iterator<Item = Command> {
    OF_LEARNERS.into_iter().chain(OF_MAINTAINERS)
}

/// The whole command line. Its help is in both languages, for it is shown before
/// one is chosen.
fn line() -> clap::Command {
    clap::Command::new("cargo xtask")
        .bin_name("cargo xtask")
        .about("소켓 프로그래밍 레슨의 도구 / the tool of the socket lessons")
        .disable_help_subcommand(true)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .arg(arguments::lang())
        .subcommands(commands().map(|command| (command.line)()))
        .subcommand(
            clap::Command::new(HELP)
                .about("관리자용까지 모든 명령을 봅니다 / all commands, with the maintainers'"),
        )
}

/// [`line()`], with the maintainers' commands left out of its help.
fn learners_line() -> clap::Command {
    let hide = |line: clap::Command, command: Command| {
        let name = (command.line)().get_name().to_owned();
        line.mut_subcommand(name, |command| command.hide(true))
    };
    OF_MAINTAINERS.into_iter().fold(line(), hide)
}

pub fn parse() -> Result<Cli, Parsing> {
    completions::complete(learners_line);
    let found = learners_line().try_get_matches();
    let mut found = found.map_err(Parsing::Refused)?;
    let lang = arguments::lang_in(&found).unwrap_or_else(Lang::of_environment);
    // clap has seen to it that there is one.
    let Some((name, words)) = found.remove_subcommand() else {
        let missing = line().error(ErrorKind::MissingSubcommand, "");
        return Err(Parsing::Refused(missing));
    };
    let named = commands().find(|command| (command.line)().get_name() == name);
    // `help` alone is a command that nothing is done for.
    let command = named.ok_or(Parsing::Help)?;
    Ok(Cli {
        command,
        words,
        lang,
    })
}

impl Parsing {
    pub fn tell(&self) -> Status {
        // Help that cannot be printed has nobody to read it.
        match self {
            Self::Help => {
                let _ = line().print_help();
                Status::Passed
            }
            Self::Refused(help) if !help.use_stderr() => {
                let _ = help.print();
                Status::Passed
            }
            Self::Refused(help) if is_help(help) => {
                let _ = help.print();
                Status::Usage
            }
            Self::Refused(error) => {
                crate::complain!("{}", sentence::of(error, Lang::of_environment()));
                Status::Usage
            }
        }
    }
}

/// Nothing was said at all, and help is the answer.
fn is_help(error: &clap::Error) -> bool {
    error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
}
