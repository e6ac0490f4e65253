//! The command line: which command was called, and in which language to answer. What a
//! command takes stands in its own file; what nobody takes is answered in `sentence.rs`.

mod sentence;

use crate::arguments;
use crate::commands::{Command, OF_AUTHORS, OF_LEARNERS};
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

/// The command that shows all commands; clap's own would leave out the authors' too.
const HELP: &str = "help";

/// The word before the authors' commands.
const DEV: &str = "dev";

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
        .subcommands(OF_LEARNERS.map(|command| (command.line)()))
        .subcommand(
            clap::Command::new(DEV)
                .about("레슨을 만드는 사람의 명령들 / the commands of lessons' authors")
                .disable_help_subcommand(true)
                .subcommand_required(true)
                .arg_required_else_help(true)
                .subcommands(OF_AUTHORS.map(|command| (command.line)())),
        )
        .subcommand(clap::Command::new(HELP).about(
            "레슨을 만드는 사람의 것까지 모든 명령을 봅니다 / all commands, with the authors'",
        ))
}

/// [`line()`], with the authors' commands left out of its help.
fn learners_line() -> clap::Command {
    line().mut_subcommand(DEV, |dev| dev.hide(true))
}

pub fn parse() -> Result<Cli, Parsing> {
    let found = learners_line().try_get_matches();
    let mut found = found.map_err(Parsing::Refused)?;
    let lang = arguments::lang_in(&found).unwrap_or_else(Lang::of_environment);
    let mut named = found.remove_subcommand();
    let mut commands = OF_LEARNERS.as_slice();
    if let Some((_, words)) = named.as_mut().filter(|(name, _)| name == DEV) {
        commands = &OF_AUTHORS;
        named = words.remove_subcommand();
    }
    // clap has seen to it that there is one.
    let Some((name, words)) = named else {
        let missing = line().error(ErrorKind::MissingSubcommand, "");
        return Err(Parsing::Refused(missing));
    };
    let mut all = commands.iter().copied();
    let named = all.find(|command| (command.line)().get_name() == name);
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
