//! Where to go from a step that does not pass, and from a lesson that does: commands to
//! type, each whole.

use crate::check::lesson_result::LessonResult;
use crate::check::step_result::ScenarioResult;
use crate::lang::Lang;
use crate::lesson::definition::Lesson;
use crate::tr;
use probe::Started;

/// A longer argument is shown by its beginning, in characters.
const LONGEST: usize = 60;

/// `told` is the scenario that is shown, which can be repeated by hand.
pub(super) fn of_a_step(
    result: &LessonResult<'_>,
    step: u32,
    told: Option<&ScenarioResult>,
    lang: Lang,
) -> Vec<String> {
    let lesson = result.lesson;
    let number = lesson.number();
    let started = told.map_or(&[][..], |scenario| &scenario.report.started);
    let scenario = told.map_or("", |scenario| &scenario.report.scenario);
    let by_hand = started.iter().filter(|_| !result.of_commands);
    let mut lines: Vec<_> = by_hand
        .map(|started| {
            let command = if started.arguments.iter().any(|it| is_long(it)) {
                format!("cargo xtask run {number} --like {scenario}")
            } else {
                run(lesson, started)
            };
            tr!(lang, "실행  {command}", "run      {command}")
        })
        .collect();
    lines.dedup();
    let played = result.by_hand.iter().filter(|_| told.is_some());
    lines.extend(played.map(|command| tr!(lang, "상대  {command}", "peer     {command}")));
    if lesson.step(step).is_some_and(|it| !it.hints.is_empty()) {
        let spoken = answered_in(lang);
        lines.push(tr!(
            lang,
            "힌트  cargo xtask hint {number} {step}{spoken}",
            "hint     cargo xtask hint {number} {step}{spoken}"
        ));
    }
    let (code, name) = (lang.code(), &lesson.name);
    lines.push(if result.book_is_there {
        tr!(
            lang,
            "교재  target/book/{code}/{name}.html#step-{step}",
            "chapter  target/book/{code}/{name}.html#step-{step}"
        )
    } else {
        tr!(
            lang,
            "교재  먼저 cargo xtask book, 다음에 target/book/{code}/{name}.html#step-{step}",
            "chapter  first cargo xtask book, then target/book/{code}/{name}.html#step-{step}"
        )
    });
    lines
}

/// What comes after a lesson or a step that passed; nothing after the last.
pub(super) fn of_a_lesson(result: &LessonResult<'_>, lang: Lang) -> Option<String> {
    let next = result.next.as_deref()?;
    let spoken = answered_in(lang);
    Some(tr!(
        lang,
        "다음  cargo xtask check {next}{spoken}",
        "next  cargo xtask check {next}{spoken}"
    ))
}

/// `cargo run -p lesson-05-connect -- 127.0.0.1:80`
pub fn run(lesson: &Lesson, started: &Started) -> String {
    let package = &lesson.name;
    let binary = if lesson.roles.len() > 1 {
        format!(" --bin {}", lesson.program_of(package, &started.role))
    } else {
        String::new()
    };
    let arguments = started.arguments.iter().map(|argument| {
        if is_long(argument) {
            let beginning: String = argument.chars().take(LONGEST).collect();
            return format!("{beginning}…");
        }
        let quoted = shlex::try_quote(argument);
        quoted.map_or_else(|_| argument.clone(), |quoted| quoted.into_owned())
    });
    let arguments: Vec<_> = arguments.collect();
    let arguments = if arguments.is_empty() {
        String::new()
    } else {
        format!(" -- {}", arguments.join(" "))
    };
    format!("cargo run -p {package}{binary}{arguments}")
}

/// Nobody types it.
fn is_long(argument: &str) -> bool {
    argument.chars().nth(LONGEST).is_some()
}

/// So that a command answers in the language of this report.
pub(super) fn answered_in(lang: Lang) -> String {
    if lang == Lang::unasked() {
        String::new()
    } else {
        format!(" --lang {}", lang.code())
    }
}
