//! `cargo xtask dev bless`: records the snapshots from the solutions, with insta
//! itself, and removes those whose scenario is gone. Look at the diff before you
//! commit it; `cargo insta review` does the same one by one.

use crate::arguments;
use crate::build::compile;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::choose;
use crate::lesson::definition::Lesson;
use crate::lesson::workspace::Workspace;
use crate::status::Status;
use crate::tr;
use anyhow::{Context, Result};
use clap::ArgMatches;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

pub fn line() -> clap::Command {
    clap::Command::new("bless")
        .about("스냅샷을 기록합니다 / record the snapshots")
        .args([arguments::some_lessons()])
}

pub fn run(workspace: &Workspace, lang: Lang, words: &ArgMatches) -> Result<Status, Failure> {
    let lessons = choose::lessons_or_all(workspace, lang, &arguments::lessons_in(words))?;
    let packages: Vec<_> = lessons
        .iter()
        .map(|lesson| lesson.solution_package())
        .collect();
    let build = compile::packages(workspace, &packages)?;
    let mut status = Status::Passed;
    for lesson in lessons {
        let name = &lesson.name;
        let tests = build
            .of(&lesson.solution_package())
            .and_then(|built| built.executables.get("check"));
        let Some(tests) = tests else {
            crate::say!(
                "{}",
                tr!(
                    lang,
                    "{name}: 풀이가 컴파일되지 않습니다",
                    "{name}: the solution does not compile"
                )
            );
            status = Status::NotYet;
            continue;
        };
        let before = snapshots(workspace, lesson);
        let good = record(workspace, lesson, tests)?;
        let after = snapshots(workspace, lesson);
        let changed: Vec<_> = after
            .iter()
            .filter(|(file, text)| before.get(*file) != Some(text))
            .map(|(file, _)| file)
            .collect();
        let removed: Vec<_> = before
            .keys()
            .filter(|file| !after.contains_key(*file))
            .collect();
        for file in changed {
            crate::say!(
                "{}",
                tr!(lang, "{name}: 기록함 {file}", "{name}: recorded {file}")
            );
        }
        for file in removed {
            crate::say!(
                "{}",
                tr!(lang, "{name}: 지움 {file}", "{name}: removed {file}")
            );
        }
        if !good {
            crate::say!(
                "{}",
                tr!(
                    lang,
                    "{name}: 풀이가 시나리오를 끝내지 못합니다",
                    "{name}: the solution does not complete its scenarios"
                )
            );
            status = Status::NotYet;
        }
    }
    Ok(status)
}

/// Runs the solution's scenarios with insta recording; false if any failed.
fn record(workspace: &Workspace, lesson: &Lesson, tests: &Path) -> Result<bool> {
    let output = Command::new(tests)
        .arg("--quiet")
        .current_dir(workspace.solution_of(lesson))
        .env("INSTA_UPDATE", "always")
        .env_remove("INSTA_FORCE_PASS")
        .output()
        .with_context(|| format!("{} could not be started", tests.display()))?;
    if !output.status.success() {
        crate::say!("{}", String::from_utf8_lossy(&output.stdout).trim_end());
        return Ok(false);
    }
    remove_orphans(workspace, lesson, tests)?;
    Ok(true)
}

fn remove_orphans(workspace: &Workspace, lesson: &Lesson, tests: &Path) -> Result<()> {
    let listed = Command::new(tests)
        .args(["--list", "--format", "terse"])
        .output()
        .context("the scenarios cannot be listed")?;
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    let names: Vec<_> = listed
        .lines()
        .filter_map(|line| line.strip_suffix(": test"))
        .collect();
    let folder = workspace.snapshots_of(lesson);
    for scenario in probe::scenarios_of(&folder) {
        if !names.contains(&scenario.as_str()) {
            let file = folder.join(format!("{scenario}.snap"));
            fs::remove_file(&file)
                .with_context(|| format!("{} cannot be removed", file.display()))?;
        }
    }
    Ok(())
}

fn snapshots(workspace: &Workspace, lesson: &Lesson) -> BTreeMap<String, String> {
    let folder = workspace.snapshots_of(lesson);
    let text =
        |name: &String| fs::read_to_string(folder.join(format!("{name}.snap"))).unwrap_or_default();
    probe::scenarios_of(&folder)
        .into_iter()
        .map(|name| (name.clone(), text(&name)))
        .collect()
}
