//! What is said of a failing scenario beside its facts: the explanation of a kept mistake,
//! where the trials and the signature agree that it is that one, else that of the first
//! general rule in `explanations.toml` that fits.

use crate::explain::difference::is_unfinished;
use crate::explain::encoding;
use crate::lang::{Lang, Text};
use crate::lesson::definition::Mistake;
use crate::lesson::written::Written;
use crate::tr;
use anyhow::{Context, Result};
use probe::{Event, Happening, Report, Verdict};
use serde::Deserialize;

/// What is said to the learner.
#[derive(Clone, Debug)]
pub struct Explanation {
    pub text: Text,
    /// The mistake it belongs to; `None` for a general rule.
    pub mistake: Option<String>,
    /// The scenario in which that is best seen.
    pub seen_in: Option<String>,
}

impl Explanation {
    /// What belongs to no mistake, said in each language.
    fn general(said: impl Fn(Lang) -> Option<String>) -> Option<Self> {
        Some(Self {
            text: Text {
                ko: said(Lang::Ko)?,
                en: said(Lang::En)?,
            },
            mistake: None,
            seen_in: None,
        })
    }
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

/// How a failing scenario looks. What is not given fits everything.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    verdict: Option<Verdict>,
    /// How the first different line begins: `program exit 0`.
    sees: Option<String>,
    /// How the expected line in its place begins.
    instead_of: Option<String>,
    /// A part of the first different line.
    showing: Option<String>,
    /// A part of what the program printed on stderr.
    on_stderr: Option<String>,
    /// How a later line begins.
    then: Option<String>,
    /// Are bytes due there?
    #[serde(default)]
    due_bytes: bool,
    /// Did a peer receive fewer bytes than are due there?
    #[serde(default)]
    fewer_bytes: bool,
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
            toml::from_str(include_str!("../../explanations.toml")).context("explanations.toml")?;
        Ok(Self { rules: file.rules })
    }

    /// `mistake` is the one that is known to have been made.
    pub fn explain(&self, report: &Report, mistake: Option<&Mistake>) -> Option<Explanation> {
        if matches!(report.verdict, Verdict::Passed | Verdict::Skipped) {
            return None;
        }
        let of_the_encoding = || Explanation::general(|lang| encoding::sentence(report, lang));
        let of_the_mistake = || {
            let mistake = mistake?;
            Some(Explanation {
                text: mistake.explanation()?.clone(),
                mistake: Some(mistake.name.clone()),
                seen_in: Some(mistake.caught_by.clone()),
            })
        };
        let of_a_rule = || {
            let rule = self.rules.iter().find(|rule| rule.fits(report))?;
            let said = |lang| fill_in(rule.explanation.of(lang), report, lang);
            Explanation::general(|lang| Some(said(lang)))
        };
        of_the_encoding().or_else(of_the_mistake).or_else(of_a_rule)
    }
}

impl Rule {
    fn fits(&self, report: &Report) -> bool {
        let at = report.differs_at.unwrap_or(usize::MAX);
        let begins = |event: Option<&Event>, pattern: &Option<String>| match pattern {
            Some(pattern) => event.is_some_and(|event| event.begins_like(pattern)),
            None => true,
        };
        let has = |text: &str, part: &Option<String>| {
            part.as_ref().is_none_or(|part| text.contains(part))
        };
        let (seen, due) = (report.actual.get(at), report.expected.get(at));
        // A name that the program itself has typed in is none of the check's.
        let line = seen.map_or_else(String::new, |event| event.to_string().replace("\\<", "\\"));
        let mut panics = report.panics.iter();
        self.verdict.is_none_or(|verdict| verdict == report.verdict)
            && begins(seen, &self.sees)
            && has(&line, &self.showing)
            && begins(due, &self.instead_of)
            && has(&report.stderr, &self.on_stderr)
            && self.then.as_ref().is_none_or(|then| {
                let later = report.actual.iter().skip(at.saturating_add(1));
                later.into_iter().any(|event| event.begins_like(then))
            })
            && (!self.fewer_bytes || fewer_bytes(due, seen))
            && (!self.due_bytes || due.is_some_and(|due| due.what.byte_count().is_some()))
            && (!self.flooded || report.flooded)
            && (!self.unfinished || is_unfinished(report))
            && (!self.in_a_library || panics.next().is_some_and(|panic| panic.in_a_library))
    }
}

fn fewer_bytes(due: Option<&Event>, seen: Option<&Event>) -> bool {
    let count = |event: Option<&Event>| match &event?.what {
        what @ Happening::Recv(_) => what.byte_count(),
        _ => None,
    };
    count(seen).is_some_and(|seen| count(due).is_some_and(|due| seen < due))
}

/// What the source explains of a scenario, before any rule is asked: a `todo!` that was
/// left in what is written otherwise, or another step that is not written.
pub fn of_the_source(written: &Written, report: &Report) -> Option<Explanation> {
    if matches!(report.verdict, Verdict::Passed | Verdict::Skipped) {
        return None;
    }
    if let Some(place) = written.ran_into(report) {
        return Explanation::general(|lang| {
            Some(tr!(
                lang,
                "프로그램이 {place}에 남아 있는 todo!에 닿았습니다. 다 작성했다면 그 줄을 지우세요.",
                "The program came to the todo! that is left at {place}. If that part is written, take the line out."
            ))
        });
    }
    let other = written.waits_for(report)?;
    if report.verdict != Verdict::NotWrittenYet || written.lacks(report.step) {
        return None;
    }
    Explanation::general(|lang| {
        Some(tr!(
            lang,
            "아직 작성하지 않은 {other}단계에 닿았습니다. {other}단계를 작성해야 여기까지 옵니다.",
            "It came to step {other}, which is not written; it gets this far once that step is written."
        ))
    })
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
        .replace("{step}", &step.to_string())
        .replace("{kept}", &(probe::KEPT / 1024).to_string())
        .replace("{limit}", &(probe::MEMORY_LIMIT / 1024 / 1024).to_string())
}
