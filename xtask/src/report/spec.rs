//! A lesson's specification in a terminal: a pure function of what `spec.toml` says.

use super::style::Style;
use crate::lang::Lang;
use crate::lesson::definition::Lesson;
use specification::{Entry, Program, Spec, Subject};

/// Before a sentence that is about nothing that stands there.
const BULLET: &str = "- ";

/// The lines, with what tells them apart in colour.
pub fn lines(lesson: &Lesson, spec: &Spec, lang: Lang, style: &Style) -> Vec<String> {
    let name = lesson.short_name();
    let title = format!("{name} {} · {}", lesson.topic(), lesson.title.of(lang));
    let mut lines = vec![style.bold(&title)];
    lines.extend(style.wrapped_behind("", specification::Lang::from(lang).title()));
    for program in &spec.programs {
        lines.push(String::new());
        lines.extend(of_program(program, lang, style));
    }
    lines
}

fn of_program(program: &Program, lang: Lang, style: &Style) -> Vec<String> {
    let mut lines = vec![style.bold(&program.usage)];
    let lang = specification::Lang::from(lang);
    let does = lang.of(&program.does.ko, &program.does.en).trim();
    lines.extend(style.wrapped_behind("  ", does));
    for part in program.parts(lang) {
        lines.push(format!("  {}", style.bold(part.heading)));
        for entry in &part.entries {
            lines.extend(of_entry(entry, lang, style));
        }
    }
    lines
}

fn of_entry(entry: &Entry<'_>, lang: specification::Lang, style: &Style) -> Vec<String> {
    let mut lines = Vec::new();
    match entry.subject {
        None => return hanging(BULLET, entry.text, style),
        Some(Subject::Status(status)) => {
            return hanging(&format!("{status}: "), entry.text, style);
        }
        Some(Subject::Argument { name, default }) => {
            let default = default.map(|default| format!(" ({} {default})", lang.default()));
            lines.push(format!("    {name}{}", default.unwrap_or_default()));
        }
        // To the letter: what is copied from here has no line's end in the middle.
        Some(Subject::Line { line, gloss }) => {
            lines.push(format!("    {}", style.good(line)));
            let gloss = gloss.into_iter();
            let gloss =
                gloss.flat_map(|gloss| style.wrapped_behind("      ", &format!("“{gloss}”")));
            lines.extend(gloss.map(|line| style.dim(&line)));
        }
    }
    lines.extend(style.wrapped_behind("      ", entry.text));
    lines
}

/// A text behind `first`; its other lines stand below its beginning.
fn hanging(first: &str, text: &str, style: &Style) -> Vec<String> {
    let margin = " ".repeat(4 + textwrap::core::display_width(first));
    let mut lines = style.wrapped_behind(&margin, text);
    if let Some(line) = lines.first_mut() {
        *line = line.replacen(&margin, &format!("    {first}"), 1);
    }
    lines
}
