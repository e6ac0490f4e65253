//! `cargo xtask check`: checks lessons, reports, and remembers what passed.

use crate::arguments::{self, flag, text_in};
use crate::check::checker::Checker;
use crate::check::given::Given;
use crate::check::lesson_result::{LessonResult, Unable};
use crate::check::loopback;
use crate::explain::explanation::Rules;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::choose;
use crate::lesson::definition::Lesson;
use crate::lesson::fingerprint;
use crate::lesson::progress::Progress;
use crate::lesson::workspace::Workspace;
use crate::report;
use crate::status::Status;
use crate::tr;
use anyhow::Result;
use clap::ArgMatches;
use probe::Verdict;

pub fn line() -> clap::Command {
    clap::Command::new("check")
        .about("레슨을 검사합니다 / check what you wrote")
        .args([
            arguments::lessons(),
            arguments::step("이 단계만 / this step alone"),
            flag("all", "모든 레슨 / all lessons").conflicts_with("LESSON"),
            flag("solution", "내 프로그램 대신 풀이를 / the solution instead")
                .conflicts_with_all(["server", "client"]),
            flag("json", "채점 도구를 위한 JSON / JSON for graders"),
            flag(
                "verbose",
                "통과한 대화와 컴파일러의 경고도 / passed conversations and warnings too",
            )
            .short('v'),
        ])
        .args(arguments::given())
}

pub fn run(workspace: &Workspace, lang: Lang, words: &ArgMatches) -> Result<Status, Failure> {
    let lessons = chosen(workspace, lang, words)?;
    let step = match (arguments::step_in(words), lessons.as_slice()) {
        (Some(word), [lesson]) => Some(choose::step(workspace, lesson, lang, &word)?),
        (Some(word), _) => {
            return Err(Failure::Usage(tr!(
                lang,
                "단계는 한 레슨에서만 고릅니다. '{word}'을(를) 빼거나 레슨 하나만 쓰세요.",
                "A step is of one lesson: leave out '{word}', or name one lesson."
            )));
        }
        (None, _) => None,
    };
    let given = Given::of(text_in(words, "server"), text_in(words, "client"), lang)?;
    for lesson in &lessons {
        given.fits(lesson, lang)?;
        if let Some(step) = step {
            given.fits_step(lesson, step, lang)?;
        }
    }
    let checker = Checker {
        workspace,
        lang,
        solution: words.get_flag("solution"),
        step,
        given,
        rules: Rules::read()?,
    };
    if let Some(trouble) = loopback::trouble(lang) {
        return Err(Failure::Unable(anyhow::Error::msg(trouble)));
    }
    // What is saved from here on may be of the next check.
    let programs = lessons
        .iter()
        .map(|lesson| fingerprint::of(workspace, lesson));
    let programs: Vec<_> = programs.collect();
    let results = checker.check(&lessons)?;
    if words.get_flag("json") {
        report::print_json(&results)?;
    } else {
        for (index, result) in results.iter().enumerate() {
            if index > 0 {
                crate::say!("");
            }
            report::print(result, lang, words.get_flag("verbose"));
        }
    }
    if !checker.solution && checker.given.is_empty() {
        // What is remembered is a convenience; the verdict stands without it.
        if let Err(error) = remember(workspace, &results, programs) {
            let why = format!("{error:#}");
            crate::complain!(
                "{}",
                tr!(
                    lang,
                    "통과한 단계를 기억해 두지 못했습니다: {why}",
                    "The steps that passed could not be kept in mind: {why}"
                )
            );
        }
    }
    Ok(results
        .iter()
        .map(LessonResult::status)
        .max()
        .unwrap_or(Status::Passed))
}

/// The lessons that are named, all of them, or the one where the learner is.
fn chosen<'a>(
    workspace: &'a Workspace,
    lang: Lang,
    words: &ArgMatches,
) -> Result<Vec<&'a Lesson>, Failure> {
    if words.get_flag("all") {
        return Ok(workspace.lessons.iter().collect());
    }
    if let Some(named) = arguments::named_lesson_in(words) {
        return choose::lessons(workspace, lang, &[named]);
    }
    let here = choose::lesson_or_here(workspace, lang, None)?;
    here.map(|lesson| vec![lesson])
        .ok_or_else(|| choose::all_are_passed(lang))
}

/// Of each step that was judged, whether it passed; the others stay as they were.
/// `programs` are the fingerprints of what was checked.
fn remember(
    workspace: &Workspace,
    results: &[LessonResult<'_>],
    programs: Vec<Option<String>>,
) -> Result<()> {
    Progress::change(workspace, |progress| {
        for (result, program) in results.iter().zip(programs) {
            if let Some(Unable::Lesson(_) | Unable::Rest(_)) = result.unable {
                continue;
            }
            let mut known = progress.of(&result.lesson.name);
            let judged = result.steps.iter();
            for step in judged.filter(|step| step.verdict != Verdict::Broken) {
                let number = step.number;
                let places = [
                    (&mut known.passed, step.passed()),
                    (&mut known.unseen, step.is_done() && !step.passed()),
                ];
                for (steps, is_one) in places {
                    steps.retain(|known| *known != number);
                    steps.extend(is_one.then_some(number));
                    steps.sort_unstable();
                }
            }
            if result.alone.is_none() {
                known.checked = program;
            }
            progress.set(&result.lesson.name, known);
        }
    })
}
