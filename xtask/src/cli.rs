//! The command line: which command was called, and in which language to answer. What a
//! command takes stands in its own file; what nobody takes is answered in `sentence.rs`.

mod one_language;
mod sentence;

use crate::arguments;
use crate::commands::{Command, OF_AUTHORS, OF_LEARNERS, UNNAMED};
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

/// The command that shows all commands; clap's own would leave out the authors' too.
const HELP: &str = "help";
const COMMAND: &str = "COMMAND";

/// The word before the authors' commands.
const DEV: &str = "dev";

/// The whole command line, with its help in the language that is asked for so far.
fn line() -> clap::Command {
    let lang = asked_for().unwrap_or_else(Lang::unasked);
    one_language::of(in_both_languages(), lang)
}

/// Every help as `Korean / English`.
fn in_both_languages() -> clap::Command {
    clap::Command::new("cargo xtask")
        .bin_name("cargo xtask")
        .about("소켓 프로그래밍 레슨의 도구 / the tool of the socket lessons")
        .disable_help_subcommand(true)
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
        .subcommand(
            clap::Command::new(HELP)
                .about("레슨을 만드는 사람의 것까지 모든 명령을, 또는 한 명령을 봅니다 / all commands, with the authors', or one")
                .arg(Arg::new(COMMAND)),
        )
}

/// [`line()`], with the authors' commands left out of its help.
fn learners_line() -> clap::Command {
    line().mut_subcommand(DEV, |dev| dev.hide(true))
}

pub fn parse() -> Result<Cli, Parsing> {
    completions::complete(learners_line);
    let found = learners_line().try_get_matches();
    let mut found = found.map_err(Parsing::Refused)?;
    let lang = arguments::lang_in(&found).unwrap_or_else(Lang::unasked);
    let mut named = found.remove_subcommand();
    let mut commands = OF_LEARNERS.as_slice();
    if let Some((_, words)) = named.as_mut().filter(|(name, _)| name == DEV) {
        commands = &OF_AUTHORS;
        named = words.remove_subcommand();
    }
    let Some((name, words)) = named else {
        return Ok(Cli {
            command: UNNAMED,
            words: found,
            lang,
        });
    };
    let mut all = commands.iter().copied();
    let named = all.find(|command| (command.line)().get_name() == name);
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
                let _ = line().after_help(authors_commands()).print_help();
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

/// Those of `dev`, as the help lists the others.
fn authors_commands() -> String {
    let mut text = format!("cargo xtask {DEV}:");
    let line = line();
    let dev = line.find_subcommand(DEV);
    for line in dev.into_iter().flat_map(clap::Command::get_subcommands) {
        let (name, about) = (line.get_name(), line.get_about());
        let about = about.map(ToString::to_string).unwrap_or_default();
        text += &format!("\n  {name:<11}  {about}");
    }
    text
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
