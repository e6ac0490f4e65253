//! What can be typed where: the commands, and for each its options, lessons and values.

use crate::lang::Lang;
use crate::lesson::workspace::Workspace;
use clap::Arg;
use std::sync::OnceLock;

/// The whole command line, as learners see it.
static LINE: OnceLock<fn() -> clap::Command> = OnceLock::new();

/// From here on this is the command line that is completed: the floor above knows it.
pub fn complete(line: fn() -> clap::Command) {
    // The command line is read once.
    let _ = LINE.set(line);
}

/// A word that can be typed, and what it is.
pub struct Offer {
    pub word: String,
    pub about: String,
}

/// All that is offered.
pub struct Offers {
    pub commands: Vec<Offer>,
    /// By the command's name: options, and the words that stand alone.
    pub of_commands: Vec<(String, Vec<Offer>)>,
    /// By the option's name: what may follow it; nothing where that may be anything.
    pub of_options: Vec<(String, Vec<String>)>,
}

/// The argument for which a lesson's name is typed.
const LESSON: &str = "LESSON";

impl Offers {
    pub fn of(workspace: &Workspace, lang: Lang) -> Self {
        let mut line = LINE
            .get()
            .map_or_else(clap::Command::default, |line| line());
        // Each command then has what all have.
        line.build();
        let commands: Vec<_> = line
            .get_subcommands()
            .filter(|command| !command.is_hide_set())
            .collect();
        let offer = |command: &&clap::Command| Offer {
            word: command.get_name().to_owned(),
            about: plain(command.get_about()),
        };
        let lessons = || lessons(workspace, lang);
        let of_command = |command: &&clap::Command| {
            let arguments = command.get_arguments().filter(|arg| !arg.is_hide_set());
            let offers = arguments.flat_map(|arg| of_argument(arg, lessons));
            (command.get_name().to_owned(), offers.collect())
        };
        let mut of_options: Vec<(String, Vec<String>)> = Vec::new();
        for arg in commands.iter().flat_map(|command| command.get_arguments()) {
            let takes_one = arg.get_action().takes_values();
            if let Some(name) = long(arg).filter(|_| takes_one)
                && of_options.iter().all(|(known, _)| *known != name)
            {
                of_options.push((name, values(arg)));
            }
        }
        Self {
            commands: commands.iter().map(offer).collect(),
            of_commands: commands.iter().map(of_command).collect(),
            of_options,
        }
    }
}

fn of_argument(arg: &Arg, lessons: impl Fn() -> Vec<Offer>) -> Vec<Offer> {
    if let Some(word) = long(arg) {
        let about = plain(arg.get_help());
        return vec![Offer { word, about }];
    }
    if arg.get_id() == LESSON {
        return lessons();
    }
    let about = String::new;
    let values = values(arg).into_iter();
    values
        .map(|word| Offer {
            word,
            about: about(),
        })
        .collect()
}

/// Each by its number, its topic and its whole name.
fn lessons(workspace: &Workspace, lang: Lang) -> Vec<Offer> {
    let of_one = |lesson: &crate::lesson::definition::Lesson| {
        [lesson.number(), lesson.topic(), &lesson.name].map(|word| Offer {
            word: word.to_owned(),
            about: lesson.title.of(lang).to_owned(),
        })
    };
    workspace.lessons.iter().flat_map(of_one).collect()
}

fn long(arg: &Arg) -> Option<String> {
    arg.get_long().map(|name| format!("--{name}"))
}

fn values(arg: &Arg) -> Vec<String> {
    let known = arg.get_possible_values();
    known
        .iter()
        .map(|value| value.get_name().to_owned())
        .collect()
}

/// On one line, without what shells would take for an escape.
fn plain(text: Option<&clap::builder::StyledStr>) -> String {
    let text = text.map(ToString::to_string).unwrap_or_default();
    let plain = text.chars().filter(|c| !c.is_control() && *c != '\\');
    plain.collect()
}
