//! A recorded run as HTML: an ordered list of all its steps, which is whole by itself (on
//! paper, without a script, for a screen reader), and below it the source. The script
//! `book/theme/player.js` makes of it a stage to step on; the styles are in `player.css`.
//!
//! ```text
//! Player     a run with what a reader sees beside it
//! ├─ item      one step of the list
//! ├─ Source    a file of the program, line by line
//! └─ page      one or two runs as a page that needs nothing else
//! ```

#![warn(missing_docs, unreachable_pub)]

mod escape;
mod item;
mod page;
mod source;

pub use escape::{escaped, with_code};
pub use page::{MARK, page};
pub use source::Source;

use escape::{code_and_words, quoted};
use recording::{Run, Said, Step, steps};
use spoken::Lang;
use std::collections::BTreeMap;

/// A step in one line: `accept(3) = 4`, or what a peer did.
pub fn line(step: &Step<'_>, lang: Lang) -> String {
    item::what(step, lang)
}

/// A sentence in the reader's language.
pub fn said(both: &Said, lang: Lang) -> &str {
    item::in_language(both, lang)
}

/// A run, and what is shown with it.
#[derive(Debug)]
pub struct Player<'a> {
    /// What was recorded.
    pub run: &'a Run,
    /// By which an address names it: `lesson-04/greets_at_once`.
    pub name: &'a str,
    /// What stands above it.
    pub title: &'a str,
    /// The program's files, as far as its calls have lines in them.
    pub sources: &'a [Source],
    /// They are in sight at once: of a solution, a reader may not have seen them yet.
    pub sources_are_open: bool,
    /// The step, from 1, at which it parts from another run, and a sentence on what that one
    /// does there, with its code between backticks.
    pub parts: Option<(usize, String)>,
    /// What is asked before a step, from 1, is shown; HTML.
    pub questions: BTreeMap<usize, String>,
}

impl Player<'_> {
    /// The run as one element.
    pub fn html(&self, lang: Lang) -> String {
        let steps = steps(self.run);
        let items = steps.iter().zip(1..).map(|(step, number)| {
            let question = self.questions.get(&number).map_or("", String::as_str);
            let other = self.parts.as_ref().filter(|(step, _)| *step == number);
            let other = other.map_or("", |(_, said)| said.as_str());
            item::html(step, question, other, lang)
        });
        let parts = self.parts.as_ref();
        let parts = parts.map(|(step, _)| format!(" data-parts=\"{step}\""));
        let sources = self.sources.iter();
        let sources = sources.map(|source| source.html(self.sources_are_open, lang));
        let label = match lang {
            Lang::Ko => "실행을 한 단계씩",
            Lang::En => "A run, step by step",
        };
        format!(
            "<section class=\"run\" data-run=\"{name}\"{parts} aria-label=\"{label}: {spoken}\">\
             <p class=\"run-title\">{title}</p><ol class=\"run-steps\">{items}</ol>{sources}</section>",
            name = quoted(self.name),
            parts = parts.unwrap_or_default(),
            spoken = quoted(self.title),
            title = code_and_words(self.title),
            items = items.collect::<String>(),
            sources = sources.collect::<String>(),
        )
    }
}
