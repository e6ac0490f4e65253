//! Turns `{{#conversation lesson-04-accept/greets_two_clients}}` into a figure:
//! a sequence diagram, the same transcript as text, and a line saying that it
//! was recorded. The snapshot of the solution is the only source; nothing in a
//! figure is written by hand.
//!
//! ```text
//! transcript  the snapshot, event by event
//! layout      where each event stands, and how wide its words are
//! drawing     the same as SVG
//! ```

mod drawing;
mod layout;
mod transcript;

pub use transcript::{Event, Transcript};

use crate::directive::directives;
use crate::edition::{Edition, Recorded};
use anyhow::{Context, Result, bail};
use html_escape::{encode_double_quoted_attribute, encode_text};
use mdbook_preprocessor::book::{Book, BookItem};
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use std::path::{Path, PathBuf};

/// The preprocessor. It must run before mdBook's own, which take the backslash
/// off escaped directives.
pub struct Conversation {
    edition: Edition,
    solutions: PathBuf,
}

impl Conversation {
    pub fn new(edition: Edition, solutions: PathBuf) -> Conversation {
        Conversation { edition, solutions }
    }

    /// A chapter's text with its conversations drawn.
    fn expand(&self, text: &str) -> Result<String> {
        let mut expanded = String::with_capacity(text.len());
        let mut rest = 0;
        for directive in directives(text)
            .iter()
            .filter(|found| found.name == "conversation")
        {
            let figure = transcript(directive.argument, &self.solutions)
                .map(|transcript| figure(directive.argument, &transcript, self.edition))
                .with_context(|| format!("line {}: {}", directive.line, directive.text))?;
            expanded.push_str(&text[rest..directive.start]);
            expanded.push_str(&figure);
            rest = directive.end();
        }
        expanded.push_str(&text[rest..]);
        Ok(expanded)
    }
}

impl Preprocessor for Conversation {
    fn name(&self) -> &str {
        "conversation"
    }

    fn run(&self, _: &PreprocessorContext, mut book: Book) -> Result<Book> {
        let mut outcome = Ok(());
        book.for_each_mut(|item| {
            if let BookItem::Chapter(chapter) = item
                && outcome.is_ok()
            {
                match self.expand(&chapter.content) {
                    Ok(text) => chapter.content = text,
                    Err(error) => {
                        let path = chapter.source_path.as_deref().unwrap_or(Path::new("?"));
                        outcome = Err(error.context(format!("chapter {}", path.display())));
                    }
                }
            }
        });
        outcome.map(|()| book)
    }
}

/// The transcript that `<lesson>/<scenario>` names.
pub fn transcript(argument: &str, solutions: &Path) -> Result<Transcript> {
    let plain = |name: &str| {
        !name.is_empty()
            && name
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
    };
    match argument.split_once('/') {
        Some((lesson, scenario)) if plain(lesson) && plain(scenario) => Transcript::from_snapshot(
            &solutions
                .join(lesson)
                .join("snapshots")
                .join(format!("{scenario}.snap")),
        ),
        _ => bail!("a conversation is written {{{{#conversation <lesson>/<scenario>}}}}"),
    }
}

/// The figure of `<lesson>/<scenario>` as HTML on a single line, so that Markdown leaves
/// it in one piece wherever it stands: in a list, in a quotation, in a folded solution.
pub fn figure(argument: &str, transcript: &Transcript, edition: Edition) -> String {
    let (of, scenario) = match argument.split_once('/') {
        Some(("tutorials", scenario)) => (Recorded::TutorialsManner, scenario),
        Some((_, scenario)) => (Recorded::Solution, scenario),
        None => (Recorded::Solution, argument),
    };
    let label = edition.figure_label(scenario, &transcript.lifelines());
    let label = encode_double_quoted_attribute(&label);
    let svg = drawing::svg(&layout::lay_out(transcript), &label);
    let text = transcript.text();
    let html = format!(
        "<figure class=\"conversation\">\
         <div class=\"conversation-scroll\" role=\"group\" tabindex=\"0\" aria-label=\"{label}\">{svg}</div>\
         <figcaption><p><code>{scenario}</code> · {recorded}</p>\
         <details><summary>{as_text}</summary><pre>{text}</pre></details></figcaption></figure>",
        recorded = edition.recorded(of),
        as_text = edition.as_text(),
        text = encode_text(&text),
    );
    // A brace could look like a directive, a line's end like the end of the
    // figure, and an indented line like code.
    html.replace('{', "&#123;").replace('\n', "&#10;")
}
