//! The words that several commands take: how each is written on the command line, and what
//! is read of it. All have one grammar, `COMMAND LESSON [STEP]`.

use crate::lang::Lang;
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches};

/// The language of the answer, which every command takes.
pub fn lang() -> Arg {
    Arg::new("lang")
        .long("lang")
        .global(true)
        .value_parser(PossibleValuesParser::new(["ko", "en"]))
        .help("이번에 답하는 언어 (기본: lang으로 정한 것, 아니면 시스템의 언어) / the language of this answer")
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

/// One lesson by any of its names, or none: the one where the learner is.
pub fn lesson() -> Arg {
    Arg::new(LESSON).help(
        "lesson-04, 04, 4, accept (기본: 지금 할 레슨) / lesson-04, 04, 4, accept (default: where you are)",
    )
}

/// As [`lesson()`], or several in one word.
pub fn lessons() -> Arg {
    Arg::new(LESSON).help(
        "04, accept. 여럿은 09-11이나 09,11 (기본: 지금 할 레슨) / 04, accept; several: 09-11 or 09,11 (default: where you are)",
    )
}

/// A step of that lesson.
pub fn step(help: &'static str) -> Arg {
    Arg::new(STEP).help(help)
}

/// Commands to be run in place of a lesson's programs.
pub fn given() -> [Arg; 2] {
    [
        option("server", "COMMAND")
            .visible_alias("program")
            .help("레슨의 프로그램(서버) 대신 실행할 명령 / run this instead of the lesson's program (server)"),
        option("client", "COMMAND")
            .help("레슨의 클라이언트 대신 실행할 명령 / run this instead of the lesson's client"),
    ]
}

/// Lists of lessons, or none. Who proves lessons has no use for steps.
pub fn some_lessons() -> Arg {
    let lessons = Arg::new(LESSON).num_args(0..);
    lessons.help("04, accept, 09-11, 09,11")
}

pub fn one_lesson() -> Arg {
    Arg::new(LESSON).required(true)
}

const LESSON: &str = "LESSON";
const STEP: &str = "STEP";

pub fn lessons_in(found: &ArgMatches) -> Vec<String> {
    let lessons = found.get_many(LESSON).into_iter().flatten();
    lessons.cloned().collect()
}

/// The one that [`one_lesson()`] asks for.
pub fn lesson_in(found: &ArgMatches) -> String {
    named_lesson_in(found).unwrap_or_default()
}

/// The one of [`lesson()`] or [`lessons()`], if it is named.
pub fn named_lesson_in(found: &ArgMatches) -> Option<String> {
    text_in(found, LESSON)
}

pub fn step_in(found: &ArgMatches) -> Option<String> {
    text_in(found, STEP)
}

/// Show what the solution has, though the step has not passed.
pub fn spoil() -> Arg {
    flag(
        "spoil",
        "통과하지 않은 단계도 보여 줍니다 / show steps that have not passed, too",
    )
}
