//! The words that several commands take: how each is written on the command line, and what
//! is read of it.

use crate::lang::Lang;
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, value_parser};

/// The language of the answer, which every command takes.
pub fn lang() -> Arg {
    Arg::new("lang")
        .long("lang")
        .global(true)
        .value_parser(PossibleValuesParser::new(["ko", "en"]))
        .help("답하는 언어 (기본: 시스템의 언어, 아니면 ko) / the language of the answer")
}

/// The language that was asked for, if one was.
pub fn lang_in(found: &ArgMatches) -> Option<Lang> {
    text_in(found, "lang").map(|code| Lang::of_code(&code))
}

/// `--name`, which is there or not.
pub fn flag(name: &'static str, help: &'static str) -> Arg {
    let flag = Arg::new(name).long(name).action(ArgAction::SetTrue);
    flag.help(help)
}

/// `--name VALUE`
pub fn option(name: &'static str, value: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(value)
}

pub fn text_in(found: &ArgMatches, name: &str) -> Option<String> {
    found.get_one::<String>(name).cloned()
}

/// Lessons by any of their names, or none.
pub fn some_lessons() -> Arg {
    let lessons = Arg::new("LESSON").num_args(0..);
    lessons.help("lesson-04, lesson-04-accept, 04, 4, accept")
}

pub fn lessons_in(found: &ArgMatches) -> Vec<String> {
    let lessons = found.get_many("LESSON").into_iter().flatten();
    lessons.cloned().collect()
}

pub fn one_lesson() -> Arg {
    Arg::new("LESSON").required(true)
}

pub fn lesson_in(found: &ArgMatches) -> String {
    text_in(found, "LESSON").unwrap_or_default()
}

/// The number of a step of that lesson.
pub fn a_step() -> Arg {
    Arg::new("STEP").value_parser(value_parser!(u32))
}

pub fn step_in(found: &ArgMatches) -> Option<u32> {
    found.get_one("STEP").copied()
}

/// Show what the solution has, though the step has not passed.
pub fn spoil() -> Arg {
    flag(
        "spoil",
        "통과하지 않은 단계도 보여 줍니다 / show steps that have not passed, too",
    )
}
