//! Runs a lesson's test binary and gathers what its scenarios report. The binary
//! judges; here is only seen to it that it ends, that nothing is left behind, and that
//! what is read is what the binary itself has said of the snapshots as they were.

use crate::lang::Lang;
use crate::lesson::bring_back;
use crate::lesson::definition::Lesson;
use crate::lesson::workspace::Workspace;
use crate::scenarios::binary::{self, End, Scenarios, Until};
use crate::tr;
use anyhow::Result;
use probe::{Event, Reason, Report, Verdict};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

/// Every wait of a scenario has its own, much shorter deadline; a test binary that
/// judges none for so long is itself broken.
const LONGEST: Duration = Duration::from_secs(60);

/// Which of a lesson's scenarios are run, by the step that their snapshots name.
#[derive(Clone, Copy)]
pub enum Part {
    All,
    /// All, until one of the steps up to this one does not pass.
    UntilRefused(u32),
    OfStep(u32),
    /// All but these.
    OfOthers(u32),
}

/// What a run of the scenarios came to.
pub struct Ran {
    /// One report for each scenario that has a snapshot, and for each that ran.
    pub reports: Vec<Report>,
    /// Why the reports are not to be relied on, or not all there.
    pub trouble: Option<Trouble>,
}

/// What kept the scenarios from being judged.
#[derive(Debug)]
pub enum Trouble {
    /// The test binary's own process did not end as it should.
    Ended(End),
    /// Snapshots that are not what they were before the run.
    SnapshotsChanged(Vec<String>),
    /// The test binary knows nothing of this scenario.
    Missing(String),
}

/// Runs this part of the scenarios with `binary`, on `commands` where they are given
/// instead of the package's own programs; `written` is what is known of their source.
pub fn run(
    workspace: &Workspace,
    lesson: &Lesson,
    binary: &Path,
    told: binary::Told<'_>,
    part: Part,
) -> Result<Ran> {
    let folder = workspace.snapshots_of(lesson);
    let before = Snapshots::read(&folder);
    let mut names = part.of(&folder, before.texts.keys());
    let scenarios = match part {
        // Without a name all would run.
        _ if names.is_empty() && !part.is_all() => return Ok(Ran::nothing()),
        Part::All | Part::UntilRefused(_) => Scenarios::All,
        Part::OfStep(_) | Part::OfOthers(_) => Scenarios::Only(&names),
    };
    let until = Until {
        longest: LONGEST,
        enough: &|report| part.is_refused_by(report),
    };
    let (end, mut reports) = binary::run(binary, told, scenarios, until)?;
    if end == End::Enough {
        names.clear();
    } else {
        finds_the_callers(&mut reports, binary, told)?;
    }
    let changed = before.changed(&folder, &reports);
    for report in &reports {
        if !names.contains(&report.scenario) {
            names.push(report.scenario.clone());
        }
    }
    let missing = names
        .iter()
        .find(|name| reports.iter().all(|report| report.scenario != **name));
    let trouble = if !changed.is_empty() {
        Some(Trouble::SnapshotsChanged(changed))
    } else if !matches!(end, End::Judged | End::Enough) {
        Some(Trouble::Ended(end))
    } else {
        missing.cloned().map(Trouble::Missing)
    };
    let mut reports: BTreeMap<_, _> = reports
        .into_iter()
        .map(|report| (report.scenario.clone(), report))
        .collect();
    let of = |name: &String| {
        reports
            .remove(name)
            .unwrap_or_else(|| silent(&folder, name))
    };
    Ok(Ran {
        reports: names.iter().map(of).collect(),
        trouble,
    })
}

impl Ran {
    fn nothing() -> Self {
        Self {
            reports: Vec::new(),
            trouble: None,
        }
    }
}

impl Part {
    fn is_all(self) -> bool {
        matches!(self, Self::All | Self::UntilRefused(_))
    }

    /// Need no other scenario be run after this report?
    fn is_refused_by(self, report: &Report) -> bool {
        matches!(self, Self::UntilRefused(last) if report.refuses(last))
    }

    /// The scenarios of this part. One whose snapshot cannot be read may be of any step.
    fn of<'a>(self, snapshots: &Path, names: impl Iterator<Item = &'a String>) -> Vec<String> {
        let is_of = |name: &&String| {
            let recorded = || probe::recorded(snapshots, name).ok().flatten();
            let step = |wanted: u32| recorded().is_none_or(|known| known.step == wanted);
            match self {
                Self::All | Self::UntilRefused(_) => true,
                Self::OfStep(wanted) => step(wanted),
                Self::OfOthers(other) => !step(other),
            }
        };
        names.filter(is_of).cloned().collect()
    }
}

