//! The book quotes reports of kept mistakes. Each quotation is a file that the chapters
//! include, `solutions/<lesson>/reports/<mistake>--<scenario>.ko.txt`: what the check says of
//! the mistake in this scenario today, but for the time that it took.

use crate::check::step_result::ScenarioResult;
use crate::explain::explanation::Rules;
use crate::explain::gloss::Glosses;
use crate::explain::trial::Finding;
use crate::explain::trial::exchange::Exchange;
use crate::explain::waiting;
use crate::lang::Lang;
use crate::lesson::definition::{Lesson, Mistake};
use crate::proofs::fault;
use crate::proofs::judging::{Outcome, fails};
use crate::proofs::prover::Prover;
use crate::proofs::variants;
use crate::report::{Style, Telling};
use anyhow::{Context, Result};
use probe::{End, Happening, Report, Verdict};
use std::fs;
use std::path::PathBuf;
use unicode_width::UnicodeWidthStr;

/// The columns of a page.
const COLUMNS: usize = 80;

/// The languages, each with the ending of its files.
const EDITIONS: [(Lang, &str); 2] = [(Lang::Ko, ".ko.txt"), (Lang::En, ".en.txt")];

/// The scenarios of this mistake that are quoted.
fn quoted(prover: &Prover<'_>, lesson: &Lesson, mistake: &Mistake) -> Vec<String> {
    let folder = prover.workspace.solution_of(lesson).join("reports");
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = files.filter_map(|file| file.file_name().into_string().ok());
    let scenarios = names.filter_map(|name| {
        let (of, scenario) = name.split_once("--")?;
        let scenario = scenario.strip_suffix(EDITIONS[0].1)?;
        (of == mistake.name).then(|| scenario.to_owned())
    });
    scenarios.collect()
}

/// Every quotation says what is said today.
pub fn are_right(
    prover: &Prover<'_>,
    lesson: &Lesson,
    mistake: &Mistake,
    reports: &[Report],
) -> Result<Outcome> {
    let quoted = quoted(prover, lesson, mistake);
    if quoted.is_empty() {
        return Ok(Outcome::Holds);
    }
    let exchange = fault::exchange_with(prover, lesson, mistake)?;
    let findings = fault::trials_of(prover, lesson, mistake, &exchange, &quoted)?;
    for scenario in quoted {
        let mut of_scenario = reports.iter().filter(|report| report.scenario == scenario);
        let report = of_scenario.next();
        let report = report.with_context(|| format!("there is no scenario {scenario}"))?;
        for (lang, ending) in EDITIONS {
            let finding = findings.get(&scenario);
            let glosses = Glosses::of(&prover.workspace.solution_of(lesson), lang);
            let told = told(lesson, mistake, report, finding, &exchange, &glosses, lang)?;
            let file = format!("{}--{scenario}{ending}", mistake.name);
            if !keeps(prover, lesson, &file, &told)? {
                return Ok(fails(&format!(
                    "reports/{file} does not say this (prove --record):\n{}",
                    told.text
                )));
            }
        }
    }
    Ok(Outcome::Holds)
}

/// Is that what the file says? With `--record`, it is afterwards.
fn keeps(prover: &Prover<'_>, lesson: &Lesson, file: &str, told: &Told) -> Result<bool> {
    let path: PathBuf = prover
        .workspace
        .solution_of(lesson)
        .join("reports")
        .join(file);
    let text = fs::read_to_string(&path).unwrap_or_default();
    let kept = words_of(&text);
    let says_it = match &told.in_any_case {
        Some(said) => said.iter().all(|said| kept.contains(&words_of(said))),
        None => kept == words_of(&told.text),
    };
    if says_it && (is_of_a_page(&text) || !is_of_a_page(&told.text)) {
        return Ok(true);
    }
    if prover.wanted.record {
        fs::write(&path, &told.text).with_context(|| format!("{}", path.display()))?;
    }
    Ok(prover.wanted.record)
}

/// Is no line wider than a page? The words alone do not tell where a line was broken.
fn is_of_a_page(text: &str) -> bool {
    text.lines().all(|line| line.width() <= COLUMNS)
}

/// What a report says.
struct Told {
    text: String,
    /// Where the program has ended, that may be noticed a line sooner or later, and one that
    /// hangs may be found in another call: what is said all the same.
    in_any_case: Option<[String; 2]>,
}

fn told(
    lesson: &Lesson,
    mistake: &Mistake,
    report: &Report,
    finding: Option<&Finding>,
    exchange: &Exchange,
    glosses: &Glosses,
    lang: Lang,
) -> Result<Told> {
    let named = mistake.explained_by(lesson);
    let report = &as_the_learner_s(lesson, mistake, report);
    let scenario = ScenarioResult {
        report: report.clone(),
        finding: finding.cloned(),
        explanation: Rules::read()?.explain(report, Some(named)),
        waiting: waiting::describe(report, lang)?,
    };
    let lines = Telling {
        lesson,
        functions: &exchange.functions(),
        lang,
        style: &Style::plain(COLUMNS),
        glosses,
        timed: false,
    }
    .lines(&scenario);
    let differs = report.differs_at.and_then(|at| report.actual.get(at));
    let ended = differs.is_some_and(|event| matches!(event.what, Happening::End(_)));
    let varies = ended || report.verdict == Verdict::Hung;
    let asks = lesson.scenarios.get(&report.scenario);
    let asks = asks.map_or("", |scenario| scenario.asks.of(lang));
    let why = named.explanation().map_or("", |text| text.of(lang));
    Ok(Told {
        text: lines.join("\n") + "\n",
        in_any_case: varies.then(|| [asks, why].map(str::to_owned)),
    })
}

/// With the places as they are where a learner makes the mistake.
fn as_the_learner_s(lesson: &Lesson, mistake: &Mistake, report: &Report) -> Report {
    let mut report = report.clone();
    for role in &lesson.roles {
        let file = format!("{}.rs", Lesson::file_of(role));
        let variant = format!("{}-{file}", variants::of_mistake(mistake));
        let own = format!("src/{file}");
        let renamed = |place: &str| match place.split_once(&variant) {
            Some((before, after)) => {
                let before = before.rsplit_once(char::is_whitespace);
                let before = before.map_or_else(String::new, |(words, _)| format!("{words} "));
                format!("{before}{own}{after}")
            }
            None => place.to_owned(),
        };
        for line in report.waiting.iter_mut().filter_map(|it| it.line.as_mut()) {
            line.file = renamed(&line.file);
        }
        for panic in &mut report.panics {
            panic.place = renamed(&panic.place);
        }
        for event in &mut report.actual {
            if let Happening::End(End::Panic(place)) = &mut event.what {
                *place = renamed(place);
            }
        }
        let said: Vec<_> = report.stderr.lines().map(renamed).collect();
        report.stderr = said.join("\n");
    }
    report
}

/// The words alone: which ports there were, how much of a processor a busy loop has used, in
/// which of its lines it was: numbers are others in every run.
fn words_of(text: &str) -> String {
    let words = text.split_whitespace().filter(|word| *word != "│");
    let mut told = String::new();
    for character in words.flat_map(str::chars) {
        if !character.is_ascii_digit() {
            told.push(character);
        }
    }
    told
}
