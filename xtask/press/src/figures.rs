//! The directives that mdBook has no word for: `{{#conversation …}}` and `{{#chart …}}`
//! become figures, drawn from what was recorded, `{{#spec …}}` becomes the box of what a
//! lesson's programs must do, `{{#quiz …}}` its questions, and `{{#steps …}}` a run to step
//! through. Nothing in them is written in the chapter.

use crate::chart::Chart;
use crate::conversation::Conversation;
use crate::directive::{Directive, directives};
use crate::edition::Edition;
use crate::quiz::Quiz;
use crate::records::Records;
use crate::specification_box::SpecificationBox;
use crate::steps::Steps;
use crate::{cover, listing};
use anyhow::{Context, Result};
use mdbook_preprocessor::book::{Book, BookItem};
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use std::path::{Path, PathBuf};

/// What a directive asks to be drawn.
pub enum Figure {
    Conversation(Conversation),
    Chart(Chart),
    Specification(SpecificationBox),
    Quiz(Quiz),
    Steps(Steps),
}

impl Figure {
    /// `None` if the directive asks for no figure; fails where there is no record of it.
    pub fn asked_for(directive: &Directive<'_>, solutions: &Path) -> Option<Result<Self>> {
        let argument = directive.argument;
        Some(match directive.name {
            "conversation" => Conversation::read(argument, solutions).map(Self::Conversation),
            "chart" => Chart::read(argument, solutions).map(Self::Chart),
            "spec" => SpecificationBox::read(argument, solutions).map(Self::Specification),
            "quiz" => Quiz::read(argument, solutions).map(Self::Quiz),
            "steps" => Steps::read(argument, solutions).map(Self::Steps),
            _ => return None,
        })
    }

    /// HTML on a single line, so that Markdown leaves it in one piece wherever it stands:
    /// in a list, in a quotation, in a folded solution.
    pub fn html(&self, edition: Edition) -> String {
        let html = match self {
            Self::Conversation(conversation) => conversation.figure(edition),
            Self::Chart(chart) => chart.figure(edition),
            Self::Specification(specification) => specification.html(edition),
            Self::Quiz(quiz) => quiz.html(edition),
            Self::Steps(steps) => steps.html(edition),
        };
        // A brace could look like a directive, a line's end like the end of the
        // figure, and an indented line like code.
        html.replace('{', "&#123;").replace('\n', "&#10;")
    }
}

/// The preprocessor. It must run before mdBook's own, which take the backslash
/// off escaped directives, and put included code in as it is.
pub struct Figures {
    edition: Edition,
    records: Records,
    /// The edition's chapters.
    source: PathBuf,
}

impl Figures {
    pub fn new(edition: Edition, records: Records, source: PathBuf) -> Figures {
        Figures {
            edition,
            records,
            source,
        }
    }

    /// A chapter's text with what it includes and draws; `path` is its file's.
    fn chapter(&self, text: &str, path: &Path) -> Result<String> {
        let folder = self.source.join(path);
        let folder = folder.parent().unwrap_or(&self.source);
        self.expand(&listing::expand(text, folder, self.edition)?)
    }

    /// A chapter's text with its figures drawn.
    fn expand(&self, text: &str) -> Result<String> {
        let mut expanded = String::with_capacity(text.len());
        let mut rest = 0;
        for directive in directives(text) {
            let Some(figure) = self.records.figure(&directive) else {
                continue;
            };
            let figure =
                figure.with_context(|| format!("line {}: {}", directive.line, directive.text))?;
            expanded.push_str(&text[rest..directive.start]);
            expanded.push_str(&figure.html(self.edition));
            rest = directive.end();
        }
        expanded.push_str(&text[rest..]);
        Ok(expanded)
    }
}

impl Preprocessor for Figures {
    fn name(&self) -> &str {
        "figures"
    }

    fn run(&self, _: &PreprocessorContext, mut book: Book) -> Result<Book> {
        let mut outcome = Ok(());
        cover::put_on(&mut book, self.edition, self.records.folder());
        book.for_each_mut(|item| {
            if let BookItem::Chapter(chapter) = item
                && outcome.is_ok()
            {
                let path = chapter.source_path.as_deref().unwrap_or(Path::new("?"));
                match self.chapter(&chapter.content, path) {
                    Ok(text) => chapter.content = text,
                    Err(error) => {
                        outcome = Err(error.context(format!("chapter {}", path.display())));
                    }
                }
            }
        });
        outcome.map(|()| book)
    }
}
