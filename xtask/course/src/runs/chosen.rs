//! Which scenario is recorded: named, or the first of a step as they stand in `check.rs`.

use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::choose;
use crate::lesson::definition::Lesson;
use crate::lesson::order::Order;
use crate::lesson::workspace::Workspace;
use crate::scenarios::of_solution;
use crate::tr;
use anyhow::anyhow;
use std::fs;

/// The name of the scenario that `word` means: a step's number, a scenario, or nothing.
pub fn scenario_of(
    workspace: &Workspace,
    lesson: &Lesson,
    word: Option<&str>,
    lang: Lang,
) -> Result<String, Failure> {
    let Some(word) = word else {
        return first(workspace, lesson, None, lang);
    };
    if word.chars().all(|c| c.is_ascii_digit()) {
        let step = choose::step(workspace, lesson, lang, word)?;
        return first(workspace, lesson, Some(step), lang);
    }
    if lesson.scenarios.contains_key(word) {
        return Ok(word.to_owned());
    }
    Err(of_solution::no_such_scenario(lesson, word, lang))
}

fn first(
    workspace: &Workspace,
    lesson: &Lesson,
    step: Option<u32>,
    lang: Lang,
) -> Result<String, Failure> {
    let order = Order::of(workspace, lesson);
    let mut found: Vec<_> = lesson
        .scenarios
        .keys()
        .filter(|name| step.is_none_or(|step| step_of(workspace, lesson, name) == Some(step)))
        .filter_map(|name| Some((order.place(name)?, name)))
        .collect();
    found.sort();
    let first = found.first().map(|(_, name)| (*name).clone());
    first.ok_or_else(|| {
        Failure::Unable(anyhow!(tr!(
            lang,
            "이 단계에는 시나리오가 없습니다",
            "this step has no scenario"
        )))
    })
}

/// As its snapshot says.
fn step_of(workspace: &Workspace, lesson: &Lesson, scenario: &str) -> Option<u32> {
    let folder = workspace.solution_of(lesson).join("snapshots");
    let text = fs::read_to_string(folder.join(format!("{scenario}.snap"))).ok()?;
    let mut lines = text.lines();
    lines.find_map(|line| line.strip_prefix("description: step ")?.parse().ok())
}
