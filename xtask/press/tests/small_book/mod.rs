//! A book of a page or two in a folder of its own, with the real `book.toml` and
//! theme, for tests that want a book to be wrong in one particular way.

use press::{Edition, Press};
use scraper::{Html, Selector};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

pub struct SmallBook(TempDir);

impl SmallBook {
    /// Two editions that agree, of one chapter each: `a.md`, and nothing wrong with it.
    pub fn new() -> SmallBook {
        let book = SmallBook(tempfile::tempdir().unwrap());
        let real = workspace().join("book");
        copy(&real.join("theme"), &book.0.path().join("book/theme"));
        fs::copy(real.join("book.toml"), book.0.path().join("book/book.toml")).unwrap();
        book.both("SUMMARY.md", "# Summary\n\n- [A](a.md)\n");
        book.both("a.md", "# A\n");
        book
    }

    /// Writes a file below the workspace.
    pub fn file(&self, path: &str, text: &str) {
        let file = self.0.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    /// Writes a file into both editions.
    pub fn both(&self, path: &str, text: &str) {
        for edition in Edition::BOTH {
            self.file(&format!("book/{}/{path}", edition.code()), text);
        }
    }

    /// Writes a file as insta does, with its header.
    pub fn snapshot(&self, path: &str, transcript: &str) {
        self.file(
            path,
            &format!("---\nsource: tests/check.rs\nexpression: scene\n---\n{transcript}\n"),
        );
    }

    pub fn press(&self) -> Press {
        Press::new(self.0.path(), self.out())
    }

    pub fn out(&self) -> PathBuf {
        self.0.path().join("printed")
    }

    /// A printed page's HTML.
    pub fn page(&self, path: &str) -> String {
        fs::read_to_string(self.out().join(path)).unwrap()
    }

    /// Prints both editions, which must fail; all that is said about it.
    pub fn refused(&self) -> String {
        let error = self
            .press()
            .print(&Edition::BOTH)
            .expect_err("this book should not be printed");
        format!("{error:#}")
    }
}

/// The text of each element that a selector finds.
pub fn texts(html: &Html, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).unwrap();
    let found = html.select(&selector);
    found.map(|found| found.text().collect()).collect()
}

/// The folder of the real book.
pub fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .unwrap()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target)
        } else {
            fs::copy(&path, &target).map(|_| ()).unwrap()
        }
    }
}
