//! Which steps of a program are written, by its source: one is not while its function's
//! body is the starter's, token for token. What a written one is worth, the scenarios
//! tell; of a step whose function is not there, nothing is said.

use crate::lesson::bodies::{Function, Functions, StandIn, What};
use crate::lesson::definition::Lesson;
use crate::lesson::starter::{Sources, Text};
use anyhow::Result;
use probe::{Report, Verdict};
use std::collections::{BTreeMap, BTreeSet};

/// What the source says of a lesson's steps.
#[derive(Debug, Default)]
pub struct Written {
    unwritten: BTreeSet<u32>,
    left_over: BTreeMap<u32, LeftOver>,
}

/// A line of the starter's that was left in a body that is not the starter's any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOver {
    pub what: What,
    /// `src/main.rs:44`
    pub place: String,
}

impl Written {
    /// Holds `programs` against the starter. What does not parse, or is not there, is
    /// neither unwritten nor left over.
    pub fn of(lesson: &Lesson, sources: &Sources, programs: &[Text]) -> Result<Self> {
        let starter = Programs::of(&sources.with_steps_written(lesson, 0));
        let programs = Programs::of(programs);
        let mut written = Self::default();
        let steps = sources.functions(lesson)?;
        for (step, role, name) in &steps {
            if let (Some(stub), Some(own)) =
                (starter.function(role, name), programs.function(role, name))
            {
                if own.has_the_body_of(stub) {
                    written.unwritten.insert(*step);
                } else if let Some(stand_in) = own.stand_in() {
                    written.leaves(*step, role, &stand_in);
                }
            }
        }
        // A stub may have moved, with its number, into a function of the learner's own.
        for (role, functions) in &programs.0 {
            let is_a_step = |function: &&Function| {
                let name = function.name();
                steps
                    .iter()
                    .any(|(_, own, step)| own == role && step == name)
            };
            for function in functions.all().filter(|function| !is_a_step(function)) {
                let stand_in = function.stand_in();
                if let Some((step, stand_in)) = stand_in.and_then(|it| Some((it.step?, it)))
                    && !written.lacks(step)
                {
                    written.leaves(step, role, &stand_in);
                }
            }
        }
        Ok(written)
    }

    fn leaves(&mut self, step: u32, role: &str, stand_in: &StandIn) {
        let (file, line) = (Lesson::file_of(role), stand_in.line);
        let left_over = LeftOver {
            what: stand_in.what,
            place: format!("src/{file}.rs:{line}"),
        };
        self.left_over.entry(step).or_insert(left_over);
    }

    /// A scenario of a step that is not written is not written yet, unless it passed.
    pub fn correct(&self, report: &mut Report) {
        if report.verdict.is_a_failure() && self.lacks(report.step) {
            report.verdict = Verdict::NotWrittenYet;
        }
    }

    /// For the probe: `2,3`.
    pub fn unwritten(&self) -> String {
        let steps: Vec<_> = self.unwritten.iter().map(u32::to_string).collect();
        steps.join(",")
    }

    /// The first step that is not written, and that the scenario's own step needs.
    pub fn waits_for(&self, report: &Report) -> Option<u32> {
        let said = report.said_to_be_unwritten().into_iter();
        said.filter(|step| *step < report.step && self.lacks(*step))
            .min()
    }

    /// The place of the `todo!` that the scenario ran into, though the step that it names
    /// is written.
    pub fn ran_into(&self, report: &Report) -> Option<String> {
        let todos = report.todos().into_iter();
        todos
            .filter(|(step, _)| !self.lacks(*step))
            .map(|(_, todo)| todo.place)
            .next()
    }

    /// Is the step's function as the starter has it?
    pub fn lacks(&self, step: u32) -> bool {
        self.unwritten.contains(&step)
    }

    pub fn left_over(&self, step: u32) -> Option<&LeftOver> {
        self.left_over.get(&step)
    }
}

/// Parsed programs, by role; one that is no Rust is left out.
struct Programs(BTreeMap<String, Functions>);

