//! Help in the reader's language. Each text stands beside its command as `Korean / English`.

use crate::lang::Lang;
use crate::tr;
use clap::builder::StyledStr;
use clap::{Arg, ArgAction, Command};

/// What stands between the two.
const BETWEEN: &str = " / ";

/// `command` and all below it, with every text in `lang` alone.
pub fn of(command: Command, lang: Lang) -> Command {
    let about = command.get_about().map(|text| chosen(text, lang));
    let after = command.get_after_help().map(|text| chosen(text, lang));
    let [usage, commands, arguments, options] = match lang {
        Lang::Ko => ["사용법", "명령", "인자", "옵션"],
        Lang::En => ["Usage", "Commands", "Arguments", "Options"],
    };
    let template =
        format!("{{about-with-newline}}\n{usage}: {{usage}}\n\n{{all-args}}{{after-help}}");
    command
        .about(about.unwrap_or_default())
        .after_help(after.unwrap_or_default())
        .help_template(template)
        .subcommand_help_heading(commands)
        .disable_help_flag(true)
        .arg(help())
        .mut_args(|argument| {
            let heading = if argument.is_positional() {
                arguments
            } else {
                options
            };
            let text = argument.get_help().map(|text| chosen(text, lang));
            argument
                .help_heading(heading)
                .help(text.unwrap_or_default())
        })
        .mut_subcommands(|one| of(one, lang))
}

/// clap's own says what it does in English.
fn help() -> Arg {
    Arg::new("help")
        .short('h')
        .long("help")
        .action(ArgAction::Help)
        .help("이 도움말 / this help")
}

fn chosen(text: &StyledStr, lang: Lang) -> String {
    let text = text.to_string();
    match text.split_once(BETWEEN) {
        Some((korean, english)) => tr!(lang, "{korean}", "{english}"),
        None => text,
    }
}
