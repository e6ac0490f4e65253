//! What a failing scenario most likely means: the explanation of the lesson's
//! first mistake whose symptom it shows, else that of the first general rule in
//! `explanations.toml`.

use crate::difference::is_unfinished;
use crate::encoding;
use crate::lang::{Lang, Text};
use crate::lesson::{Explained, Lesson, Mistake, Symptom};
use crate::tr;
use crate::waiting;
use crate::written::Written;
use anyhow::{Context, Result};
use probe::{End, Event, Happening, Report, Verdict};
use serde::Deserialize;

/// What is said to the learner.
#[derive(Clone, Debug)]
pub struct Explanation {
    pub text: String,
    /// The mistake it belongs to; `None` for a general rule.
    pub mistake: Option<String>,
}

/// The general rules, in the order in which they are tried.
pub struct Rules {
    rules: Vec<Rule>,
}

#[derive(Deserialize)]
struct File {
    #[serde(rename = "rule")]
    rules: Vec<Rule>,
}

#[derive(Deserialize)]
struct Rule {
    #[serde(flatten)]
    symptom: Symptom,
    #[serde(default)]
    flooded: bool,
    /// Did it panic in a library's line?
    #[serde(default)]
    in_a_library: bool,
    /// Did a peer receive a part of what is due before the silence?
    #[serde(default)]
    unfinished: bool,
    explanation: Text,
}

impl Rules {
    pub fn read() -> Result<Self> {
        let file: File =
            toml::from_str(include_str!("../explanations.toml")).context("explanations.toml")?;
        Ok(Self { rules: file.rules })
    }

    /// `at_fault` are the steps in which there is something to mend, where that is known: a
    /// mistake of another step is not the reason.
    pub fn explain(
        &self,
        lesson: &Lesson,
        report: &Report,
        at_fault: Option<&[u32]>,
        lang: Lang,
    ) -> Option<Explanation> {
        if matches!(report.verdict, Verdict::Passed | Verdict::Skipped) {
            return None;
        }
        if let Some(text) = encoding::sentence(report, lang) {
            return Some(Explanation {
                text,
                mistake: None,
            });
        }
        for mistake in &lesson.mistakes {
            if let Explained::Explanation(text) = &mistake.explained
                && is_shown(mistake, report)
                && at_fault.is_none_or(|steps| mistake.is_in(steps))
            {
                return Some(Explanation {
                    text: text.of(lang).to_owned(),
                    mistake: Some(mistake.name.clone()),
                });
            }
        }
        let fits = |rule: &&Rule| {
            let in_a_library = report
                .panics
                .first()
                .is_some_and(|panic| panic.in_a_library);
            let known = (!rule.flooded || report.flooded)
                && (!rule.unfinished || is_unfinished(report))
                && (!rule.in_a_library || in_a_library);
            known && fits(&rule.symptom, report)
        };
        let rule = self.rules.iter().find(fits)?;
        Some(Explanation {
            text: fill_in(rule.explanation.of(lang), report, lang),
            mistake: None,
        })
    }
}

/// What the source explains of a scenario, before any rule is asked: a `todo!` that was
/// left in what is written otherwise, or another step that is not written.
pub fn of_the_source(written: &Written, report: &Report, lang: Lang) -> Option<Explanation> {
    let text = if matches!(report.verdict, Verdict::Passed | Verdict::Skipped) {
        return None;
    } else if let Some(place) = written.ran_into(report) {
        tr!(
            lang,
            "프로그램이 {place}에 남아 있는 todo!에 닿았습니다. 다 작성했다면 그 줄을 지우세요.",
            "The program came to the todo! that is left at {place}. If that part is written, take the line out."
        )
    } else if report.verdict == Verdict::NotWrittenYet
        && !written.lacks(report.step)
        && let Some(other) = written.waits_for(report)
    {
        tr!(
            lang,
            "아직 작성하지 않은 {other}단계에 닿았습니다. {other}단계를 작성해야 여기까지 옵니다.",
            "It came to step {other}, which is not written; it gets this far once that step is written."
        )
    } else {
        return None;
    };
    Some(Explanation {
        text,
        mistake: None,
    })
}

