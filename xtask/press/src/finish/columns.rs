//! Reports are drawn in columns: carets stand under letters, arrows in one line. In a
//! terminal a Hangul syllable is two columns wide; in a browser it is as wide as its font
//! has it, and so is every sign that the font for code lacks. Each run of them is given the
//! columns that a terminal gives it; the theme's `.wide` makes them so.

use super::text::{Around, changed};
use crate::edition::Edition;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What is drawn in columns.
const DRAWN: [&str; 2] = ["language-text", "language-console"];

/// The page with its reports aligned.
pub fn aligned(html: &str, edition: Edition) -> String {
    let language = match edition {
        Edition::Ko => "",
        Edition::En => " lang=\"ko\"",
    };
    changed(html, |text, around| {
        (!text.is_ascii() && is_drawn(around)).then(|| line_up(text, language))
    })
}

fn is_drawn(around: &Around<'_>) -> bool {
    around.is_in("pre") && DRAWN.iter().any(|class| around.has_class(class))
}

fn line_up(text: &str, language: &str) -> String {
    let mut html = String::with_capacity(text.len() * 2);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let kind = Kind::of(first);
        let mut end = rest.find(|c| Kind::of(c) != kind).unwrap_or(rest.len());
        if kind == Kind::Sign {
            end = first.len_utf8();
        }
        let (run, after) = rest.split_at(end);
        html += &match kind {
            Kind::Plain => run.to_owned(),
            Kind::Sign => span(run, ""),
            Kind::Wide => span(run, language),
        };
        rest = after;
    }
    html
}

fn span(run: &str, language: &str) -> String {
    let columns = run.width();
    format!("<span class=\"wide\"{language} style=\"--columns:{columns}\">{run}</span>")
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The font for code has it, one column wide.
    Plain,
    /// One column in a terminal, and anything in a browser.
    Sign,
    /// Two columns.
    Wide,
}

impl Kind {
    fn of(letter: char) -> Kind {
        match letter {
            // Letters, and the lines of boxes.
            '\0'..='\u{24f}' | '\u{2500}'..='\u{257f}' => Kind::Plain,
            _ if letter.width() == Some(2) => Kind::Wide,
            _ if letter.width() == Some(1) => Kind::Sign,
            _ => Kind::Plain,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_letters_have_their_columns() {
        let html = "<pre><code class=\"language-text\">a 안녕 ✔│\n</code></pre><p>안녕</p>";
        assert_eq!(
            aligned(html, Edition::En),
            "<pre><code class=\"language-text\">a \
             <span class=\"wide\" lang=\"ko\" style=\"--columns:4\">안녕</span> \
             <span class=\"wide\" style=\"--columns:1\">✔</span>│\n</code></pre><p>안녕</p>"
        );
    }
}
