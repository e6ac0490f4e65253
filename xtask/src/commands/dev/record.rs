//! `cargo xtask dev record`: records the solutions' runs that the book steps through, or with
//! `--check` records them again and compares.

use crate::arguments::{self, flag};
use crate::build::compile;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::choose;
use crate::lesson::definition::Lesson;
use crate::lesson::workspace::Workspace;
use crate::runs::{recorder, store};
use crate::scenarios::of_solution;
use crate::status::Status;
use crate::tr;
use anyhow::Context;
use clap::{Arg, ArgAction, ArgMatches};
use probe::Verdict;
use recording::Run;
use std::fs;

const SCENARIO: &str = "scenario";

pub fn line() -> clap::Command {
    clap::Command::new("record")
        .about("책에서 한 단계씩 보는 풀이의 실행을 기록합니다 / record the runs that the book steps through")
        .args([
            arguments::some_lessons(),
            Arg::new(SCENARIO)
                .long(SCENARIO)
                .value_name("NAME")
                .action(ArgAction::Append)
                .help("이 시나리오를 (기본: 기록이 있는 것 모두) / this one (default: those of which there is a run)"),
            flag("check", "다시 기록해 비교만 합니다 / record again and compare, write nothing"),
        ])
}

pub fn run(workspace: &Workspace, lang: Lang, words: &ArgMatches) -> Result<Status, Failure> {
    let lessons = choose::lessons_or_all(workspace, lang, &arguments::lessons_in(words))?;
    let named: Vec<String> = words
        .get_many(SCENARIO)
        .into_iter()
        .flatten()
        .cloned()
        .collect();
    let mut due = Vec::new();
    for lesson in lessons {
        for name in &named {
            if !lesson.scenarios.contains_key(name) {
                return Err(of_solution::no_such_scenario(lesson, name, lang));
            }
        }
        let scenarios = match named.as_slice() {
            [] => store::scenarios(workspace, lesson),
            named => named.to_vec(),
        };
        if !scenarios.is_empty() {
            due.push((lesson, scenarios));
        }
    }
    let packages: Vec<_> = due
        .iter()
        .map(|(lesson, _)| lesson.solution_package())
        .collect();
    if packages.is_empty() {
        return Ok(Status::Passed);
    }
    let build = compile::packages(workspace, &packages)?;
    let mut status = Status::Passed;
    for (lesson, scenarios) in due {
        for scenario in scenarios {
            let found = recorder::of_solution(&build, lesson, &scenario)?;
            let (run, report) =
                found.map_err(|it| Failure::Unable(anyhow::Error::msg(it.sentence(lang))))?;
            if report.verdict != Verdict::Passed {
                let name = lesson.short_name();
                crate::say!(
                    "{}",
                    tr!(
                        lang,
                        "{name} {scenario}: 기록하는 동안 풀이가 통과하지 못했습니다. 그대로 둡니다",
                        "{name} {scenario}: the solution did not pass while it was recorded; nothing is written"
                    )
                );
                status = Status::NotYet;
                continue;
            }
            let said = if words.get_flag("check") {
                difference(workspace, lesson, &run, lang)?.inspect(|_| status = Status::NotYet)
            } else {
                written(workspace, lesson, &run, lang)?
            };
            if let Some(said) = said {
                crate::say!("{said}");
            }
        }
    }
    Ok(status)
}

/// What was written; `None` where it stands there already.
fn written(
    workspace: &Workspace,
    lesson: &Lesson,
    run: &Run,
    lang: Lang,
) -> Result<Option<String>, Failure> {
    let file = store::file(workspace, lesson, &run.scenario);
    let path = workspace.path_of(&file);
    let text = run.to_lines();
    if fs::read_to_string(&file).is_ok_and(|there| there == text) {
        return Ok(None);
    }
    let parent = file.parent().unwrap_or(&file);
    fs::create_dir_all(parent)
        .and_then(|()| fs::write(&file, text))
        .with_context(|| format!("{path} cannot be written"))?;
    Ok(Some(tr!(lang, "기록함 {path}", "recorded {path}")))
}

/// The first line in which the run is another one than was recorded.
fn difference(
    workspace: &Workspace,
    lesson: &Lesson,
    run: &Run,
    lang: Lang,
) -> Result<Option<String>, Failure> {
    let path = workspace.path_of(&store::file(workspace, lesson, &run.scenario));
    let Some(there) = store::read(workspace, lesson, &run.scenario)? else {
        return Ok(Some(tr!(
            lang,
            "{path}: 기록이 없습니다",
            "{path}: there is no run"
        )));
    };
    let (there, now) = (there.to_lines(), run.to_lines());
    let mut lines = (1..).zip(there.lines().map(Some).chain([None]));
    let mut of_now = now.lines().map(Some).chain([None]);
    let differs = lines.find_map(|(number, was)| {
        let is = of_now.next().flatten();
        (was != is).then(|| (number, was.unwrap_or("—"), is.unwrap_or("—")))
    });
    Ok(differs.map(|(number, was, is): (usize, &str, &str)| {
        tr!(
            lang,
            "{path}:{number}: 기록과 다릅니다. cargo xtask dev record로 다시 기록합니다\n  기록: {was}\n  지금: {is}",
            "{path}:{number}: not as recorded; cargo xtask dev record records it again\n  recorded: {was}\n  now:      {is}"
        )
    }))
}
