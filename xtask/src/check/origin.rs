//! Whose step it is that makes a recorded run part from the solution's, and whether the
//! place at which they part is one of that step's own lines.

use crate::check::own_programs::OwnPrograms;
use crate::explain::trial::Finding;
use crate::lesson::bodies::Functions;
use crate::lesson::definition::Lesson;
use crate::lesson::workspace::Workspace;
use crate::runs::Parting;
use recording::{Line, Run};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Where a difference comes from.
pub struct Origin {
    /// What the trials have shown.
    pub finding: Finding,
    /// The functions in which the lesson's steps stand.
    pub functions: BTreeMap<u32, String>,
    pub shows: Shows,
}

/// Where it shows first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// In a call that a step at fault makes, or that it makes in the solution.
    InTheStep,
    /// In a call from elsewhere.
    Elsewhere,
    /// In no call.
    Nowhere,
}

impl Origin {
    /// Of what the trials found, and the place at which the learner's run parts from the
    /// solution's.
    pub fn of(
        workspace: &Workspace,
        lesson: &Lesson,
        programs: &OwnPrograms,
        finding: Finding,
        runs: [&Run; 2],
        parting: Option<Parting>,
    ) -> Self {
        let [own, right] = runs;
        let folders = [workspace.starter_of(lesson), workspace.solution_of(lesson)];
        let shows = parting.map_or(Shows::Nowhere, |parting| {
            let places = [(own, parting.own), (right, parting.other)];
            let mut places = places.into_iter().zip(&folders);
            let in_it = places.any(|((run, at), folder)| {
                let line = at.and_then(|at| run.events.get(at)?.call()?.line.as_ref());
                line.is_some_and(|line| is_of(programs, &finding, folder, line))
            });
            if in_it {
                Shows::InTheStep
            } else {
                Shows::Elsewhere
            }
        });
        Self {
            functions: programs.exchange.functions(),
            finding,
            shows,
        }
    }
}

/// Is it a line of a function in which a step at fault stands?
fn is_of(programs: &OwnPrograms, finding: &Finding, folder: &Path, line: &Line) -> bool {
    let text = fs::read_to_string(folder.join(&line.file)).unwrap_or_default();
    let Some(functions) = Functions::of(&text) else {
        return false;
    };
    let number = usize::try_from(line.line).unwrap_or(usize::MAX);
    finding.steps().iter().any(|step| {
        let place = programs.exchange.place_of(*step);
        place.is_some_and(|(role, name)| {
            let stands_there =
                Path::new(&line.file).ends_with(format!("{}.rs", Lesson::file_of(role)));
            let function = functions.named(name).filter(|_| stands_there);
            function.is_some_and(|function| function.lines().contains(&number))
        })
    })
}
