//! Prints editions: checks them, hands them to mdBook, and writes the page
//! above them. Nothing is printed unless everything that was asked for is in
//! order, so the last good book stays where it is.

use crate::complaints::heeded;
use crate::edition::Edition;
use crate::editions::{Outline, differences};
use crate::figures::Figures;
use crate::publish::{self, Turn};
use crate::records::Records;
use crate::{finish, includes, landing, search};
use anyhow::{Context, Result, bail};
use mdbook_driver::builtin_preprocessors::{IndexPreprocessor, LinkPreprocessor};
use mdbook_driver::{MDBook, config::Config};
use mdbook_preprocessor::book::{BookItem, Chapter};
use std::fs;
use std::path::{Path, PathBuf};

/// Where the book is read and where it is printed.
#[derive(Clone, Debug)]
pub struct Press {
    /// The folder with `book/` and `solutions/` in it.
    workspace: PathBuf,
    out: PathBuf,
}

impl Press {
    pub fn new(workspace: impl Into<PathBuf>, out: impl Into<PathBuf>) -> Press {
        Press {
            workspace: workspace.into(),
            out: out.into(),
        }
    }

    /// Where the editions go, each in a folder of its own.
    pub fn out(&self) -> &Path {
        &self.out
    }

    /// The first page of a printed edition.
    pub fn first_page(&self, edition: Edition) -> PathBuf {
        self.out.join(edition.code()).join("index.html")
    }

    /// The folders that the printed book is made from.
    pub fn sources(&self) -> Vec<PathBuf> {
        ["book", "lessons", "solutions"]
            .map(|folder| self.workspace.join(folder))
            .to_vec()
    }

    /// Prints the editions, or tells everything that keeps them from being printed.
    pub fn print(&self, editions: &[Edition]) -> Result<()> {
        let _turn = Turn::wait(&self.out)?;
        let aside = publish::aside(&self.out)?;
        let words = search::Words::read(&self.workspace)?;
        let records = Records::of(self.workspace.join("solutions"));
        let mut books = Vec::new();
        for &edition in editions {
            books.push((edition, self.load(edition, &records, &aside)?));
        }
        self.check(&books, &records, &words)?;

        let imprint = finish::Imprint::of(&self.workspace);
        for (edition, mut book) in books {
            let (code, reader) = (edition.code(), search::Reader::default());
            book.with_preprocessor(reader.clone());
            heeded(|| book.build()).with_context(|| format!("cannot print the edition {code}"))?;
            finish::pages(&aside.join(code), edition, &imprint)?;
            reader.write(&words, edition, &aside.join(code))?;
        }
        for edition in editions {
            let code = edition.code();
            publish::replace(&aside.join(code), &self.out.join(code))?;
        }
        // Nothing is in it any more.
        let _ = fs::remove_dir(&aside);
        landing::write(&self.out)
    }

    /// One edition as mdBook sees it: the common `book.toml`, and its own chapters. It is
    /// printed below `aside`.
    fn load(&self, edition: Edition, records: &Records, aside: &Path) -> Result<MDBook> {
        let root = self.workspace.join("book");
        let file = root.join("book.toml");
        let mut config =
            Config::from_disk(&file).with_context(|| format!("cannot read {}", file.display()))?;
        config.book.src = edition.code().into();
        config.book.language = Some(edition.code().into());
        config.book.title = Some(edition.title().into());
        config.book.description = Some(edition.description().into());
        config.build.build_dir = aside.join(edition.code());
        config.build.create_missing = false;
        // Ours comes first and needs the chapter as it was written, so that an
        // escaped directive is still escaped; then come mdBook's own two.
        config.build.use_default_preprocessors = false;

        let mut book = heeded(|| MDBook::load_with_config(&root, config))
            .with_context(|| format!("cannot load the edition book/{}", edition.code()))?;
        book.with_preprocessor(Figures::new(
            edition,
            records.clone(),
            root.join(edition.code()),
        ));
        book.with_preprocessor(LinkPreprocessor::new());
        book.with_preprocessor(IndexPreprocessor::new());
        Ok(book)
    }

    /// Fails with all that is wrong at once: one print, one list to work through.
    fn check(
        &self,
        books: &[(Edition, MDBook)],
        records: &Records,
        words: &search::Words,
    ) -> Result<()> {
        let mut problems = Vec::new();
        let mut outlines = Vec::new();

        for (edition, book) in books {
            let mut chapters = Vec::new();
            for chapter in chapters_of(book) {
                let Some(path) = chapter.source_path.as_deref() else {
                    problems.push(format!(
                        "book/{}/SUMMARY.md: “{}” names no file",
                        edition.code(),
                        chapter.name
                    ));
                    continue;
                };
                let name = path.to_string_lossy().replace('\\', "/");
                let place = format!("book/{}/{name}", edition.code());
                let file = book.source_dir().join(path);
                let folder = file.parent().unwrap_or(&file);
                problems.extend(includes::problems(
                    &place,
                    &chapter.content,
                    folder,
                    records,
                ));

                let outline = Outline::of(&name, &place, &chapter.content);
                problems.extend_from_slice(outline.problems());
                chapters.push(outline);
            }
            let pages: Vec<_> = chapters_of(book).filter_map(search::Page::of).collect();
            problems.extend(words.problems(&pages));
            outlines.push(chapters);
        }
        if let [ours, theirs] = outlines.as_slice() {
            problems.extend(differences(ours, theirs));
        }
        match problems.as_slice() {
            [] => Ok(()),
            [one] => bail!("the book cannot be printed yet: {one}"),
            many => bail!("the book cannot be printed yet:\n  {}", many.join("\n  ")),
        }
    }
}

/// The chapters in the order of `SUMMARY.md`.
fn chapters_of(book: &MDBook) -> impl Iterator<Item = &Chapter> {
    book.iter().filter_map(|item| match item {
        BookItem::Chapter(chapter) => Some(chapter),
        _ => None,
    })
}
