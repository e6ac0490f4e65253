//! The real book, printed where nobody looks.

use press::{Edition, Press};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use tempfile::TempDir;

/// Printed once for all tests, and looked at only.
static BOOK: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    Press::new(crate::small_book::workspace(), folder.path().join("book"))
        .print(&Edition::BOTH)
        .unwrap();
    folder
});

/// One of its files.
pub fn page(path: &str) -> PathBuf {
    BOOK.path().join("book").join(path)
}

/// All pages that are read one by one.
pub fn pages() -> Vec<PathBuf> {
    let folders = Edition::BOTH.map(|edition| page(edition.code()));
    let files = folders
        .iter()
        .flat_map(|folder| fs::read_dir(folder).unwrap());
    let mut pages: Vec<_> = files
        .map(|file| file.unwrap().path())
        .filter(|file| file.extension().is_some_and(|kind| kind == "html"))
        .filter(|file| !file.ends_with("print.html") && !file.ends_with("toc.html"))
        .collect();
    pages.sort();
    assert!(pages.len() > 30, "where are the chapters?");
    pages
}

/// A page as a message names it.
pub fn short(page: &Path) -> String {
    page.strip_prefix(BOOK.path().join("book"))
        .unwrap()
        .display()
        .to_string()
}
