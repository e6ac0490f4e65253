//! The result of a lesson, of scenarios that ended in every way.

use super::*;
use crate::lang::Text;
use crate::lesson::definition::Step;
use crate::lesson::starter::Sources;
use crate::lesson::workspace::Workspace;
use Verdict::{Broken, Crashed, Differs, Hung, NotWrittenYet, Passed, Skipped};
use probe::Report;

/// The verdicts of a lesson's scenarios, by step; a scenario is named after its place.
fn result<'a>(
    lesson: &'a Lesson,
    verdicts: &[(u32, Verdict)],
    written: Option<&Written>,
) -> LessonResult<'a> {
    let scenario = |(index, (step, verdict)): (usize, &(u32, Verdict))| {
        let mut report = Report::new(&format!("scenario-{index}"), *step, *verdict);
        report.reason = (*verdict == Broken).then_some(Reason::TooBusy);
        if let Some(written) = written {
            written.correct(&mut report);
        }
        ScenarioResult {
            report,
            finding: None,
            explanation: None,
            waiting: None,
        }
    };
    let scenarios = verdicts.iter().enumerate().map(scenario).collect();
    LessonResult::of_scenarios(lesson, scenarios, Vec::new(), written)
}

fn lesson(subjects: &[&[&str]]) -> Lesson {
    let text = || Text {
        ko: String::new(),
        en: String::new(),
    };
    let step = |subject: &&[&str]| Step {
        title: text(),
        program: probe::ONLY.to_owned(),
        stub: Some(String::new()),
        unused: Vec::new(),
        task: text(),
        hints: Vec::new(),
        subject: subject.iter().map(|name| (*name).to_owned()).collect(),
    };
    Lesson {
        name: "lesson-98-test".to_owned(),
        title: text(),
        roles: vec![probe::ONLY.to_owned()],
        steps: subjects.iter().map(step).collect(),
        scenarios: BTreeMap::new(),
        mistakes: Vec::new(),
    }
}

#[test]
fn what_was_not_seen_has_not_passed_and_is_no_failure() {
    let lesson = lesson(&[&[], &["scenario-2"], &[]]);
    let result = result(
        &lesson,
        &[
            (1, Skipped),
            (2, Passed),
            (2, Skipped),
            (3, Passed),
            (3, Skipped),
        ],
        None,
    );
    let steps = |wanted: fn(&StepResult) -> bool| {
        let steps = result.steps.iter().filter(|step| wanted(step));
        steps.map(|step| step.number).collect::<Vec<_>>()
    };
    assert_eq!(steps(StepResult::passed), [3]);
    assert_eq!(steps(StepResult::is_done), [1, 2, 3]);
    assert_eq!(steps(StepResult::is_seen_in_part), [2, 3]);
    assert_eq!((result.passed(), result.status()), (true, Status::Passed));
    assert_eq!((result.skipped().count(), result.current_step()), (3, None));
}

#[test]
fn a_failure_outweighs_what_was_not_seen() {
    let lesson = lesson(&[&["scenario-0"]]);
    let result = result(&lesson, &[(1, Skipped), (1, Differs)], None);
    assert_eq!(result.steps[0].verdict, Differs);
    assert_eq!(result.status(), Status::NotYet);
}

#[test]
fn a_step_with_a_share_in_the_fault_is_not_held_up_by_the_others() {
    let lesson = lesson(&[&[], &[], &[]]);
    let scenario = |step| ScenarioResult {
        report: Report::new(&format!("of step {step}"), step, Differs),
        finding: Some(Finding::AllOf(vec![1, 2])),
        explanation: None,
        waiting: None,
    };
    let scenarios = [1, 2, 3].map(scenario).into();
    let result = LessonResult::of_scenarios(&lesson, scenarios, Vec::new(), None);
    let held_up: Vec<_> = result
        .steps
        .iter()
        .map(|step| step.held_up_by.is_some())
        .collect();
    assert_eq!(held_up, [false, false, true]);
    assert!(result.steps[0].fails() && result.steps[1].fails());
}

#[test]
fn a_scenario_counts_for_the_step_that_is_at_fault() {
    let lesson = lesson(&[&[], &[], &[], &[]]);
    let scenario = |(step, verdict, at_fault): (u32, Verdict, Option<u32>)| ScenarioResult {
        report: Report::new(&format!("of step {step}"), step, verdict),
        finding: at_fault.map(Finding::Step),
        explanation: None,
        waiting: None,
    };
    let scenarios = [
        (1, Differs, Some(3)),
        (2, Passed, None),
        (3, Passed, None),
        (4, Hung, Some(3)),
        (4, Differs, None),
    ];
    let scenarios = scenarios.map(scenario).into();
    let result = LessonResult::of_scenarios(&lesson, scenarios, Vec::new(), None);
    let steps: Vec<_> = result
        .steps
        .iter()
        .map(|step| {
            let held_up_by = step.held_up_by.clone();
            (step.verdict, held_up_by, step.fails(), step.is_done())
        })
        .collect();
    assert_eq!(
        steps,
        [
            (Skipped, Some(Finding::Step(3)), false, false),
            (Passed, None, false, true),
            (Hung, None, true, false),
            (Differs, Some(Finding::Step(3)), true, false),
        ]
    );
    assert_eq!(
        (result.at_fault(), result.current_step()),
        (vec![3], Some(3))
    );
    assert!(!result.passed());
}

#[test]
fn what_is_wrong_for_certain_is_told_whatever_could_not_be_seen() {
    let workspace = Workspace::find().unwrap();
    let lesson = workspace.lessons.iter().find(|it| it.topic() == "accept");
    let lesson = lesson.unwrap();
    let result = result(lesson, &[(1, Differs), (2, Broken), (3, Passed)], None);
    assert_eq!(result.status(), Status::NotYet);
    assert!(result.unable.is_some());
    assert_eq!(result.told().map(|(step, _)| step.number), Some(1));
    let result = self::result(lesson, &[(1, Broken), (2, Broken), (2, Differs)], None);
    let (step, told) = result.told().unwrap();
    assert_eq!((step.number, told.report.verdict), (2, Differs));
}

#[test]
fn a_step_that_is_not_written_never_fails() {
    let workspace = Workspace::find().unwrap();
    let lesson = workspace.lessons.iter().find(|it| it.topic() == "accept");
    let lesson = lesson.unwrap();
    let sources = Sources::read(&workspace, lesson).unwrap();
    let programs = sources.with_steps_written(lesson, 1);
    let written = Written::of(lesson, &sources, &programs).unwrap();
    for verdict in [Passed, NotWrittenYet, Differs, Crashed, Hung] {
        let result = result(
            lesson,
            &[(1, Passed), (2, verdict), (3, Hung)],
            Some(&written),
        );
        let verdicts: Vec<_> = result.steps.iter().map(|step| step.verdict).collect();
        assert_eq!(verdicts, [Passed, NotWrittenYet, NotWrittenYet]);
        assert!(result.steps[1].telling_scenario().is_none());
        assert_eq!(
            (result.current_step(), result.status()),
            (Some(2), Status::NotYet)
        );
    }
    let result = result(lesson, &[(1, Passed), (2, Broken)], Some(&written));
    assert_eq!(result.status(), Status::Unable);
    let nothing = LessonResult::nothing_ran(lesson, Verdict::DidNotCompile, Some(&written));
    let verdicts: Vec<_> = nothing.steps.iter().map(|step| step.verdict).collect();
    let unwritten = NotWrittenYet;
    assert_eq!(
        verdicts,
        [Verdict::DidNotCompile, unwritten, unwritten, unwritten]
    );
}
