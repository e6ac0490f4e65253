//! Where to go from a step that does not pass, and from a lesson that does: commands to
//! type, each whole.

use crate::check::lesson_result::LessonResult;
use crate::check::step_result::ScenarioResult;
use crate::explain::by_hand::typed_first;
use crate::lang::Lang;
use crate::lesson::definition::Lesson;
use crate::scenarios::start::Start;
use crate::tr;
use probe::{Report, Started};

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
    let mut lines = told.map_or_else(Vec::new, |told| by_hand(result, told, lang));
    if lesson.step(step).is_some_and(|it| !it.hints.is_empty()) {
        let spoken = answered_in(lang);
        lines.push(tr!(
            lang,
            "힌트  cargo xtask hint {number} {step}{spoken}",
            "hint     cargo xtask hint {number} {step}{spoken}"
        ));
    }
    if let Some(told) = told.filter(|_| !result.of_commands) {
        let scenario = &told.report.scenario;
        lines.push(tr!(
            lang,
            "호출  cargo xtask trace {number} {scenario}",
            "trace    cargo xtask trace {number} {scenario}"
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
            "교재  cargo xtask book으로 책을 만들면, {number}장 {step}단계",
            "chapter  once printed by cargo xtask book: chapter {number}, step {step}"
        )
    });
    lines
}

/// The program as the scenario starts it, what is typed into it, and its peer, in the order in
/// which a person has to do it: who is connected to is there first.
fn by_hand(result: &LessonResult<'_>, told: &ScenarioResult, lang: Lang) -> Vec<String> {
    let report = &told.report;
    let started = report.started.iter().filter(|_| !result.of_commands);
    let mut lines: Vec<_> = started
        .map(|started| {
            let command = start(result.lesson, started, report);
            tr!(lang, "실행  {command}", "run      {command}")
        })
        .collect();
    lines.dedup();
    let Some(peer) = &result.by_hand else {
        return lines;
    };
    let peer_line = tr!(lang, "상대  {peer}", "peer     {peer}");
    if peer.contains(" --listen") {
        lines.insert(0, peer_line);
        return lines;
    }
    let typed = typed_first(report).join(", ");
    if !typed.is_empty() {
        lines.push(tr!(
            lang,
            "입력  프로그램에 {typed}",
            "type     into the program: {typed}"
        ));
    }
    lines.push(peer_line);
    lines
}

/// `cargo run …` where it can be pasted; else the command that fills in what is another
/// port in every run, or too long to type.
fn start(lesson: &Lesson, started: &Started, report: &Report) -> String {
    let like = Start::of(report, Some(&started.role));
    let ports = like.map_or(0, |start| start.ports.len());
    if ports == 0 && !started.arguments.iter().any(|it| is_long(it)) {
        return run(lesson, started);
    }
    let role = match lesson.roles.len() {
        1 => String::new(),
        _ => format!(" --{}", started.role),
    };
    let (number, scenario) = (lesson.number(), &report.scenario);
    let ports = " --port PORT".repeat(ports);
    format!("cargo xtask run {number}{role} --like {scenario}{ports}")
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
