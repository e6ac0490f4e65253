//! The functions of the solution in which a lesson's steps stand, and which of them a
//! learner may see: those of steps that passed, or any on request.

use crate::lang::Lang;
use crate::lesson::bodies::Functions;
use crate::lesson::definition::Lesson;
use crate::lesson::progress::Progress;
use crate::lesson::starter::{Sources, Text};
use crate::lesson::workspace::Workspace;
use crate::tr;
use anyhow::Result;

/// A step that the learner writes, in the solution.
pub struct InSolution {
    pub step: u32,
    /// The program that it stands in.
    pub role: String,
    /// The function's name.
    pub function: String,
    /// The whole function.
    pub text: String,
    /// It passed in the last check, or is wanted all the same.
    pub may_be_seen: bool,
}

/// A lesson's solution.
pub struct Solution {
    pub programs: Vec<Text>,
    /// The steps that are asked for.
    pub steps: Vec<InSolution>,
}

impl Solution {
    /// With `step`, or with all of them.
    pub fn of(
        workspace: &Workspace,
        lesson: &Lesson,
        step: Option<u32>,
        spoil: bool,
    ) -> Result<Self> {
        let sources = Sources::read(workspace, lesson)?;
        let programs = sources.with_steps_written(lesson, u32::MAX);
        let known = Progress::read(workspace).of(&lesson.name);
        let mut steps = Vec::new();
        for (number, role, function) in sources.functions(lesson)? {
            if step.is_none_or(|step| step == number)
                && let Some(text) = function_in(&programs, role, &function)
            {
                steps.push(InSolution {
                    step: number,
                    role: role.to_owned(),
                    function,
                    text,
                    may_be_seen: spoil || known.is_done(number),
                });
            }
        }
        Ok(Self { programs, steps })
    }

    /// May none of what was asked for be seen?
    pub fn is_hidden(&self) -> bool {
        !self.steps.is_empty() && self.steps.iter().all(|step| !step.may_be_seen)
    }
}

/// The whole function of this name in a program.
pub fn function_in(programs: &[Text], role: &str, name: &str) -> Option<String> {
    let (_, text) = programs.iter().find(|(own, _)| own == role)?;
    let functions = Functions::of(text)?;
    Some(functions.named(name)?.whole(text).to_owned())
}

/// Of a step that may not be seen yet.
pub fn not_passed(step: u32, lang: Lang) -> String {
    tr!(
        lang,
        "{step}단계는 아직 통과하지 않았습니다. 그래도 보려면 --spoil을 붙이세요.",
        "Step {step} has not passed yet; --spoil shows it all the same."
    )
}

/// Do two functions do the same word for word? Comments and white space make no difference.
pub fn are_the_same(one: &str, other: &str) -> bool {
    let (Some(one), Some(other)) = (Functions::of(one), Functions::of(other)) else {
        return false;
    };
    let (mut one, mut other) = (one.all(), other.all());
    matches!((one.next(), other.next()), (Some(one), Some(other)) if one.has_the_body_of(other))
}
