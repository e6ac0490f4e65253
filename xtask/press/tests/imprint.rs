//! The first page and the printed book say which state of the book they show: that of its
//! newest commit, however often and whenever it is printed.

use crate::small_book::{SmallBook, texts};
use press::Edition;
use scraper::Html;
use std::process::Command;

fn imprints(book: &SmallBook) -> Vec<String> {
    book.press().print(&Edition::BOTH).unwrap();
    let pages = ["ko/index.html", "en/index.html", "ko/print.html"].map(|page| book.page(page));
    pages
        .iter()
        .flat_map(|page| texts(&Html::parse_document(page), ".imprint"))
        .collect()
}

#[test]
fn a_book_without_commits_has_its_version() {
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(
        imprints(&SmallBook::new()),
        [
            format!("버전 {version}"),
            format!("Version {version}"),
            format!("버전 {version}")
        ]
    );
}

#[test]
fn a_book_with_commits_has_the_day_of_the_newest_as_well() {
    let book = SmallBook::new();
    let folder = book.out().parent().unwrap().to_owned();
    let git = |arguments: &[&str]| {
        let done = Command::new("git")
            .arg("-C")
            .arg(&folder)
            .args([
                "-c",
                "user.name=somebody",
                "-c",
                "user.email=somebody@localhost",
            ])
            .args(["-c", "commit.gpgsign=false"])
            .args(arguments)
            .env("GIT_COMMITTER_DATE", "2024-02-29T23:59:59+0900")
            .status()
            .unwrap();
        assert!(done.success(), "git {arguments:?}");
    };
    git(&["init", "--quiet"]);
    git(&["add", "book"]);
    git(&["commit", "--quiet", "--message", "A book"]);
    let version = env!("CARGO_PKG_VERSION");
    let told = imprints(&book);
    assert_eq!(told[1], format!("Version {version} · 2024-02-29"));
    assert_eq!(told, imprints(&book), "printed again");
}
