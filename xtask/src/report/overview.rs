//! The list of lessons: a line each, in their parts, with how far it is and, at some, their
//! steps.

use super::style::Style;
use crate::lang::Lang;
use crate::lesson::definition::Lesson;
use crate::lesson::parts::{self, Part};
use crate::lesson::progress::Known;
use crate::lesson::whereabouts::State;
use crate::tr;
use textwrap::core::display_width;

/// A lesson of the list.
pub struct Entry<'a> {
    pub lesson: &'a Lesson,
    pub state: State,
    /// It is the one to go on with.
    pub is_here: bool,
    /// The steps that are shown.
    pub steps: Vec<u32>,
    pub known: Known,
}

/// The longest of the lessons' topics, in columns.
const TOPIC: usize = 13;

pub fn lines(parts: &[Part], entries: &[Entry<'_>], lang: Lang, style: &Style) -> Vec<String> {
    let mut lines = Vec::new();
    let mut heading = "";
    for entry in entries {
        let part = parts::of(parts, entry.lesson);
        let title = part.map_or("", |part| part.title.of(lang));
        if title != heading {
            if !lines.is_empty() {
                lines.push(String::new());
            }
            lines.push(style.bold(title));
            heading = title;
        }
        lines.push(entry.line(lang, style));
        lines.extend(
            entry
                .steps
                .iter()
                .map(|step| entry.step(*step, lang, style)),
        );
    }
    lines.push(String::new());
    lines.push(style.dim(&tr!(
        lang,
        "✔ 통과   ◌ 여기서는 볼 수 없었음   ○ 아직   ▸ 지금 할 레슨",
        "✔ passed   ◌ could not be seen here   ○ not yet   ▸ where you are"
    )));
    lines
}

impl Entry<'_> {
    fn line(&self, lang: Lang, style: &Style) -> String {
        let here = if self.is_here { '▸' } else { ' ' };
        let sign = match self.state {
            State::Passed | State::ChangedSince => '✔',
            State::NotBegun | State::AtStep(_) => '○',
        };
        let (number, topic) = (self.lesson.number(), self.lesson.topic());
        let right = self.state(lang);
        let before = format!("{here} {sign} {number} {topic:TOPIC$}  ");
        let room = style
            .width()
            .saturating_sub(display_width(&before) + display_width(&right) + 2);
        let title = shortened(self.lesson.title.of(lang), room);
        let left = before + &title;
        let used = display_width(&left) + display_width(&right);
        let gap = " ".repeat(style.width().saturating_sub(used).max(2));
        match self.state {
            _ if self.is_here => style.bold(&format!("{left}{gap}{right}")),
            State::Passed => style.good(&format!("{left}{gap}{right}")),
            State::NotBegun => format!("{left}{gap}{}", style.dim(&right)),
            State::AtStep(_) | State::ChangedSince => format!("{left}{gap}{right}"),
        }
    }

    fn state(&self, lang: Lang) -> String {
        let all = self.lesson.steps.len();
        match self.state {
            State::NotBegun => tr!(lang, "시작 전", "not begun"),
            State::AtStep(step) => tr!(lang, "{all}단계 중 {step}단계", "step {step} of {all}"),
            State::Passed => tr!(lang, "통과", "passed"),
            State::ChangedSince => tr!(lang, "통과한 뒤 바뀜", "changed since"),
        }
    }

    fn step(&self, number: u32, lang: Lang, style: &Style) -> String {
        let step = self.lesson.step(number);
        let title = step.map_or("", |step| step.title.of(lang));
        let line = format!("{number}  {title}");
        if self.known.passed.contains(&number) {
            format!("       {}", style.good(&format!("✔ {line}")))
        } else if self.known.unseen.contains(&number) {
            format!("       {}", style.dim(&format!("◌ {line}")))
        } else {
            format!("       ○ {line}")
        }
    }
}

/// `text` in as many columns.
fn shortened(text: &str, columns: usize) -> String {
    if display_width(text) <= columns {
        return text.to_owned();
    }
    let mut short = String::new();
    for character in text.chars() {
        short.push(character);
        if display_width(&short) >= columns {
            short.pop();
            break;
        }
    }
    short + "…"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::workspace::Workspace;

    #[test]
    fn every_lesson_fits_into_a_small_terminal_in_every_state() {
        let workspace = Workspace::find().unwrap();
        let parts = parts::all().unwrap();
        let states = [
            State::NotBegun,
            State::AtStep(2),
            State::Passed,
            State::ChangedSince,
        ];
        for (lang, state) in [Lang::Ko, Lang::En]
            .into_iter()
            .flat_map(|lang| states.map(|state| (lang, state)))
        {
            let entry = |lesson| Entry {
                lesson,
                state,
                is_here: false,
                steps: lesson.numbered_steps().map(|(number, _)| number).collect(),
                known: Known::default(),
            };
            let entries: Vec<_> = workspace.lessons.iter().map(entry).collect();
            for line in lines(&parts, &entries, lang, &Style::plain(80)) {
                assert!(display_width(&line) <= 80, "{line}");
            }
        }
        assert_eq!(shortened("소켓을 만든다", 7), "소켓을…");
        assert_eq!(shortened("소켓", 4), "소켓");
    }
}