fn is_shown(mistake: &Mistake, report: &Report) -> bool {
    let here =
        mistake.caught_by == report.scenario || mistake.symptom.also_in.contains(&report.scenario);
    let expected = match report.verdict {
        Verdict::NotWrittenYet => false,
        // A panic has a place and a message of its own to tell.
        Verdict::Crashed => mistake.symptom.verdict == Some(Verdict::Crashed),
        // One that waits for no peer may be in the middle of what it has to do.
        Verdict::Hung if is_unfinished(report) && is_by_itself(report) => {
            mistake.symptom.waits_in.is_some()
        }
        _ => true,
    };
    here && expected && fits(&mistake.symptom, report)
}

/// Does a thread of the program sleep, stand still or run, rather than wait for a peer?
fn is_by_itself(report: &Report) -> bool {
    let words = ["sleep", "stopped", "busy"];
    let mut threads = report.waiting.iter();
    threads.any(|thread| words.contains(&waiting::word(&thread.doing)))
}

fn fits(symptom: &Symptom, report: &Report) -> bool {
    let at = report.differs_at.unwrap_or(usize::MAX - 1);
    let begins = |event: Option<&Event>, pattern: &Option<String>| match pattern {
        Some(pattern) => event.is_some_and(|event| event.begins_like(pattern)),
        None => true,
    };
    let has =
        |text: &str, part: &Option<String>| part.as_ref().is_none_or(|part| text.contains(part));
    let shows = |seen: Option<&Event>| {
        // A name that the program itself has typed in is none of the check's.
        let line = seen.map(|event| event.to_string().replace("\\<", "\\"));
        begins(seen, &symptom.sees) && has(&line.unwrap_or_default(), &symptom.showing)
    };
    let seen = report.actual.get(at);
    // A later step that is not written stands before the line in which a peer noticed.
    let cut_short = seen.is_some_and(|event| matches!(event.what, Happening::End(End::Todo(_))));
    symptom
        .verdict
        .is_none_or(|verdict| verdict == report.verdict)
        && (shows(seen) || cut_short && shows(report.actual.get(at + 1)))
        && begins(report.expected.get(at), &symptom.instead_of)
        && has(&report.stderr, &symptom.on_stderr)
        && waits(report, symptom.waits_in.as_deref())
}

/// Where the system does not show what a program waits in, it may be anything.
fn waits(report: &Report, wanted: Option<&str>) -> bool {
    let words = || {
        report
            .waiting
            .iter()
            .map(|thread| waiting::word(&thread.doing))
    };
    wanted.is_none_or(|wanted| report.waiting.is_empty() || words().any(|word| word == wanted))
}

/// A rule's text may name what only the report knows.
fn fill_in(text: &str, report: &Report, lang: Lang) -> String {
    let panic = report.panics.first();
    let from = panic.and_then(|panic| panic.called_from.as_ref());
    let from = from.map_or_else(String::new, |line| {
        tr!(lang, ", 부른 줄은 {line}", ", called from {line}")
    });
    let seen = report.differs_at.and_then(|at| report.actual.get(at));
    let unwritten = report.said_to_be_unwritten().into_iter().min();
    let step = unwritten
        .filter(|_| report.verdict == Verdict::NotWrittenYet)
        .unwrap_or(report.step);
    let rest = seen.map_or_else(|| "?".to_owned(), |event| event.what.rest());
    text.replace("{from}", &from)
        .replace("{place}", panic.map_or("?", |panic| &panic.place))
        .replace("{message}", panic.map_or("?", |panic| &panic.message))
        .replace("{who}", seen.map_or("?", |event| &event.who))
        .replace("{rest}", &rest)
        .replace("{seconds}", &(report.after_ms / 1000).to_string())
        .replace("{step}", &step.to_string())
        .replace("{kept}", &(probe::KEPT / 1024).to_string())
        .replace("{limit}", &(probe::MEMORY_LIMIT / 1024 / 1024).to_string())
}
