//! `cargo xtask check`: builds lessons, runs their scenarios, and reports.

use crate::choose;
use crate::cli::Check;
use crate::compile::{self, Build};
use crate::explain::{self, Rules};
use crate::failure::Failure;
use crate::given::Given;
use crate::lang::Lang;
use crate::lesson::Lesson;
use crate::progress::Progress;
use crate::report;
use crate::results::{LessonResult, PASSED, ScenarioResult, StepResult, Unable};
use crate::scenarios;
use crate::side_by_side;
use crate::starter::Sources;
use crate::tr;
use crate::waiting;
use crate::workspace::Workspace;
use crate::written::Written;
use anyhow::{Context, Result};
use probe::{Reason, Report, Verdict};
use std::fs;
use std::path::PathBuf;

/// How many lessons are checked at the same time.
const SIDE_BY_SIDE: usize = 4;

pub fn run(workspace: &Workspace, lang: Lang, wanted: &Check) -> Result<u8, Failure> {
    if wanted.lessons.is_empty() && !wanted.all {
        return Err(Failure::Usage(tr!(
            lang,
            "어느 레슨을 검사할까요? 예: cargo xtask check lesson-04, 모두는 --all.",
            "Which lesson? For example cargo xtask check lesson-04, or --all."
        )));
    }
    let lessons = if wanted.all {
        workspace.lessons.iter().collect()
    } else {
        choose::lessons(workspace, lang, &wanted.lessons)?
    };
    let given = Given::of(wanted, lang)?;
    for lesson in &lessons {
        given.fits(lesson, lang)?;
    }
    let checker = Checker {
        workspace,
        lang,
        solution: wanted.solution,
        given,
        rules: Rules::read()?,
    };
    let results = checker.check(&lessons)?;
    if wanted.json {
        report::print_json(&results, lang)?;
    } else {
        for (index, result) in results.iter().enumerate() {
            if index > 0 {
                anstream::println!();
            }
            report::print(result, lang, wanted.verbose);
        }
    }
    if !wanted.solution && checker.given.is_empty() {
        remember(workspace, &results)?;
    }
    Ok(results
        .iter()
        .map(LessonResult::status)
        .max()
        .unwrap_or(PASSED))
}

struct Checker<'a> {
    workspace: &'a Workspace,
    lang: Lang,
    solution: bool,
    given: Given,
    rules: Rules,
}

impl Checker<'_> {
    fn check<'a>(&self, lessons: &[&'a Lesson]) -> Result<Vec<LessonResult<'a>>> {
        let there: Vec<_> = lessons
            .iter()
            .filter(|lesson| self.why_not(lesson).is_none())
            .collect();
        let packages: Vec<_> = there.iter().map(|lesson| self.package(lesson)).collect();
        let build = if packages.is_empty() {
            Build::default()
        } else {
            compile::packages(self.workspace, &packages)?
        };
        let results = side_by_side::map(lessons, SIDE_BY_SIDE, |lesson| {
            self.check_one(lesson, &build)
        });
        results.into_iter().collect()
    }

    fn check_one<'a>(&self, lesson: &'a Lesson, build: &Build) -> Result<LessonResult<'a>> {
        let unable = |why: String| LessonResult {
            unable: Some(Unable::Lesson(why)),
            ..LessonResult::nothing_ran(lesson, Verdict::Broken, None)
        };
        if let Some(why) = self.why_not(lesson) {
            return Ok(unable(why));
        }
        if let Some(words) = &build.refused {
            return Ok(unable(tr!(
                self.lang,
                "cargo가 시작하지 못했습니다.\n{words}",
                "cargo could not begin.\n{words}"
            )));
        }
        let written = self.written(lesson)?;
        let written = written.as_ref();
        let built = build
            .of(&self.package(lesson))
            .with_context(|| format!("cargo said nothing of {}", lesson.name))?;
        let Some(tests) = built
            .executables
            .get("check")
            .filter(|_| built.errors.is_empty())
        else {
            let nothing = LessonResult::nothing_ran(lesson, Verdict::DidNotCompile, written);
            return Ok(LessonResult {
                errors: built.errors.clone(),
                ..nothing
            });
        };
        let commands = self.given.commands(lesson);
        let mut reports =
            scenarios::run(self.workspace, lesson, tests, commands.as_ref(), written)?;
        reports.retain(|report| report.reason != Some(Reason::NotGiven));
        let explained = reports
            .into_iter()
            .map(|report| self.explained(lesson, written, report));
        let scenarios = explained.collect::<Result<_>>()?;
        Ok(LessonResult {
            of_commands: !self.given.is_empty(),
            ..LessonResult::of_scenarios(lesson, scenarios, built.warnings.clone(), written)
        })
    }

    /// What the source says of the steps; `None` where the learner's own is not checked.
    fn written(&self, lesson: &Lesson) -> Result<Option<Written>> {
        if self.solution || !self.given.is_empty() {
            return Ok(None);
        }
        let files = self.workspace.program_files_of(lesson);
        let programs = lesson.roles.iter().cloned().zip(files);
        let read = |(role, path): (String, PathBuf)| {
            let text = fs::read_to_string(&path);
            Ok((
                role,
                text.with_context(|| format!("{} cannot be read", path.display()))?,
            ))
        };
        let programs: Vec<_> = programs.map(read).collect::<Result<_>>()?;
        let sources = Sources::read(self.workspace, lesson)?;
        Ok(Some(Written::of(lesson, &sources, &programs)?))
    }

    fn explained(
        &self,
        lesson: &Lesson,
        written: Option<&Written>,
        mut report: Report,
    ) -> Result<ScenarioResult> {
        if let Some(written) = written {
            written.correct(&mut report);
        }
        let explanation = written
            .and_then(|written| explain::of_the_source(written, &report, self.lang))
            .or_else(|| self.rules.explain(lesson, &report, self.lang));
        let waiting = waiting::describe(&report, self.lang)?;
        Ok(ScenarioResult {
            report,
            explanation,
            waiting,
        })
    }

    /// Whose test binary runs. On a command of its own the solution's does, for that
    /// compiles whatever is in the lesson.
    fn package(&self, lesson: &Lesson) -> String {
        if self.solution || !self.given.is_empty() {
            lesson.solution_package()
        } else {
            lesson.name.clone()
        }
    }

    /// What is missing for a check of `lesson`.
    fn why_not(&self, lesson: &Lesson) -> Option<String> {
        let folder = self.workspace.starter_of(lesson);
        let tests = folder.join("tests").join("check.rs");
        let mut files = vec![folder.join("Cargo.toml")];
        files.extend(self.workspace.program_files_of(lesson));
        files.push(tests.clone());
        let missing = files.iter().find(|path| !path.is_file())?;
        let file = missing
            .strip_prefix(&self.workspace.root)
            .unwrap_or(missing)
            .display();
        let (name, short) = (&lesson.name, lesson.number());
        Some(if tests.is_file() {
            tr!(
                self.lang,
                "{file} 파일이 없습니다. cargo xtask reset {short}이(가) 시작 코드를 다시 만듭니다.",
                "{file} is missing; cargo xtask reset {short} writes the starter again."
            )
        } else {
            tr!(
                self.lang,
                "{file} 파일이 없습니다. git checkout -- lessons/{name}/tests가 되찾아 줍니다. src는 그대로 둡니다.",
                "{file} is missing; git checkout -- lessons/{name}/tests brings it back, and leaves src alone."
            )
        })
    }
}

fn remember(workspace: &Workspace, results: &[LessonResult<'_>]) -> Result<()> {
    let mut progress = Progress::read(workspace);
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
    progress.write(workspace)
}
