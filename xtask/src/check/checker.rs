//! One check: builds the lessons' packages, runs their scenarios, and gathers what is found
//! of them: whose step it is, which mistake, what is to be said.

use crate::build::compile::{self, Build};
use crate::build::compiler;
use crate::build::refused;
use crate::check::given::{self, Given};
use crate::check::lesson_result::{LessonResult, Unable};
use crate::check::missing;
use crate::check::own_programs::OwnPrograms;
use crate::check::script;
use crate::check::step_result::{ScenarioResult, StepResult};
use crate::explain::difference::is_another_than_was_given;
use crate::explain::explanation::{self, Rules};
use crate::explain::gloss::Glosses;
use crate::explain::signature::Signatures;
use crate::explain::trial::Finding;
use crate::explain::trial::folder;
use crate::explain::waiting;
use crate::lang::Lang;
use crate::lesson::definition::{Lesson, Mistake};
use crate::lesson::order::Order;
use crate::lesson::untouched;
use crate::lesson::workspace::Workspace;
use crate::lesson::written::Written;
use crate::scenarios::binary::Told;
use crate::scenarios::of_lesson::{self, Part, Ran};
use crate::side_by_side;
use anyhow::{Context, Result};
use probe::{Reason, Report, Verdict};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

/// How many lessons are checked at the same time.
const SIDE_BY_SIDE: usize = 5;

/// What is checked, beside the lessons.
pub struct Checker<'a> {
    pub workspace: &'a Workspace,
    pub lang: Lang,
    /// The solution, and not the learner's program.
    pub solution: bool,
    /// The one step that is asked for, of one lesson.
    pub step: Option<u32>,
    pub given: Given,
    pub rules: Rules,
}

