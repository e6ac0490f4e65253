//! A learner's program in which some steps are the solution's: only the bodies of their
//! functions change, and what they call their parameters, so that all else is what the learner
//! wrote.

use crate::lesson::bodies::{self, Functions};
use crate::lesson::definition::Lesson;
use crate::lesson::parameters::types;
use crate::lesson::starter::{Sources, Text};
use anyhow::Result;
use proc_macro2::Group;
use std::collections::BTreeMap;
use std::ops::Range;

/// The learner's programs next to the solution's.
pub struct Exchange {
    learner: Vec<Text>,
    /// By role.
    solution: BTreeMap<String, String>,
    /// The step, its program's role, and its function's name.
    steps: Vec<(u32, String, String)>,
}

/// What a learner has where a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Own {
    AsInTheSolution,
    Other,
    /// The function has another name, or is gone.
    NotThere,
}

impl Exchange {
    /// # Errors
    /// The solution's steps stand in no function.
    pub fn of(lesson: &Lesson, sources: &Sources, learner: Vec<Text>) -> Result<Self> {
        let solution = sources.with_steps_written(lesson, u32::MAX);
        let steps = sources.functions(lesson)?.into_iter();
        Ok(Self {
            learner,
            solution: solution.into_iter().collect(),
            steps: steps
                .map(|(step, role, name)| (step, role.to_owned(), name))
                .collect(),
        })
    }

    /// The names of the functions in which the steps stand.
    pub fn functions(&self) -> BTreeMap<u32, String> {
        let steps = self.steps.iter();
        steps.map(|(step, _, name)| (*step, name.clone())).collect()
    }

    /// The role of the program in which a step stands, and its function's name.
    pub fn place_of(&self, step: u32) -> Option<(&str, &str)> {
        let (_, role, name) = self.steps.iter().find(|(own, _, _)| *own == step)?;
        Some((role, name))
    }

    /// The learner's function of a step, next to the solution's.
    pub fn own(&self, step: u32) -> Own {
        let found = self.steps.iter().find(|(own, _, _)| *own == step);
        let compared = found.and_then(|(_, role, name)| {
            let own = Functions::of(self.text_of(role)?)?;
            let theirs = Functions::of(self.solution.get(role)?)?;
            Some(own.named(name)?.has_the_body_of(theirs.named(name)?))
        });
        match compared {
            Some(true) => Own::AsInTheSolution,
            Some(false) => Own::Other,
            None => Own::NotThere,
        }
    }

    /// The programs that change, with the solution's lines for `wanted`.
    pub fn with(&self, wanted: &[u32]) -> Vec<Text> {
        let changed = self.learner.iter().filter_map(|(role, text)| {
            let names: Vec<_> = self
                .steps
                .iter()
                .filter(|(step, own, _)| own == role && wanted.contains(step))
                .map(|(_, _, name)| name.as_str())
                .collect();
            let solution = self.solution.get(role)?;
            let text = replaced(text, solution, &names)?;
            Some((role.clone(), text))
        });
        changed.collect()
    }

    /// The functions and constants outside the steps that are not as the starter has them.
    pub fn changed_of_what_was_given(&self) -> Vec<String> {
        let changed = self.learner.iter().flat_map(|(role, text)| {
            let solution = self.solution.get(role).map_or("", String::as_str);
            let mut changed = changed_constants(text, solution);
            changed.extend(self.changed_functions(role, text, solution));
            changed
        });
        changed.collect()
    }

    fn changed_functions(&self, role: &str, text: &str, solution: &str) -> Vec<String> {
        let (Some(own), Some(theirs)) = (Functions::of(text), Functions::of(solution)) else {
            return Vec::new();
        };
        let is_a_step = |name: &str| {
            let mut steps = self.steps.iter();
            steps.any(|(_, of_role, step)| of_role == role && step == name)
        };
        let mut changed = Vec::new();
        for given in theirs.all() {
            let name = given.name();
            let kept = own
                .named(name)
                .is_some_and(|own| own.has_the_body_of(given));
            if !kept && !is_a_step(name) {
                changed.push(name.to_owned());
            }
        }
        changed
    }

    fn text_of(&self, role: &str) -> Option<&str> {
        let mut all = self.learner.iter();
        all.find(|(own, _)| own == role)
            .map(|(_, text)| text.as_str())
    }
}

