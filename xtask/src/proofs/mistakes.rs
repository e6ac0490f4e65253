//! A kept mistake is caught by its scenario, explained by its own explanation, and found in
//! its own step by trials.

use super::judging::{fails, falls, told};
use super::{Outcome, Prover, mistake_variant};
use crate::explain::reason;
use crate::explain::signature::Signatures;
use crate::explain::trial::exchange::Exchange;
use crate::explain::trial::{Finding, Trials};
use crate::explain::waiting;
use crate::lang::Lang;
use crate::lesson::definition::{Lesson, Mistake};
use crate::lesson::starter::Sources;
use crate::lesson::written::Written;
use anyhow::Result;
use probe::{Report, Verdict};
use std::collections::BTreeMap;
use std::sync::PoisonError;
use std::time::Duration;

/// How long a trial may take beside other proofs.
const LONGEST: Duration = Duration::from_secs(6);

/// In so many scenarios of a lesson a race may end in another way than was recorded.
const RACES: usize = 2;

impl Prover<'_> {
    /// The trials find steps of the mistake, and no other.
    fn is_at_fault(&self, lesson: &Lesson, mistake: &Mistake, report: &Report) -> Result<Outcome> {
        let of_its_steps = |it: &&Mistake| it.code.keys().eq(mistake.code.keys());
        let first = lesson.mistakes.iter().find(of_its_steps);
        let is_the_first = first.is_some_and(|first| first.name == mistake.name);
        if lesson.steps_to_write().is_empty() || !is_the_first && !self.wanted.trials {
            return Ok(Outcome::Holds);
        }
        let exchange = self.exchange_with(lesson, mistake)?;
        let scenarios = std::slice::from_ref(&report.scenario);
        let found = self.trials_of(lesson, mistake, &exchange, scenarios)?;
        let finding = found.get(&report.scenario);
        let steps = finding.map_or(&[][..], Finding::steps);
        let own = mistake.steps();
        Ok(
            if !steps.is_empty() && steps.iter().all(|step| own.contains(step)) {
                Outcome::Holds
            } else {
                fails(&format!(
                    "found by the trials: {finding:?}\n{}",
                    told(report)
                ))
            },
        )
    }

    /// The programs as a learner has them who has made the mistake.
    fn programs_with(&self, lesson: &Lesson, mistake: &Mistake) -> Result<Vec<(String, String)>> {
        let sources = Sources::read(self.workspace, lesson)?;
        let mut programs = sources.with_steps_written(lesson, u32::MAX);
        for (role, text) in sources.with_mistake(mistake) {
            programs.retain(|(own, _)| *own != role);
            programs.push((role, text));
        }
        Ok(programs)
    }

    pub(super) fn exchange_with(&self, lesson: &Lesson, mistake: &Mistake) -> Result<Exchange> {
        let sources = Sources::read(self.workspace, lesson)?;
        Exchange::of(lesson, &sources, self.programs_with(lesson, mistake)?)
    }

    /// Whose step it is that these scenarios do not pass with the mistake.
    pub(super) fn trials_of(
        &self,
        lesson: &Lesson,
        mistake: &Mistake,
        exchange: &Exchange,
        scenarios: &[String],
    ) -> Result<BTreeMap<String, Finding>> {
        if lesson.steps_to_write().is_empty() {
            return Ok(BTreeMap::new());
        }
        let sources = Sources::read(self.workspace, lesson)?;
        let programs = self.programs_with(lesson, mistake)?;
        let mut commands = self.build.programs(lesson, &lesson.solution_package())?;
        commands.extend(self.programs.of(lesson, &mistake_variant(mistake))?);
        Trials {
            workspace: self.workspace,
            lesson,
            written: &Written::of(lesson, &sources, &programs)?,
            exchange,
            tests: self.build.executable(&lesson.solution_package(), "check")?,
            programs: &commands,
            build: &self.build,
            longest: LONGEST,
        }
        .of(scenarios)
    }

    pub(super) fn caught(
        &self,
        lesson: &Lesson,
        mistake: &Mistake,
        reports: &[Report],
    ) -> Result<Outcome> {
        let Some(report) = reports
            .iter()
            .find(|report| report.scenario == mistake.caught_by)
        else {
            return Ok(fails(&format!(
                "there is no scenario {}",
                mistake.caught_by
            )));
        };
        match report.verdict {
            Verdict::Skipped => {
                let why = report.reason.as_ref();
                let why = why.map(|why| reason::sentence(why, Lang::En));
                return Ok(Outcome::Skipped(why.unwrap_or_default()));
            }
            Verdict::Passed => return Ok(fails(&format!("{} lets it pass", report.scenario))),
            Verdict::Broken | Verdict::NotWrittenYet => return Ok(falls(report)),
            _ => {}
        }
        match waiting::describe(report, Lang::Ko) {
            Ok(Some(waiting)) if waiting.advice.is_none() => {
                return Ok(fails(&format!(
                    "no rule of waiting.toml fits {:?}",
                    waiting.threads
                )));
            }
            Ok(_) => {}
            Err(error) => return Err(error),
        }
        let signatures = self.signatures_of(lesson)?;
        if self.wanted.record {
            let mut all = self.recorded.lock().unwrap_or_else(PoisonError::into_inner);
            let recorded = all.entry(lesson.name.clone()).or_insert(signatures);
            recorded.add(&mistake.name, reports, &lesson.mistakes);
            drop(all);
            return self.is_told(lesson, mistake, report, reports);
        }
        let others = signatures.others(&mistake.name, reports);
        if let [other, ..] = *others
            && others.len() > RACES
        {
            return Ok(fails(&format!(
                "not as it was recorded (prove --record)\n{}",
                told(other)
            )));
        }
        let of_its_steps = Finding::AllOf(mistake.steps());
        let named = signatures.mistake(lesson, reports, Some(&of_its_steps));
        let own = mistake.explained_by(lesson);
        match named.map(|named| &named.name) {
            Some(name) if *name == own.name => self.is_told(lesson, mistake, report, reports),
            Some(other) => Ok(fails(&format!("taken for {other}\n{}", told(report)))),
            // A race went as it had not been recorded: then no mistake is named.
            None if !others.is_empty() => self.is_told(lesson, mistake, report, reports),
            None => Ok(fails(&format!(
                "another mistake has the same signature\n{}",
                told(report)
            ))),
        }
    }

    /// Its step is found, and the book says of it what a report says.
    fn is_told(
        &self,
        lesson: &Lesson,
        mistake: &Mistake,
        report: &Report,
        reports: &[Report],
    ) -> Result<Outcome> {
        match self.is_at_fault(lesson, mistake, report)? {
            Outcome::Holds => self.is_quoted_rightly(lesson, mistake, reports),
            other => Ok(other),
        }
    }

    fn signatures_of(&self, lesson: &Lesson) -> Result<Signatures> {
        Signatures::read(&self.workspace.solution_of(lesson))
    }
}
