//! One scenario with the solution's programs: how it starts them, and what it types.

use crate::build::compile;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::definition::Lesson;
use crate::lesson::workspace::Workspace;
use crate::output::Meanwhile;
use crate::scenarios::binary::{self, Scenarios, Told, Until};
use crate::tr;
use anyhow::anyhow;
use probe::Report;
use std::time::Duration;

/// One scenario takes a second or two.
const LONGEST: Duration = Duration::from_secs(30);

/// How many near names a wrong one is answered with.
const NEAREST: usize = 3;

/// What the scenario of this name reports of the solution.
pub fn run(
    workspace: &Workspace,
    lesson: &Lesson,
    scenario: &str,
    lang: Lang,
) -> Result<Report, Failure> {
    if !lesson.scenarios.contains_key(scenario) {
        return Err(no_such_scenario(lesson, scenario, lang));
    }
    let _meanwhile = Meanwhile::say(&tr!(
        lang,
        "시나리오가 프로그램을 어떻게 실행하는지 보는 중…",
        "Looking how the scenario starts the program …"
    ));
    let package = lesson.solution_package();
    let build = compile::packages(workspace, std::slice::from_ref(&package))?;
    let tests = build.executable(&package, "check")?;
    let own = Told::default();
    let names = [scenario.to_owned()];
    let (_, reports) = binary::run(tests, own, Scenarios::Only(&names), Until::the_end(LONGEST))?;
    let found = reports.into_iter().find(|it| it.scenario == scenario);
    let started = found.filter(|report| !report.started.is_empty());
    started.ok_or_else(|| {
        Failure::Unable(anyhow!(tr!(
            lang,
            "시나리오 {scenario}은(는) 이 시스템에서 프로그램을 실행하지 않습니다",
            "the scenario {scenario} starts no program on this system"
        )))
    })
}

/// The answer to a name that no scenario has.
pub fn no_such_scenario(lesson: &Lesson, scenario: &str, lang: Lang) -> Failure {
    let mut names: Vec<_> = lesson.scenarios.keys().map(String::as_str).collect();
    names.sort_by_key(|name| strsim::damerau_levenshtein(name, scenario));
    names.truncate(NEAREST);
    let (near, lesson) = (names.join(", "), lesson.short_name());
    Failure::Usage(tr!(
        lang,
        "{lesson}에는 시나리오 '{scenario}'이(가) 없습니다. 가까운 이름: {near}.",
        "{lesson} has no scenario '{scenario}'. The nearest names: {near}."
    ))
}