impl Programs {
    fn of(texts: &[Text]) -> Self {
        let parsed = |(role, text): &Text| Some((role.clone(), Functions::of(text)?));
        Self(texts.iter().filter_map(parsed).collect())
    }

    fn function(&self, role: &str, name: &str) -> Option<&Function> {
        self.0.get(role)?.named(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::workspace::Workspace;
    use std::cell::Cell;

    /// What is said of lesson 04 with its first steps `written`, once `changed`.
    fn changed(written: u32, changed: impl Fn(&str) -> String) -> Written {
        let workspace = Workspace::find().unwrap();
        let lesson = workspace.lessons.iter().find(|it| it.topic() == "accept");
        let lesson = lesson.unwrap();
        let sources = Sources::read(&workspace, lesson).unwrap();
        let programs = sources.with_steps_written(lesson, written);
        let programs: Vec<_> = programs
            .iter()
            .map(|(role, text)| (role.clone(), changed(text)))
            .collect();
        Written::of(lesson, &sources, &programs).unwrap()
    }

    fn unwritten(written: &Written) -> Vec<u32> {
        (1..=4).filter(|step| written.lacks(*step)).collect()
    }

    #[test]
    fn every_lesson_is_written_as_far_as_it_is() {
        let workspace = Workspace::find().unwrap();
        for lesson in &workspace.lessons {
            let sources = Sources::read(&workspace, lesson).unwrap();
            for count in [0].into_iter().chain(lesson.steps_to_write()) {
                let programs = sources.with_steps_written(lesson, count);
                let written = Written::of(lesson, &sources, &programs).unwrap();
                for step in lesson.steps_to_write() {
                    assert_eq!(written.lacks(step), step > count, "{} {step}", lesson.name);
                    assert_eq!(written.left_over(step), None, "{} {step}", lesson.name);
                }
            }
        }
    }

    #[test]
    fn comments_do_not_write_a_step() {
        let commented = |text: &str| {
            let text = text.replace('\n', "\r\n");
            text.replace(
                "    todo!(\"step 3\")",
                "// accept?\r\n\ttodo!( \"step 3\" )",
            )
        };
        assert_eq!(unwritten(&changed(1, commented)), [2, 3, 4]);
    }

    #[test]
    fn a_function_that_is_gone_or_has_another_name_is_not_unwritten() {
        let renamed = |text: &str| text.replace("serve_everyone", "serve_all");
        let written = changed(0, renamed);
        assert_eq!(unwritten(&written), [1, 2, 4]);
        // Its todo! still says whose it is.
        assert!(written.left_over(3).is_some());
        let gone = changed(0, |_| "fn main() {}".to_owned());
        assert_eq!(unwritten(&gone), [0; 0]);
        let no_rust = changed(0, |text| text.to_owned() + "}");
        assert_eq!(unwritten(&no_rust), [0; 0]);
    }

    #[test]
    fn a_stub_that_was_left_is_told_by_its_line() {
        let place = |written: &Written, step| {
            let left_over = written.left_over(step);
            left_over.map(|found| found.place.clone())
        };
        let in_a_loop = "loop { serve_one(&listener)?; }\n    todo!(\"step 3\")";
        let above = |text: &str| text.replacen("todo!(\"step 3\")", in_a_loop, 1);
        let written = changed(2, above);
        assert_eq!(unwritten(&written), [4]);
        let place_there = place(&written, 3).unwrap();
        let line = place_there.strip_prefix("src/main.rs:").unwrap();
        let found = Cell::new(None);
        changed(2, |text| {
            let text = above(text);
            let line = text.lines().nth(line.parse::<usize>().unwrap() - 1);
            found.set(line.map(str::to_owned));
            text
        });
        assert_eq!(found.take().unwrap().trim(), "todo!(\"step 3\")");
        assert_eq!(place(&written, 4), None, "it is not written at all");

        let moved = |text: &str| {
            text.replace("    todo!(\"step 3\")", "    rest()")
                + "fn rest() -> io::Result<()> { todo!(\"step 3\") }"
        };
        assert!(place(&changed(2, moved), 3).is_some());
    }
}
