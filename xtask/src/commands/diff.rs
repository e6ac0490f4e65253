//! `cargo xtask diff`: the learner's steps beside the solution's, once they passed.

use crate::arguments;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::choose;
use crate::lesson::definition::Lesson;
use crate::lesson::in_solution::{self, InSolution, Solution};
use crate::lesson::starter::Text;
use crate::lesson::workspace::Workspace;
use crate::report::{self, Style};
use crate::status::Status;
use crate::tr;
use clap::ArgMatches;
use std::fs;

pub fn line() -> clap::Command {
    clap::Command::new("diff")
        .about("통과한 단계를 풀이와 비교해 봅니다 / the steps that passed beside the solution's")
        .args([
            arguments::one_lesson(),
            arguments::step("이 단계만 / this step alone"),
            arguments::spoil(),
        ])
}

pub fn run(workspace: &Workspace, lang: Lang, words: &ArgMatches) -> Result<Status, Failure> {
    let lesson = choose::lesson(workspace, lang, &arguments::lesson_in(words))?;
    let step = choose::step_or_all(workspace, lesson, lang, arguments::step_in(words))?;
    let solution = Solution::of(workspace, lesson, step, words.get_flag("spoil"))?;
    let style = Style::of_stdout();
    let own = programs(workspace, lesson);
    if solution.steps.is_empty() {
        crate::say!(
            "{}",
            tr!(
                lang,
                "주어진 것뿐이라 비교할 것이 없습니다.",
                "All of it is given; there is nothing to compare."
            )
        );
    } else if !solution.is_hidden() {
        let title = tr!(
            lang,
            "- 내 코드   + 풀이   (표시 없는 줄은 같습니다)",
            "- yours   + the solution's   (other lines are the same)"
        );
        crate::say!("{}", style.dim(&title));
    }
    for step in &solution.steps {
        for line in compared(lesson, step, &own, lang, &style) {
            crate::say!("{line}");
        }
    }
    Ok(if solution.is_hidden() {
        Status::NotYet
    } else {
        Status::Passed
    })
}

/// The learner's programs, as far as they are there and text.
fn programs(workspace: &Workspace, lesson: &Lesson) -> Vec<Text> {
    let files = lesson.roles.iter().zip(workspace.program_files_of(lesson));
    let read = |(role, file): (&String, _)| Some((role.clone(), fs::read_to_string(file).ok()?));
    files.filter_map(read).collect()
}

fn compared(
    lesson: &Lesson,
    step: &InSolution,
    own: &[Text],
    lang: Lang,
    style: &Style,
) -> Vec<String> {
    let number = step.step;
    if !step.may_be_seen {
        return vec![in_solution::not_passed(number, lang)];
    }
    let mut numbered = lesson.numbered_steps();
    let title = numbered.find(|(own, _)| *own == number);
    let title = title.map_or("", |(_, step)| step.title.of(lang));
    let mut lines = vec![String::new(), style.bold(&format!("{number}  {title}"))];
    let Some(own) = in_solution::function_in(own, &step.role, &step.function) else {
        let function = &step.function;
        lines.push(tr!(
            lang,
            "내 코드에서 함수 {function}을(를) 찾지 못했습니다. 풀이의 것:",
            "Your code has no function {function}. The solution's:"
        ));
        lines.extend(report::beside("", &step.text, style));
        return lines;
    };
    if in_solution::are_the_same(&own, &step.text) {
        lines.push(tr!(lang, "풀이와 같습니다.", "The same as the solution's."));
    } else {
        lines.extend(report::beside(&own, &step.text, style));
    }
    lines
}
