//! The command line: which command was called, and in which language to answer. What a
//! command takes stands in its own file; what nobody takes is answered in `sentence.rs`.

mod sentence;

use crate::arguments;
use crate::commands::{Command, OF_LEARNERS, OF_MAINTAINERS, UNNAMED};
use crate::completions;
use crate::lang::Lang;
use crate::status::Status;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgMatches};

/// What was asked for, and in which language to answer.
pub struct Cli {
    pub command: Command,
    /// What was written after the command's name.
    pub words: ArgMatches,
    pub lang: Lang,
}

/// A command line that names nothing to do.
pub enum Parsing {
    /// All commands were asked for, or what this one takes.
    Help(Option<String>),
    /// clap did not take it: help that was asked for, or an error.
    Refused(clap::Error),
}

/// The command that shows all commands; clap's own would leave out the maintainers' too.
const HELP: &str = "help";
const COMMAND: &str = "COMMAND";

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
        .arg(arguments::lang())
        .subcommands(commands().map(|command| (command.line)()))
        .subcommand(
            clap::Command::new(HELP)
                .about("관리자용까지 모든 명령을, 또는 한 명령을 봅니다 / all commands, with the maintainers', or one")
                .arg(Arg::new(COMMAND)),
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
    let lang = arguments::lang_in(&found).unwrap_or_else(Lang::unasked);
    let Some((name, words)) = found.remove_subcommand() else {
        return Ok(Cli {
            command: UNNAMED,
            words: found,
            lang,
        });
    };
    let named = commands().find(|command| (command.line)().get_name() == name);
    // `help` alone is a command that nothing is done for.
    let about = || arguments::text_in(&words, COMMAND);
    let command = named.ok_or_else(|| Parsing::Help(about()))?;
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
            Self::Help(None) => {
                let _ = line().print_help();
                Status::Passed
            }
            Self::Help(Some(name)) => help(name),
            Self::Refused(help) if !help.use_stderr() => {
                let _ = help.print();
                Status::Passed
            }
            Self::Refused(error) => {
                let lang = asked_for().unwrap_or_else(Lang::unasked);
                crate::complain!("{}", sentence::of(error, lang));
                Status::Usage
            }
        }
    }
}

/// The language of a command line that was not understood, as far as it says one.
fn asked_for() -> Option<Lang> {
    let words: Vec<_> = std::env::args().collect();
    let pairs = words.windows(2).map(|pair| (pair[0].as_str(), &pair[1]));
    let mut named = pairs.filter(|(option, _)| *option == "--lang");
    let code = named.next().map(|(_, code)| code.as_str());
    let joined = || words.iter().find_map(|word| word.strip_prefix("--lang="));
    code.or_else(joined)
        .filter(|code| ["ko", "en"].contains(code))
        .map(Lang::of_code)
}

/// What the command of this name takes.
fn help(name: &str) -> Status {
    let mut line = line();
    line.build();
    if let Some(command) = line.find_subcommand_mut(name) {
        let _ = command.print_help();
        return Status::Passed;
    }
    let mut error = clap::Error::new(ErrorKind::InvalidSubcommand);
    let name = ContextValue::String(name.to_owned());
    error.insert(ContextKind::InvalidSubcommand, name);
    Parsing::Refused(error).tell()
}