/// `text` with the bodies of the functions `names` as in `solution`, which brings what it
/// imports along. `None` where nothing is to be replaced, or one of them is missing.
fn replaced(text: &str, solution: &str, names: &[&str]) -> Option<String> {
    if names.is_empty() {
        return None;
    }
    let (own, theirs) = (Functions::of(text)?, Functions::of(solution)?);
    let imports: String = bodies::imports(solution)
        .into_iter()
        .map(|place| format!("{} ", &solution[place]))
        .collect();
    let mut changes = Vec::new();
    for name in names {
        let (own, theirs) = (own.named(name)?, theirs.named(name)?);
        let body = &solution[theirs.place()];
        let inside = body.strip_prefix('{')?;
        changes.push((own.place(), format!("{{ {imports}{inside}")));
        if let (Some(own), Some(theirs)) = (&own.parameters, &theirs.parameters)
            && types(own) == types(theirs)
        {
            let place = |group: &Group| group.span().byte_range();
            changes.push((place(own), solution[place(theirs)].to_owned()));
        }
    }
    Some(spliced(text, changes))
}

fn changed_constants(text: &str, solution: &str) -> Vec<String> {
    let own = bodies::constants(text);
    let given = bodies::constants(solution).into_iter();
    given
        .filter(|(name, tokens)| own.get(name) != Some(tokens))
        .map(|(name, _)| name)
        .collect()
}

/// `text` with other text in these places, which do not overlap.
fn spliced(text: &str, mut changes: Vec<(Range<usize>, String)>) -> String {
    changes.sort_by_key(|(place, _)| std::cmp::Reverse(place.start));
    let mut text = text.to_owned();
    for (place, new) in changes {
        text.replace_range(place, &new);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::workspace::Workspace;

    #[test]
    fn a_step_of_the_solution_brings_its_imports_along() {
        let solution = "use a::B;\nfn one() -> u8 { B::new() }\nfn two() {}";
        let learner = "fn one() -> u8 { /* 틀림 */ 1 }\nfn two() { one(); }";
        let text = replaced(learner, solution, &["one"]).unwrap();
        assert_eq!(
            text,
            "fn one() -> u8 { use a::B;  B::new() }\nfn two() { one(); }"
        );
        assert!(replaced(learner, solution, &["three"]).is_none());
        assert!(replaced("fn one( {", solution, &["one"]).is_none());
    }

    #[test]
    fn a_parameter_may_have_another_name() {
        let solution = "fn one(number: u8, at: Vec<u8>) -> u8 { number }";
        let learner = "fn one(_number: u8, mut at: Vec<u8>) -> u8 { 1 }";
        assert_eq!(
            replaced(learner, solution, &["one"]).unwrap(),
            "fn one(number: u8, at: Vec<u8>) -> u8 {  number }"
        );
        let other = "fn one(number: u16, at: Vec<u8>) -> u8 { 1 }";
        assert_eq!(
            replaced(other, solution, &["one"]).unwrap(),
            "fn one(number: u16, at: Vec<u8>) -> u8 {  number }"
        );
    }

    #[test]
    fn all_steps_of_the_solution_make_a_starter_the_solution() {
        let workspace = Workspace::find().unwrap();
        for lesson in &workspace.lessons {
            let sources = Sources::read(&workspace, lesson).unwrap();
            let starter = sources.with_steps_written(lesson, 0);
            let exchange = Exchange::of(lesson, &sources, starter).unwrap();
            assert!(exchange.changed_of_what_was_given().is_empty());
            let steps = lesson.steps_to_write();
            assert!(steps.iter().all(|step| exchange.own(*step) == Own::Other));
            for (role, text) in exchange.with(&steps) {
                let functions = Functions::of(&text).unwrap();
                let left = functions.all().filter(|one| one.stand_in().is_some());
                assert_eq!(left.count(), 0, "{} {role}", lesson.name);
            }
        }
    }

    #[test]
    fn what_was_given_is_told_from_what_was_changed() {
        let workspace = Workspace::find().unwrap();
        let lesson = workspace.lessons.iter().find(|it| it.topic() == "accept");
        let lesson = lesson.unwrap();
        let sources = Sources::read(&workspace, lesson).unwrap();
        let changed = |from: &str, to: &str| {
            let mut texts = sources.with_steps_written(lesson, 4);
            assert!(texts[0].1.contains(from), "{from}");
            texts[0].1 = texts[0].1.replacen(from, to, 1);
            let exchange = Exchange::of(lesson, &sources, texts).unwrap();
            exchange.changed_of_what_was_given()
        };
        let one = "[0; 1024]";
        assert_eq!(changed(one, "[0; 512]"), ["wait_until_it_leaves"]);
        assert!(changed("fn listener(", "// 내 생각\nfn listener(").is_empty());
        assert!(changed("use std", "use std::fmt;\nuse std").is_empty());
        assert!(changed("fn listener(", "fn mine() {}\nfn listener(").is_empty());
    }
}
