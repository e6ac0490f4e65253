//! What a lesson still lacks, in the order in which CONTRIBUTING.md says how to add one.
//! Only what a look at its files tells: whether all of it is right, the proofs show.

use crate::lang::Lang;
use crate::lesson::definition::{Lesson, Step};
use crate::lesson::starter::{self, Sources};
use crate::lesson::workspace::Workspace;
use crate::tr;
use specification::Spec;
use std::fs;
use std::path::{Path, PathBuf};

/// What the skeleton of a lesson says where there is something left to do.
const LEFT: &str = "TODO";

/// The fewest hints of a step, and the fewest right programs of other shapes.
const HINTS: usize = 2;
const OTHERS: usize = 2;

/// One sentence each.
pub fn of(workspace: &Workspace, lesson: &Lesson, lang: Lang) -> Vec<String> {
    let solution = workspace.solution_of(lesson);
    let mut lacking = Vec::new();
    lacking.extend(left_to_do(workspace, lesson, lang));
    if let Err(error) = Sources::read(workspace, lesson) {
        lacking.push(format!("{error:#}"));
    }
    for (number, step) in lesson.numbered_steps() {
        lacking.extend(of_step(lesson, number, step, lang));
    }
    lacking.extend(starter_of(workspace, lesson, lang));
    lacking.extend(scenarios_of(workspace, lesson, lang));
    if let Err(error) = Spec::read(&solution) {
        lacking.push(format!("{error:#}"));
    }
    for role in &lesson.roles {
        let file = solution.join("python").join(Lesson::file_of(role));
        lacking.extend(file_at(workspace, &file.with_extension("py"), lang));
    }
    lacking.extend(file_at(workspace, &solution.join("signatures.toml"), lang));
    lacking.extend(chapters_of(workspace, lesson, lang));
    lacking.extend(others_of(workspace, lesson, lang));
    lacking
}

/// Is it there?
fn file_at(workspace: &Workspace, path: &Path, lang: Lang) -> Option<String> {
    let name = workspace.path_of(path);
    (!path.is_file()).then(|| tr!(lang, "{name}이(가) 없습니다", "{name} is not there"))
}

fn left_to_do(workspace: &Workspace, lesson: &Lesson, lang: Lang) -> Vec<String> {
    let solution = workspace.solution_of(lesson);
    let mut files: Vec<PathBuf> = ["lesson.toml", "scenarios.toml", "spec.toml"]
        .map(|file| solution.join(file))
        .into();
    let roles = lesson.roles.iter();
    files.extend(roles.map(|role| {
        solution
            .join("src")
            .join(Lesson::file_of(role))
            .with_extension("rs")
    }));
    files.push(check_of(workspace, lesson));
    files.extend(["ko", "en"].map(|edition| chapter_of(workspace, lesson, edition)));
    let left = files.into_iter().filter_map(|file| {
        let text = fs::read_to_string(&file).ok()?;
        let count = text.matches(LEFT).count();
        let name = workspace.path_of(&file);
        (count > 0).then(|| {
            tr!(
                lang,
                "{name}에 {LEFT}가 {count}군데 남았습니다",
                "{name} still says {LEFT}, {count} times"
            )
        })
    });
    left.collect()
}

fn of_step(lesson: &Lesson, number: u32, step: &Step, lang: Lang) -> Vec<String> {
    let mut lacking = Vec::new();
    let hints = step.hints.len();
    if step.stub.is_some() && hints < HINTS {
        lacking.push(tr!(
            lang,
            "{number}단계의 힌트가 {hints}개입니다. 두세 개가 있어야 합니다",
            "step {number} has {hints} hints; it should have two or three"
        ));
    }
    let mut mistakes = lesson.mistakes.iter();
    if step.stub.is_some() && !mistakes.any(|mistake| mistake.steps().contains(&number)) {
        lacking.push(tr!(
            lang,
            "{number}단계의 흔한 실수가 없습니다",
            "step {number} has no mistake"
        ));
    }
    lacking
}

fn starter_of(workspace: &Workspace, lesson: &Lesson, lang: Lang) -> Option<String> {
    let number = lesson.number();
    let same = starter::is_as_generated(workspace, lesson).unwrap_or(false);
    (!same).then(|| {
        tr!(
            lang,
            "시작 코드가 풀이에서 만든 것과 다릅니다: cargo xtask dev stub {number}",
            "the starter is not the one that the solution gives: cargo xtask dev stub {number}"
        )
    })
}