impl Checker<'_> {
    pub fn check<'a>(&self, lessons: &[&'a Lesson]) -> Result<Vec<LessonResult<'a>>> {
        probe::sweep_what_was_left_behind(&self.workspace.root.join("target"));
        folder::sweep(self.workspace);
        let there: Vec<_> = lessons
            .iter()
            .filter(|lesson| missing::why_not(self.workspace, lesson, self.lang).is_none())
            .collect();
        let packages: Vec<_> = there.iter().map(|lesson| self.package(lesson)).collect();
        let build = if packages.is_empty() {
            Build::default()
        } else {
            compile::packages(self.workspace, &packages)?
        };
        // The later ones have most to be seen and to be waited for: what begins last is soon done.
        let mut in_turn: Vec<_> = lessons.iter().enumerate().collect();
        in_turn.sort_by_key(|(_, lesson)| Reverse(&lesson.name));
        let mut results = side_by_side::map(&in_turn, SIDE_BY_SIDE, |(place, lesson)| {
            (*place, self.check_one(lesson, &build))
        });
        results.sort_by_key(|(place, _)| *place);
        results.into_iter().map(|(_, result)| result).collect()
    }

    fn check_one<'a>(&self, lesson: &'a Lesson, build: &Build) -> Result<LessonResult<'a>> {
        let unable = |why: String| LessonResult {
            unable: Some(Unable::Lesson(why)),
            ..LessonResult::nothing_ran(lesson, Verdict::Broken, None).of_step(self.step)
        };
        if let Some(why) = missing::why_not(self.workspace, lesson, self.lang) {
            return Ok(unable(why));
        }
        if let Some(lack) = build.lack {
            return Ok(unable(lack.sentence(self.lang)));
        }
        if let Some(words) = &build.refused {
            let root = &self.workspace.root;
            return Ok(unable(refused::tell(words, root, self.lang)));
        }
        let since = Instant::now();
        let own = self.own_programs(lesson)?;
        let written = own.as_ref().map(|own| &own.written);
        let built = build
            .of(&self.package(lesson))
            .with_context(|| format!("cargo said nothing of {}", lesson.name))?;
        let Some(tests) = built
            .executables
            .get("check")
            .filter(|_| built.errors.is_empty())
        else {
            let nothing = LessonResult::nothing_ran(lesson, Verdict::DidNotCompile, written);
            let nothing = nothing.of_step(self.step);
            let of_the_scenarios = built.errors.iter().any(|error| of_the_scenarios(error));
            let changed = of_the_scenarios.then(|| {
                untouched::why_the_scenarios_do_not_compile(self.workspace, lesson, self.lang)
            });
            let (errors, more_errors) = compiler::first(&built.errors);
            return Ok(LessonResult {
                errors,
                more_errors,
                changed: changed.flatten(),
                ..nothing
            });
        };
        let commands = self.given.commands(lesson);
        let told = Told {
            commands: commands.as_ref(),
            written,
            ..Told::default()
        };
        let ran = self.ran(lesson, tests, told)?;
        let mut reports = ran.reports;
        self.put_in_order(lesson, &mut reports);
        reports.retain(|report| report.reason != Some(Reason::NotGiven));
        if let Some(written) = written {
            reports
                .iter_mut()
                .for_each(|report| written.correct(report));
        }
        let mut findings = match (&own, &ran.trouble) {
            (Some(own), None) => self.findings(lesson, own, build, tests, &reports)?,
            _ => BTreeMap::new(),
        };
        let trials = own.as_ref().filter(|_| !lesson.steps_to_write().is_empty());
        let mistakes = self.mistakes(lesson, &reports, trials.map(|_| &findings))?;
        let asked_for = |report: &Report| self.step.is_none_or(|step| step == report.step);
        let explained = reports.into_iter().filter(asked_for).map(|report| {
            let finding = findings.remove(&report.scenario);
            let mistake = mistakes.get(&report.scenario).copied();
            self.explained(written, report, finding, mistake)
        });
        let scenarios = explained.collect::<Result<_>>()?;
        let (warnings, _) = compiler::first(&built.warnings);
        let result = LessonResult::of_scenarios(lesson, scenarios, warnings, written);
        let result = result.of_step(self.step);
        if let Some(step) = self.step.filter(|_| result.steps.is_empty()) {
            return Ok(unable(given::about_a_step(step, self.lang)));
        }
        let trouble = ran
            .trouble
            .map(|trouble| trouble.tell(self.workspace, lesson, self.lang));
        let about_the_snapshots =
            || untouched::about_the_snapshots(self.workspace, lesson, self.lang);
        let functions = own.as_ref().map(|own| own.exchange.functions());
        let failed = result.steps.iter().any(StepResult::fails);
        let glosses = failed.then(|| Glosses::of(&self.workspace.solution_of(lesson), self.lang));
        let by_hand = self.by_hand(&result);
        Ok(LessonResult {
            by_hand,
            glosses: glosses.unwrap_or_default(),
            functions: functions.unwrap_or_default(),
            of_commands: !self.given.is_empty(),
            next: self.next_after(lesson),
            took: since.elapsed(),
            book_is_there: self.workspace.chapter_of(lesson, self.lang).exists(),
            // Whoever records new ones knows.
            changed: (!self.solution).then(about_the_snapshots).flatten(),
            unable: trouble.map(Unable::Rest).or(result.unable),
            ..result
        })
    }

    /// Runs the scenarios, or those of the step that is asked for. What it means that one of
    /// these does not pass, only all of them together tell.
    fn ran(&self, lesson: &Lesson, tests: &Path, told: Told<'_>) -> Result<Ran> {
        let run = |part| of_lesson::run(self.workspace, lesson, tests, told, part);
        let Some(step) = self.step else {
            return run(Part::All);
        };
        let mut ran = run(Part::OfStep(step))?;
        let fails = |report: &Report| {
            let lacks = told
                .written
                .is_some_and(|written| written.lacks(report.step));
            report.verdict.is_a_failure() && !lacks
        };
        if ran.trouble.is_none() && ran.reports.iter().any(fails) {
            let others = run(Part::OfOthers(step))?;
            ran.reports.extend(others.reports);
        }
        Ok(ran)
    }

    /// What cannot be written is a convenience less; the verdict stands without it.
    fn by_hand(&self, result: &LessonResult<'_>) -> Option<String> {
        let (step, told) = result.told()?;
        let (lesson, step) = (result.lesson, step.number.to_string());
        let written = script::write(self.workspace, lesson, &step, &told.report, self.lang);
        written.ok().flatten()
    }

    /// The number of the lesson after this one, for a learner who goes through them; after
    /// a step, its lesson's own.
    fn next_after(&self, lesson: &Lesson) -> Option<String> {
        if self.solution {
            return None;
        }
        if self.step.is_some() {
            return self.given.is_empty().then(|| lesson.number().to_owned());
        }
        let lessons = self.workspace.lessons.iter();
        let next = lessons.skip_while(|one| one.name != lesson.name).nth(1)?;
        Some(next.number().to_owned())
    }

    /// As the scenarios stand in `tests/check.rs`: the simplest of a step come first.
    fn put_in_order(&self, lesson: &Lesson, reports: &mut [Report]) {
        let order = Order::of(self.workspace, lesson);
        reports.sort_by_key(|report| order.place(&report.scenario));
    }

    /// What the source says; `None` where the learner's own is not checked.
    fn own_programs(&self, lesson: &Lesson) -> Result<Option<OwnPrograms>> {
        if self.solution || !self.given.is_empty() {
            return Ok(None);
        }
        OwnPrograms::read(self.workspace, lesson).map(Some)
    }

    /// Whose step it is that a scenario does not pass.
    fn findings(
        &self,
        lesson: &Lesson,
        own: &OwnPrograms,
        build: &Build,
        tests: &Path,
        reports: &[Report],
    ) -> Result<BTreeMap<String, Finding>> {
        let asked_for = |report: &&Report| self.step.is_none_or(|step| step == report.step);
        let failed = reports.iter().filter(asked_for);
        let failed = failed.filter(|report| report.verdict.is_a_failure());
        let failed: Vec<&Report> = failed.collect();
        // Programs that all want one port are in each other's way; trials beside each other too.
        if failed.is_empty()
            || failed
                .iter()
                .any(|report| is_another_than_was_given(report))
        {
            return Ok(BTreeMap::new());
        }
        own.findings(self.workspace, lesson, build, tests, &failed, self.lang)
    }

    /// Which mistake it is that a scenario does not pass. With `findings`, those of trials,
    /// it is named only where these have found the step.
    fn mistakes<'a>(
        &self,
        lesson: &'a Lesson,
        reports: &[Report],
        findings: Option<&BTreeMap<String, Finding>>,
    ) -> Result<BTreeMap<String, &'a Mistake>> {
        if !reports.iter().any(|report| report.verdict.is_a_failure()) {
            return Ok(BTreeMap::new());
        }
        let signatures = Signatures::read(&self.workspace.solution_of(lesson))?;
        let failed = reports
            .iter()
            .filter(|report| report.verdict.is_a_failure());
        let of = |report: &Report| match findings {
            Some(findings) => {
                let finding = findings.get(&report.scenario)?;
                signatures.mistake(lesson, reports, Some(finding))
            }
            None => signatures.mistake(lesson, reports, None),
        };
        Ok(failed
            .filter_map(|report| Some((report.scenario.clone(), of(report)?)))
            .collect())
    }

    fn explained(
        &self,
        written: Option<&Written>,
        report: Report,
        finding: Option<Finding>,
        mistake: Option<&Mistake>,
    ) -> Result<ScenarioResult> {
        let explanation = written
            .and_then(|written| explanation::of_the_source(written, &report))
            .or_else(|| self.rules.explain(&report, mistake));
        let waiting = waiting::describe(&report, self.lang)?;
        Ok(ScenarioResult {
            report,
            finding,
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
}

/// Is it about the lesson's `tests/check.rs`, or what it takes in, as rustc writes the path?
fn of_the_scenarios(error: &str) -> bool {
    let files = ["tests/check.rs", "tests\\check.rs", "chat/mod.rs"];
    files.iter().any(|file| error.contains(file))
}
