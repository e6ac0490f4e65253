//! What an edition's search looks through: its pages, section by section, and the words that
//! lead to them (`book/search/`). All of it is one file, `searchindex.js`, which the
//! theme's search loads when somebody wants to search; as a script, because a page that is
//! read from a folder (`file://`) may load nothing else. How it is searched is the theme's.

mod sections;
mod words;

pub use sections::{Page, Section};
pub use words::Words;

use crate::edition::Edition;
use anyhow::{Context, Result};
use mdbook_preprocessor::book::{Book, BookItem};
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use serde_json::json;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// Where the search finds its index, beside the pages.
const FILE: &str = "searchindex.js";

/// The preprocessor that reads the chapters as they will be printed, so it must be the last
/// one; its clones share what it has read.
#[derive(Clone, Debug, Default)]
pub struct Reader(Arc<Mutex<Vec<Page>>>);

impl Reader {
    /// Writes what was read, and the words of this edition, into the printed edition's folder.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(&self, words: &Words, edition: Edition, folder: &Path) -> Result<()> {
        let pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let index = json!({
            "pages": *pages,
            "leads": words.leads(edition, &pages),
            "same": words.same(edition),
            "passing": words.passing(edition),
        });
        let file = folder.join(FILE);
        fs::write(&file, format!("window.bookSearch.take({index});\n"))
            .with_context(|| format!("cannot write {}", file.display()))
    }
}

impl Preprocessor for Reader {
    fn name(&self) -> &'static str {
        "search"
    }

    fn run(&self, _: &PreprocessorContext, book: Book) -> Result<Book> {
        let chapters = book.iter().filter_map(|item| match item {
            BookItem::Chapter(chapter) => Page::of(chapter),
            _ => None,
        });
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = chapters.collect();
        Ok(book)
    }
}