fn check_of(workspace: &Workspace, lesson: &Lesson) -> PathBuf {
    workspace.starter_of(lesson).join("tests/check.rs")
}

fn scenarios_of(workspace: &Workspace, lesson: &Lesson, lang: Lang) -> Vec<String> {
    let text = fs::read_to_string(check_of(workspace, lesson)).unwrap_or_default();
    let names = tests_in(&text);
    let mut lacking = Vec::new();
    if names.is_empty() {
        let file = workspace.path_of(&check_of(workspace, lesson));
        lacking.push(tr!(
            lang,
            "{file}에 시나리오가 없습니다",
            "{file} has no scenario"
        ));
    }
    let recorded = probe::scenarios_of(&workspace.snapshots_of(lesson));
    let number = lesson.number();
    for name in &names {
        if !lesson.scenarios.contains_key(name) {
            lacking.push(tr!(
                lang,
                "scenarios.toml이 {name}을(를) 설명하지 않습니다",
                "scenarios.toml does not describe {name}"
            ));
        }
        if !recorded.contains(name) {
            lacking.push(tr!(
                lang,
                "{name}의 스냅샷이 없습니다: cargo xtask dev bless {number}",
                "{name} has no snapshot: cargo xtask dev bless {number}"
            ));
        }
    }
    let told = lesson.scenarios.keys().map(|name| ("scenarios.toml", name));
    let caught = lesson
        .mistakes
        .iter()
        .map(|mistake| ("lesson.toml", &mistake.caught_by));
    for (file, name) in told.chain(caught) {
        if !names.contains(name) {
            lacking.push(tr!(
                lang,
                "{file}이 말하는 시나리오 {name}이(가) 없습니다",
                "{file} names {name}, and there is no such scenario"
            ));
        }
    }
    lacking
}

/// The names of the functions that follow `#[test]`.
fn tests_in(text: &str) -> Vec<String> {
    let tests = text.split("#[test]").skip(1);
    let name = |test: &str| {
        let (_, rest) = test.split_once("fn ")?;
        Some(rest.split('(').next()?.trim().to_owned())
    };
    tests.filter_map(name).collect()
}

fn chapter_of(workspace: &Workspace, lesson: &Lesson, edition: &str) -> PathBuf {
    let folder = workspace.root.join("book").join(edition);
    folder.join(format!("{}.md", lesson.name))
}

fn chapters_of(workspace: &Workspace, lesson: &Lesson, lang: Lang) -> Vec<String> {
    let mut lacking = Vec::new();
    let name = &lesson.name;
    for edition in ["ko", "en"] {
        let chapter = chapter_of(workspace, lesson, edition);
        lacking.extend(file_at(workspace, &chapter, lang));
        let summary = chapter.with_file_name("SUMMARY.md");
        lacking.extend(names(workspace, &summary, &format!("({name}.md)"), lang));
    }
    let row = format!("| {} | {} |", lesson.number(), lesson.topic());
    for readme in ["README.md", "README.ko.md"] {
        lacking.extend(names(workspace, &workspace.root.join(readme), &row, lang));
    }
    lacking
}

/// Does a file have these words?
fn names(workspace: &Workspace, file: &Path, words: &str, lang: Lang) -> Option<String> {
    let text = fs::read_to_string(file).unwrap_or_default();
    let name = workspace.path_of(file);
    (!text.contains(words)).then(|| {
        tr!(
            lang,
            "{name}에 이 레슨의 줄이 없습니다: {words}",
            "{name} has no line for it: {words}"
        )
    })
}

fn others_of(workspace: &Workspace, lesson: &Lesson, lang: Lang) -> Option<String> {
    let folder = workspace.solution_of(lesson).join("others/right");
    let count = fs::read_dir(&folder).into_iter().flatten().count();
    let name = workspace.path_of(&folder);
    (count < OTHERS && !lesson.steps_to_write().is_empty()).then(|| {
        tr!(
            lang,
            "{name}에 다른 형식의 맞는 프로그램이 {count}개입니다. 둘은 있어야 합니다",
            "{name} has {count} right programs of another shape; it should have two"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_known_by_their_names() {
        let text = "#[test]\nfn a() {}\nfn b() {}\n#[test]\n#[cfg(unix)]\nfn c_d() {}\n";
        assert_eq!(tests_in(text), ["a", "c_d"]);
    }
}
