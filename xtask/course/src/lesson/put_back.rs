//! One step's function with the body that the starter gives it, in a program that is the
//! learner's in all else, also where that is no Rust at the moment.

use crate::lesson::bodies::Functions;
use crate::lesson::definition::Lesson;
use crate::lesson::starter::Sources;
use crate::lesson::torn;
use anyhow::{Context, Result};

/// The function in which a step stands.
pub struct Place {
    /// `src/main.rs`
    pub file: String,
    pub function: String,
    /// As the starter has it, with its braces.
    body: String,
}

impl Place {
    /// Of a step that the learner writes.
    pub fn of(lesson: &Lesson, sources: &Sources, step: u32) -> Result<Self> {
        let mut steps = sources.functions(lesson)?.into_iter();
        let (_, role, function) = steps
            .find(|(number, _, _)| *number == step)
            .with_context(|| format!("step {step} is in no function"))?;
        let starter = sources.with_steps_written(lesson, 0);
        let body = starter
            .iter()
            .find(|(own, _)| own == role)
            .and_then(|(_, text)| {
                let place = Functions::of(text)?.named(&function)?.place();
                Some(text[place].to_owned())
            });
        Ok(Self {
            file: format!("src/{}.rs", Lesson::file_of(role)),
            body: body.with_context(|| format!("the starter has no {function}"))?,
            function,
        })
    }

    /// `program` with the starter's body; `None` where the function is not there.
    pub fn put_back(&self, program: &str) -> Option<String> {
        let place = match Functions::of(program) {
            Some(functions) => functions.named(&self.function)?.place(),
            None => torn::body(program, &self.function)?,
        };
        let mut program = program.to_owned();
        let body = if program.contains("\r\n") {
            self.body.replace('\n', "\r\n")
        } else {
            self.body.clone()
        };
        program.replace_range(place, &body);
        Some(program)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::workspace::Workspace;

    /// The step's function alone is the starter's again, in every lesson.
    #[test]
    fn every_step_is_put_back_alone() {
        let workspace = Workspace::find().unwrap();
        for lesson in &workspace.lessons {
            let sources = Sources::read(&workspace, lesson).unwrap();
            for step in lesson.steps_to_write() {
                let place = Place::of(lesson, &sources, step).unwrap();
                let of = |programs: Vec<(String, String)>| {
                    let mut programs = programs.into_iter();
                    let file = |role: &str| format!("src/{}.rs", Lesson::file_of(role));
                    let found = programs.find(|(role, _)| file(role) == place.file);
                    found.unwrap().1
                };
                let solution = of(sources.with_steps_written(lesson, u32::MAX));
                let starter = of(sources.with_steps_written(lesson, 0));
                let once = place.put_back(&solution).unwrap();
                assert_ne!(once, solution, "{} {step}", lesson.name);
                let bodies = |text: &str| -> Vec<_> {
                    let functions = Functions::of(text).unwrap();
                    let all = functions.all();
                    all.map(|one| text[one.place()].to_owned()).collect()
                };
                let changed = bodies(&once)
                    .iter()
                    .zip(bodies(&solution))
                    .filter(|(one, other)| *one != other)
                    .count();
                assert_eq!(changed, 1, "{} {step}", lesson.name);
                // A program that is no Rust, with the ends of lines of Windows.
                let torn = format!("{solution}fn rest( {{\n").replace('\n', "\r\n");
                let put_back = place.put_back(&torn).unwrap().replace("\r\n", "\n");
                assert_eq!(put_back, format!("{once}fn rest( {{\n"));
                assert_eq!(place.put_back(&starter).unwrap(), starter);
                assert!(place.put_back("fn main() {}").is_none());
            }
        }
    }
}
