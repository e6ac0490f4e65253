//! `cargo xtask check`: checks lessons, reports, and remembers what passed.

use crate::arguments::{self, flag, option, text_in};
use crate::check::checker::Checker;
use crate::check::given::Given;
use crate::check::lesson_result::LessonResult;
use crate::check::loopback;
use crate::check::step_result::StepResult;
use crate::explain::explanation::Rules;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::choose;
use crate::lesson::progress::Progress;
use crate::lesson::workspace::Workspace;
use crate::report;
use crate::status::Status;
use crate::tr;
use anyhow::Result;
use clap::ArgMatches;

pub fn line() -> clap::Command {
    clap::Command::new("check")
        .about("레슨을 검사합니다 / check what you wrote")
        .args([
            arguments::some_lessons(),
            flag("all", "모든 레슨 / all lessons"),
            flag("solution", "내 프로그램 대신 풀이를 / the solution instead")
                .conflicts_with_all(["server", "client"]),
            option("server", "COMMAND")
                .visible_alias("program")
                .help("레슨의 프로그램(서버) 대신 실행할 명령 / run this instead of the lesson's program (server)"),
            option("client", "COMMAND")
                .help("레슨의 클라이언트 대신 실행할 명령 / run this instead of the lesson's client"),
            flag("json", "채점 도구를 위한 JSON / JSON for graders"),
            flag("verbose", "통과한 대화와 컴파일러의 경고도 / passed conversations and warnings too")
                .short('v'),
        ])
}

pub fn run(workspace: &Workspace, lang: Lang, words: &ArgMatches) -> Result<Status, Failure> {
    let (named, all) = (arguments::lessons_in(words), words.get_flag("all"));
    if named.is_empty() && !all {
        return Err(Failure::Usage(tr!(
            lang,
            "어느 레슨을 검사할까요? 예: cargo xtask check lesson-04, 모두는 --all.",
            "Which lesson? For example cargo xtask check lesson-04, or --all."
        )));
    }
    let lessons = if all {
        workspace.lessons.iter().collect()
    } else {
        choose::lessons(workspace, lang, &named)?
    };
    let given = Given::of(text_in(words, "server"), text_in(words, "client"), lang)?;
    for lesson in &lessons {
        given.fits(lesson, lang)?;
    }
    let checker = Checker {
        workspace,
        lang,
        solution: words.get_flag("solution"),
        given,
        rules: Rules::read()?,
    };
    if let Some(trouble) = loopback::trouble(lang) {
        return Err(Failure::Unable(anyhow::Error::msg(trouble)));
    }
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
        if let Err(error) = remember(workspace, &results) {
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

fn remember(workspace: &Workspace, results: &[LessonResult<'_>]) -> Result<()> {
    Progress::change(workspace, |progress| {
        for result in results {
            let mut known = progress.of(&result.lesson.name);
            let steps = |wanted: fn(&StepResult) -> bool| {
                let steps = result.steps.iter().filter(|step| wanted(step));
                steps.map(|step| step.number).collect()
            };
            known.passed = steps(StepResult::passed);
            known.unseen = steps(|step| step.is_done() && !step.passed());
            progress.set(&result.lesson.name, known);
        }
    })
}
