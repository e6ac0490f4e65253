//! `cargo xtask solution`: the solution of a lesson or of a step, once it passed.

use crate::arguments;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::choose;
use crate::lesson::definition::Lesson;
use crate::lesson::in_solution::{self, Solution};
use crate::lesson::workspace::Workspace;
use crate::report::Style;
use crate::status::Status;
use crate::tr;
use clap::ArgMatches;

pub fn line() -> clap::Command {
    clap::Command::new("solution")
        .about("통과한 레슨이나 단계의 풀이를 봅니다 / the solution of what passed")
        .args([
            arguments::one_lesson(),
            arguments::step("이 단계의 함수만 / the function of this step alone"),
            arguments::spoil(),
        ])
}

pub fn run(workspace: &Workspace, lang: Lang, words: &ArgMatches) -> Result<Status, Failure> {
    let lesson = choose::lesson(workspace, lang, &arguments::lesson_in(words))?;
    let step = choose::step_or_all(workspace, lesson, lang, arguments::step_in(words))?;
    let solution = Solution::of(workspace, lesson, step, words.get_flag("spoil"))?;
    let style = Style::of_stdout();
    if step.is_none() && solution.steps.iter().all(|step| step.may_be_seen) {
        for (role, text) in &solution.programs {
            let file = Lesson::file_of(role);
            let path = format!("// solutions/{}/src/{file}.rs", lesson.name);
            crate::say!("{}\n{}", style.dim(&path), text.trim_end());
        }
        return Ok(Status::Passed);
    }
    if let Some(number) = step.filter(|_| solution.steps.is_empty()) {
        crate::say!(
            "{}",
            tr!(
                lang,
                "{number}단계는 주어진 것이라 풀이가 없습니다.",
                "Step {number} is given; it has no solution."
            )
        );
    }
    for step in &solution.steps {
        if step.may_be_seen {
            let file = Lesson::file_of(&step.role);
            let (name, number) = (&lesson.name, step.step);
            let path = format!("// solutions/{name}/src/{file}.rs, step {number}");
            crate::say!("{}\n{}", style.dim(&path), step.text);
        } else {
            crate::say!("{}", in_solution::not_passed(step.step, lang));
        }
    }
    Ok(if solution.is_hidden() {
        Status::NotYet
    } else {
        Status::Passed
    })
}