/// Where a program panicked in a library's line, its own line that called it is found by
/// running the scenario once more, with backtraces; it may be different then, or not at all.
fn finds_the_callers(reports: &mut [Report], binary: &Path, told: binary::Told<'_>) -> Result<()> {
    let in_a_library = |report: &&mut Report| report.panics.iter().any(|panic| panic.in_a_library);
    let mut wanted: Vec<_> = reports.iter_mut().filter(in_a_library).collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let names: Vec<_> = wanted
        .iter()
        .map(|report| report.scenario.clone())
        .collect();
    let again = Scenarios::WithBacktraces(&names);
    let (_, again) = binary::run(binary, told, again, Until::the_end(LONGEST))?;
    for report in &mut wanted {
        let same = again.iter().find(|other| other.scenario == report.scenario);
        for panic in &mut report.panics {
            let found = same.into_iter().flat_map(|other| &other.panics);
            let found = found.filter(|other| other.place == panic.place);
            panic.called_from = found.filter_map(|other| other.called_from.clone()).next();
        }
    }
    Ok(())
}

/// A scenario with a snapshot that did not report.
fn silent(snapshots: &Path, scenario: &str) -> Report {
    // A scenario that runs says itself what is wrong with its snapshot.
    let known = probe::recorded(snapshots, scenario).ok().flatten();
    let step = known.as_ref().map_or(0, |known| known.step);
    Report {
        expected: known.map_or_else(Vec::new, |known| known.events),
        reason: Some(Reason::DidNotRun),
        ..Report::new(scenario, step, Verdict::Broken)
    }
}

/// The snapshots as they were before any program ran; `None` for one with a line that no
/// transcript has, against which nothing is held.
struct Snapshots {
    texts: BTreeMap<String, Option<Vec<Event>>>,
}

impl Snapshots {
    fn read(folder: &Path) -> Self {
        let events = |name: &String| match probe::recorded(folder, name) {
            Ok(known) => Some(known.map_or_else(Vec::new, |known| known.events)),
            Err(_) => None,
        };
        let names = probe::scenarios_of(folder).into_iter();
        Self {
            texts: names.map(|name| (name.clone(), events(&name))).collect(),
        }
    }

    /// The snapshots that are different now, or were when their scenario was held against
    /// them.
    fn changed(&self, folder: &Path, reports: &[Report]) -> Vec<String> {
        let now = Self::read(folder);
        let all = self.texts.keys().chain(now.texts.keys());
        let mut changed: Vec<_> = all
            .filter(|name| self.texts.get(*name) != now.texts.get(*name))
            .cloned()
            .collect();
        let held = reports.iter().filter(|report| {
            let known = self.texts.get(&report.scenario);
            known.is_some_and(|known| known.as_deref().unwrap_or_default() != report.expected)
        });
        changed.extend(held.map(|report| report.scenario.clone()));
        changed.sort();
        changed.dedup();
        changed
    }
}

impl Trouble {
    /// In a sentence.
    pub fn tell(&self, workspace: &Workspace, lesson: &Lesson, lang: Lang) -> String {
        let name = &lesson.name;
        match self {
            Self::Ended(end) => end.tell(lang),
            Self::SnapshotsChanged(changed) => {
                let changed = changed.join(", ");
                let folder = format!("solutions/{name}/snapshots");
                let how = bring_back::sentence(&workspace.root, &folder, lang);
                tr!(
                    lang,
                    "검사하는 동안 기록된 스냅샷이 바뀌었습니다({changed}). {how}",
                    "Snapshots changed while the check was running ({changed}). {how}"
                )
            }
            Self::Missing(_) if crate::lesson::untouched::check_differs(workspace, lesson) => {
                crate::lesson::untouched::about_the_scenarios(workspace, lesson, lang)
            }
            Self::Missing(scenario) => tr!(
                lang,
                "시나리오 {scenario}이(가) tests/check.rs에서 실행되지 않았습니다.",
                "tests/check.rs did not run the scenario {scenario}."
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_snapshot_that_changed_is_noticed_even_if_it_changed_back() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, line: &str| {
            let text = format!("---\nsource: check.rs\ndescription: step 1\n---\n{line}\n");
            fs::write(folder.path().join(format!("{name}.snap")), text).unwrap();
        };
        write("one", r#"a send "1" 1 byte"#);
        write("two", r#"a send "2" 1 byte"#);
        let before = Snapshots::read(folder.path());
        let held_against = |scenario: &str, line: &str| Report {
            expected: vec![Event::parse(line).unwrap()],
            ..Report::new(scenario, 1, Verdict::Passed)
        };
        let honest = held_against("one", r#"a send "1" 1 byte"#);
        let none: [&str; 0] = [];
        assert_eq!(before.changed(folder.path(), &[honest]), none);
        let forged = held_against("two", r#"a send "3" 1 byte"#);
        assert_eq!(before.changed(folder.path(), &[forged]), ["two"]);
        write("one", r#"a send "3" 1 byte"#);
        assert_eq!(before.changed(folder.path(), &[]), ["one"]);
    }
}
