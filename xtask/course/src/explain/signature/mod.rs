//! Which mistake it is: every kept mistake has a signature, how every scenario of its lesson
//! ends with it, in `solutions/<lesson>/signatures.toml`. `cargo xtask dev prove --record` adds
//! to it what it sees; `prove` holds against it.

mod sign;

use sign::Seen;

use crate::explain::trial::Finding;
use crate::lesson::definition::{Lesson, Mistake, read_toml};
use anyhow::{Context, Result};
use probe::Report;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Of one mistake: the scenarios that it does not pass, each with what it may show: more than
/// one thing where a race decides.
type Signature = BTreeMap<String, BTreeSet<Seen>>;

/// Those of a lesson's mistakes, by name.
#[derive(Clone, Debug, Default)]
pub struct Signatures(BTreeMap<String, Signature>);

impl Signatures {
    /// None at all where none were recorded yet.
    pub fn read(solution: &Path) -> Result<Self> {
        let path = solution.join(FILE);
        if path.exists() {
            read_toml(&path).map(Self)
        } else {
            Ok(Self::default())
        }
    }

    pub fn write(&self, solution: &Path) -> Result<()> {
        let text = format!("{HEAD}{}", toml::to_string(&self.0)?);
        let path = solution.join(FILE);
        fs::write(&path, text).with_context(|| format!("{} cannot be written", path.display()))
    }

    /// Adds what `reports` show of a mistake. Those of mistakes that are not `kept` go.
    pub fn add(&mut self, mistake: &str, reports: &[Report], kept: &[Mistake]) {
        let is_kept = |name: &str| kept.iter().any(|mistake| mistake.name == name);
        self.0.retain(|name, _| is_kept(name));
        let is_new = !self.0.contains_key(mistake);
        let signature = self.0.entry(mistake.to_owned()).or_default();
        for report in reports {
            let name = &report.scenario;
            match Seen::of(report) {
                None => {}
                // It has passed every time so far.
                Some(Seen::Passed) if !signature.contains_key(name) => {}
                Some(seen) => {
                    let so_far = || BTreeSet::from_iter((!is_new).then_some(Seen::Passed));
                    let known = signature.entry(name.clone()).or_insert_with(so_far);
                    known.insert(seen);
                }
            }
        }
    }

    /// The scenarios that do not show what this mistake was recorded to show.
    pub fn others<'a>(&self, mistake: &str, reports: &'a [Report]) -> Vec<&'a Report> {
        let none = Signature::new();
        let signature = self.0.get(mistake).unwrap_or(&none);
        let reports = reports.iter();
        reports.filter(|report| !shows(signature, report)).collect()
    }

    /// The mistake whose signature this is, and no other explanation's: one that `finding`
    /// allows. Where nothing is known of the step at fault, the signature alone decides.
    pub fn mistake<'a>(
        &self,
        lesson: &'a Lesson,
        reports: &[Report],
        finding: Option<&Finding>,
    ) -> Option<&'a Mistake> {
        let fits = |mistake: &&Mistake| {
            let signature = self.0.get(&mistake.name).filter(|known| !known.is_empty());
            signature.is_some_and(|known| reports.iter().all(|report| shows(known, report)))
                && finding.is_none_or(|finding| finding.allows(mistake))
        };
        let mut fitting = lesson.mistakes.iter().filter(fits);
        let first = fitting.next()?.explained_by(lesson);
        let same = |other: &Mistake| other.explained_by(lesson).name == first.name;
        fitting.all(same).then_some(first)
    }
}

const FILE: &str = "signatures.toml";

const HEAD: &str = "\
# How the scenarios of this lesson end with each kept mistake: the first different line, the
# verdict, what the program waits in. Recorded by `cargo xtask dev prove --record`.

";

/// Is what was seen like what was recorded?
fn shows(signature: &Signature, report: &Report) -> bool {
    let Some(seen) = Seen::of(report) else {
        return true;
    };
    match signature.get(&report.scenario) {
        Some(known) => known.iter().any(|recorded| recorded.is_like(&seen)),
        None => seen == Seen::Passed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::workspace::Workspace;

    /// Do the two mistakes look the same in every scenario?
    fn alike(one: &Signature, other: &Signature) -> bool {
        let passes = BTreeSet::from([Seen::Passed]);
        let mut scenarios = one.keys().chain(other.keys());
        scenarios.all(|name| {
            let one = one.get(name).unwrap_or(&passes);
            let other = other.get(name).unwrap_or(&passes);
            one.iter()
                .any(|it| other.iter().any(|that| it.is_like(that)))
        })
    }

    #[test]
    fn no_two_explanations_share_a_signature() {
        let workspace = Workspace::find().unwrap();
        let mut shared = Vec::new();
        let mut compared = 0;
        for lesson in &workspace.lessons {
            let signatures = Signatures::read(&workspace.solution_of(lesson)).unwrap();
            for (index, one) in lesson.mistakes.iter().enumerate() {
                assert!(!signatures.0[&one.name].is_empty(), "{}", one.name);
                for other in &lesson.mistakes[index + 1..] {
                    compared += 1;
                    let of_one_step = one.steps().iter().any(|it| other.steps().contains(it));
                    let same = one.explained_by(lesson).name == other.explained_by(lesson).name;
                    let (a, b) = (&signatures.0[&one.name], &signatures.0[&other.name]);
                    if of_one_step && !same && alike(a, b) {
                        shared.push(format!("{}: {}, {}", lesson.name, one.name, other.name));
                    }
                }
            }
        }
        assert!(compared > 1000, "{compared} pairs");
        assert_eq!(shared, [""; 0]);
    }
}
