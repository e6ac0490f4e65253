//! The report for a person: a line a step, and for the first step that fails its
//! conversation, what it means, and where to go from there.

use super::scenario::Telling;
use super::{step_line, style::Style, unseen, ways_on};
use crate::check::lesson_result::{LessonResult, Unable};
use crate::check::step_result::{ScenarioResult, StepResult};
use crate::explain::reason;
use crate::lang::Lang;
use crate::lesson::definition::{Lesson, Step};
use crate::status::Status;
use crate::tr;
use probe::{Reason, Verdict};
use unicode_width::UnicodeWidthStr;

/// Prints the result of one lesson.
pub fn print(result: &LessonResult<'_>, lang: Lang, verbose: bool) {
    let report = Report {
        result,
        lang,
        verbose,
        style: Style::of_stdout(),
    };
    for line in report.lines() {
        crate::say!("{line}");
    }
}

/// The same, with all that passed, as lines for a file.
pub fn text(result: &LessonResult<'_>, lang: Lang) -> Vec<String> {
    let report = Report {
        result,
        lang,
        verbose: true,
        style: Style::plain(FILE),
    };
    let lines = report.lines().into_iter();
    lines
        .map(|line| anstream::adapter::strip_str(&line).to_string())
        .collect()
}

/// The columns of a file.
const FILE: usize = 80;

/// How many of the other scenarios that fail are named.
const NAMED: usize = 2;

struct Report<'a> {
    result: &'a LessonResult<'a>,
    lang: Lang,
    verbose: bool,
    style: Style,
}

