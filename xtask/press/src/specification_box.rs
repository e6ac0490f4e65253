//! Turns `{{#spec lesson-09-one-shot}}` into a box: what the lesson's programs must do, for
//! whoever writes them in any language. The solution's `spec.toml` is the only source; it
//! is folded, for whoever writes Rust has the starter.

use crate::edition::Edition;
use anyhow::{Result, bail};
use html_escape::{encode_double_quoted_attribute, encode_text};
use specification::{Entry, Lang, Piece, Program, Spec, Subject, pieces};
use std::path::Path;

/// A lesson's specification, to be shown in its chapter.
pub struct SpecificationBox(Spec);

impl SpecificationBox {
    /// That of the lesson that is named.
    pub fn read(lesson: &str, solutions: &Path) -> Result<Self> {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if lesson.is_empty() || !lesson.chars().all(plain) {
            bail!("a specification is written {{{{#spec <lesson>}}}}");
        }
        Spec::read(&solutions.join(lesson)).map(Self)
    }

    /// The box as HTML.
    pub fn html(&self, edition: Edition) -> String {
        let lang = edition.lang();
        let programs = self.0.programs.iter();
        let programs: String = programs.map(|program| section(program, lang)).collect();
        let title = lang.title();
        format!("<details class=\"spec\"><summary>{title}</summary>{programs}</details>")
    }
}

fn section(program: &Program, lang: Lang) -> String {
    let usage = encode_text(&program.usage);
    let label = encode_double_quoted_attribute(&program.usage);
    let does = sentence(lang.of(&program.does.ko, &program.does.en));
    let mut html = format!(
        "<section aria-label=\"{label}\"><p class=\"spec-usage\"><code>{usage}</code></p><p>{does}</p><dl>"
    );
    for part in program.parts(lang) {
        let entries = part.entries.iter();
        let entries = entries.map(|entry| format!("<li>{}</li>", told(entry, lang)));
        // One definition a term: of several, mdBook's style makes numbered columns.
        let (heading, entries) = (encode_text(part.heading), entries.collect::<String>());
        html += &format!("<dt>{heading}</dt><dd><ul>{entries}</ul></dd>");
    }
    html + "</dl></section>"
}

fn told(entry: &Entry<'_>, lang: Lang) -> String {
    let text = sentence(entry.text);
    match entry.subject {
        None => text,
        Some(Subject::Status(status)) => format!("<b>{}</b>: {text}", encode_text(status)),
        Some(Subject::Argument { name, default }) => {
            let default = default.map(|default| {
                let default = encode_text(default);
                format!(" ({} <code>{default}</code>)", lang.default())
            });
            let default = default.unwrap_or_default();
            format!("<code>{}</code>{default}<br>{text}", encode_text(name))
        }
        Some(Subject::Line { line, gloss }) => {
            let gloss = gloss.map(|gloss| format!("“{}”<br>", printed(gloss)));
            let gloss = gloss.unwrap_or_default();
            format!(
                "<code lang=\"ko\">{}</code><br>{gloss}{text}",
                printed(line)
            )
        }
    }
}

/// A line, or words on it, with what varies told apart.
fn printed(line: &str) -> String {
    let pieces = pieces(line).unwrap_or_else(|| vec![Piece::Words(line)]);
    let html = pieces.into_iter().map(|piece| match piece {
        Piece::Words(words) => encode_text(words).into_owned(),
        Piece::Varies(name) => format!("<var>{{{}}}</var>", encode_text(name)),
    });
    html.collect()
}

/// A text, with what stands between backticks as code.
fn sentence(text: &str) -> String {
    player::with_code(text, printed)
}