impl Report<'_> {
    fn lines(&self) -> Vec<String> {
        let mut lines = vec![self.head(), String::new()];
        if self.verbose {
            lines.extend(
                self.result
                    .warnings
                    .iter()
                    .map(|warning| warning.trim_end().to_owned()),
            );
        }
        let current = self.result.current_step();
        for (number, step) in self.result.lesson.numbered_steps() {
            let Some(found) = self
                .result
                .steps
                .iter()
                .find(|found| found.number == number)
            else {
                continue;
            };
            let title = step.title.of(self.lang);
            lines.push(step_line::line(title, found, self.lang, &self.style));
            for scenario in found
                .scenarios
                .iter()
                .filter(|scenario| scenario.report.verdict == Verdict::Skipped)
            {
                lines.push(self.skipped_line(scenario));
            }
            if current == Some(number) {
                lines.extend(self.current_step(step, found));
            }
            if self.verbose {
                lines.extend(self.passed_conversations(found));
            }
        }
        lines.push(String::new());
        lines.extend(self.foot());
        // Where it did not compile, it was said there.
        lines.extend(
            self.result
                .changed
                .clone()
                .filter(|_| self.result.errors.is_empty()),
        );
        lines
    }

    fn head(&self) -> String {
        let lesson = self.result.lesson;
        let passed = self
            .result
            .steps
            .iter()
            .filter(|step| step.passed())
            .count();
        let all = self.result.steps.len();
        let left = format!(
            "{} {} · {}",
            lesson.short_name(),
            lesson.topic(),
            lesson.title.of(self.lang)
        );
        let right = match self.result.alone {
            Some(step) => tr!(self.lang, "{step}단계만", "step {step} alone"),
            None => tr!(
                self.lang,
                "{passed}/{all} 단계 통과",
                "{passed}/{all} steps passed"
            ),
        };
        let room = self.style.width();
        let gap = room.saturating_sub(left.width() + right.width()).max(2);
        format!("{}{}{right}", self.style.bold(&left), " ".repeat(gap))
    }

    fn skipped_line(&self, scenario: &ScenarioResult) -> String {
        let title = self.title(scenario);
        let why = unseen::why(scenario, self.lang);
        self.style.dim(&format!(
            " │    {}",
            tr!(
                self.lang,
                "건너뜀: {title} — {why}",
                "skipped: {title}: {why}"
            )
        ))
    }

    fn title<'a>(&'a self, scenario: &'a ScenarioResult) -> &'a str {
        let name = &scenario.report.scenario;
        self.result.lesson.title_of(name, self.lang)
    }

    fn current_step(&self, step: &Step, found: &StepResult) -> Vec<String> {
        let told = found.telling_scenario();
        let is_known = match self.result.unable {
            // What one scenario could not see takes nothing from what another has seen.
            Some(Unable::Scenario { .. } | Unable::Rest(_)) => {
                told.is_some_and(ScenarioResult::fails_for_certain)
            }
            Some(Unable::Lesson(_)) => false,
            None => self.result.errors.is_empty(),
        };
        if !is_known {
            return Vec::new();
        }
        let left_over = step_line::about_the_left_over(found, self.lang);
        let mut lines = left_over.map_or_else(Vec::new, |said| self.wrapped(&said));
        match told {
            Some(scenario) => {
                lines.extend((!lines.is_empty()).then(|| " │".to_owned()));
                lines.extend(self.telling().lines(scenario));
            }
            None if lines.is_empty() => lines = self.wrapped(&one_line(step.task.of(self.lang))),
            None => {}
        }
        lines.extend(self.other_failures(found, told));
        lines.push(" │".to_owned());
        let ways_on = ways_on::of_a_step(self.result, found.number, told, self.lang);
        lines.extend(ways_on.into_iter().map(|line| format!(" │    {line}")));
        lines
    }

    fn other_failures(&self, found: &StepResult, shown: Option<&ScenarioResult>) -> Vec<String> {
        let shown = shown.map(|scenario| scenario.report.scenario.as_str());
        let others = found
            .scenarios
            .iter()
            .filter(|other| other.failed() && shown != Some(other.report.scenario.as_str()));
        let titles: Vec<_> = others.map(|other| self.title(other)).collect();
        if titles.is_empty() {
            return Vec::new();
        }
        let (first, more) = titles.split_at(titles.len().min(NAMED));
        let (first, more) = (first.join(" / "), more.len());
        let said = match more {
            0 => tr!(
                self.lang,
                "이것도 통과하지 못함: {first}",
                "not passed either: {first}"
            ),
            _ => tr!(
                self.lang,
                "이것도 통과하지 못함: {first} 외 {more}개",
                "not passed either: {first}, and {more} more"
            ),
        };
        let lines = self.wrapped(&said).into_iter();
        lines.map(|line| self.style.bad(&line)).collect()
    }

    fn passed_conversations(&self, found: &StepResult) -> Vec<String> {
        let all = found.scenarios.iter();
        let passed = all.filter(|scenario| scenario.report.verdict == Verdict::Passed);
        let telling = self.telling();
        passed
            .flat_map(|scenario| telling.passed(scenario))
            .collect()
    }

    fn unable(&self, why: &Unable) -> String {
        let why = match why {
            // Every scenario would say the same.
            Unable::Scenario {
                reason:
                    reason @ (Reason::CannotStart { .. } | Reason::NoDescriptors | Reason::TooBusy),
                ..
            } => reason::sentence(reason, self.lang),
            other => other.sentence(self.lang),
        };
        if self.result.status() == Status::NotYet {
            return tr!(
                self.lang,
                "모두 볼 수는 없었습니다: {why}",
                "Not everything could be seen: {why}"
            );
        }
        tr!(
            self.lang,
            "검사할 수 없었습니다: {why}",
            "The check could not be made: {why}"
        )
    }

    fn foot(&self) -> Vec<String> {
        let lesson = self.result.lesson;
        if let Some(why) = &self.result.unable {
            return vec![self.style.bad(&self.unable(why))];
        }
        if !self.result.errors.is_empty() {
            let mut lines: Vec<_> = self
                .result
                .errors
                .iter()
                .map(|error| error.trim_end().to_owned())
                .collect();
            let more = self.result.more_errors;
            if more > 0 {
                lines.push(tr!(
                    self.lang,
                    "… 오류가 {more}개 더 있습니다.",
                    "… and {more} more errors."
                ));
            }
            lines.push(String::new());
            lines.extend(self.result.changed.clone());
            lines.push(tr!(
                self.lang,
                "컴파일되지 않았습니다.",
                "It did not compile."
            ));
            return lines;
        }
        if self.result.passed() {
            let (name, but) = (
                lesson.short_name(),
                unseen::sentence(self.result, self.lang),
            );
            let passed = match self.result.alone {
                Some(step) => tr!(
                    self.lang,
                    "{name} {step}단계 통과{but}",
                    "{name}, step {step} passed{but}"
                ),
                None => tr!(self.lang, "{name} 통과{but}", "{name} passed{but}"),
            };
            let passed = self.style.good(&passed);
            let next = ways_on::of_a_lesson(self.result, self.lang);
            return std::iter::once(passed).chain(next).collect();
        }
        if self.result.of_commands {
            return Vec::new();
        }
        let role = lesson.role_of(self.result.current_step().unwrap_or(1));
        let file = format!("lessons/{}/src/{}.rs", lesson.name, Lesson::file_of(role));
        vec![tr!(self.lang, "고칠 파일  {file}", "edit  {file}")]
    }

    fn telling(&self) -> Telling<'_> {
        Telling {
            lesson: self.result.lesson,
            functions: &self.result.functions,
            lang: self.lang,
            style: &self.style,
            glosses: &self.result.glosses,
            timed: true,
        }
    }

    fn wrapped(&self, text: &str) -> Vec<String> {
        self.style.wrapped(text)
    }
}

/// A task is written in lines as they fit into a comment of the starter; a terminal has its own.
fn one_line(task: &str) -> String {
    task.lines().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_is_broken_where_the_terminal_ends_and_nowhere_else() {
        let task = "Accept the next client. Before\nthat, look whether there is room.";
        let lines = Style::plain(80).wrapped(&one_line(task));
        assert_eq!(
            lines,
            [" │    Accept the next client. Before that, look whether there is room."]
        );
    }
}
