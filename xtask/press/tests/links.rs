//! Prints the real book and follows every link in it, as a reader would who
//! opened it from a folder: nothing leads nowhere, and nothing leaves the folder
//! without being asked to.

use percent_encoding::percent_decode_str;
use press::{Edition, Press};
use regex::Regex;
use scraper::{ElementRef, Html, Selector};
use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use url::Url;

#[test]
fn the_printed_book_is_whole() {
    let printed = tempfile::tempdir().unwrap();
    let out = printed.path().to_owned();
    Press::new(crate::small_book::workspace(), &out)
        .print(&Edition::BOTH)
        .unwrap();

    let site = Site::read(&out);
    assert!(site.pages.len() > 4, "where are the chapters?");
    let mut problems = Vec::new();
    for (file, page) in &site.pages {
        let name = file.strip_prefix(&out).unwrap().display();
        let mut report = |what: String| problems.push(format!("{name}: {what}"));
        site.broken_links(file, page)
            .into_iter()
            .for_each(&mut report);
        outside(page).into_iter().for_each(&mut report);
        unprinted(page).into_iter().for_each(&mut report);
    }
    problems.extend(fetching_styles(&site.files));
    assert!(
        problems.is_empty(),
        "{} problems:\n{}",
        problems.len(),
        problems.join("\n")
    );
}

#[test]
fn both_editions_have_the_same_pages() {
    let printed = tempfile::tempdir().unwrap();
    Press::new(crate::small_book::workspace(), printed.path())
        .print(&Edition::BOTH)
        .unwrap();
    let [ko, en] = Edition::BOTH.map(|edition| {
        let folder = printed.path().join(edition.code());
        let pages = files(&folder).into_iter().filter(|file| is_page(file));
        pages
            .map(|file| file.strip_prefix(&folder).unwrap().to_owned())
            .collect::<HashSet<_>>()
    });
    assert_eq!(
        ko, en,
        "the language switch leads from each page to the one of the same name"
    );
}

/// All printed files, and the pages among them with the ids that they have.
struct Site {
    files: HashSet<PathBuf>,
    pages: BTreeMap<PathBuf, Html>,
    ids: BTreeMap<PathBuf, HashSet<String>>,
}

impl Site {
    fn read(out: &Path) -> Site {
        let files: HashSet<_> = files(out).into_iter().collect();
        let pages: BTreeMap<_, _> = files
            .iter()
            .filter(|file| is_page(file))
            .map(|file| {
                (
                    file.clone(),
                    Html::parse_document(&fs::read_to_string(file).unwrap()),
                )
            })
            .collect();
        let ids = pages
            .iter()
            .map(|(file, page)| {
                (
                    file.clone(),
                    attributes(page, "[id]", "id").into_iter().collect(),
                )
            })
            .collect();
        Site { files, pages, ids }
    }

    /// Links whose file or whose fragment is not there.
    fn broken_links(&self, file: &Path, page: &Html) -> Vec<String> {
        let base = Url::from_file_path(file).unwrap();
        let links = attributes(page, "[href]", "href")
            .into_iter()
            .chain(attributes(page, "[src]", "src"));
        links
            .filter_map(|link| {
                self.broken(&base, &link)
                    .map(|why| format!("{link}: {why}"))
            })
            .collect()
    }

    fn broken(&self, base: &Url, link: &str) -> Option<&'static str> {
        let Ok(target) = base.join(link) else {
            return Some("is no address");
        };
        if target.scheme() != "file" {
            return None;
        }
        let file = target.to_file_path().unwrap();
        if !self.files.contains(&file) {
            return Some("there is no such file");
        }
        let fragment =
            percent_decode_str(target.fragment().unwrap_or_default()).decode_utf8_lossy();
        let known = fragment.is_empty()
            || self
                .ids
                .get(&file)
                .is_some_and(|ids| ids.contains(&*fragment));
        (!known).then_some("there is no such place on that page")
    }
}

/// What a browser would fetch from elsewhere by itself.
fn outside(page: &Html) -> Vec<String> {
    let fetched = attributes(page, "[src]", "src")
        .into_iter()
        .chain(attributes(page, "link[href]", "href"));
    fetched
        .filter(|address| address.starts_with("//") || address.starts_with("http"))
        .map(|address| format!("fetches {address}"))
        .collect()
}

/// Directives that stayed as they were, and code blocks with no code.
fn unprinted(page: &Html) -> Vec<String> {
    let mut problems = Vec::new();
    let blocks = Selector::parse("main p, main li, main td, main pre").unwrap();
    for block in page
        .select(&blocks)
        .filter(|block| shown_text(*block).contains("{{#"))
    {
        problems.push(format!(
            "a directive was not expanded: {}",
            shown_text(block).trim()
        ));
    }
    let code = Selector::parse("pre code").unwrap();
    if page
        .select(&code)
        .any(|code| code.text().collect::<String>().trim().is_empty())
    {
        problems.push("a code block is empty".to_owned());
    }
    problems
}

/// An element's text. Code within a sentence is left out: it may speak of directives.
fn shown_text(element: ElementRef<'_>) -> String {
    let text = |element: ElementRef<'_>| element.text().collect::<String>();
    let mut whole = text(element);
    if element.value().name() != "pre" {
        for code in element
            .select(&Selector::parse("code").unwrap())
            .filter(|code| !text(*code).is_empty())
        {
            whole = whole.replacen(&text(code), "", 1);
        }
    }
    whole
}

/// Style sheets that would fetch something from elsewhere.
fn fetching_styles(files: &HashSet<PathBuf>) -> Vec<String> {
    let fetches = Regex::new(r#"(?:url\(|@import)\s*["']?(?:https?:)?//[^)"'\s]*"#).unwrap();
    let sheets = files
        .iter()
        .filter(|file| file.extension().is_some_and(|kind| kind == "css"));
    sheets
        .filter_map(|file| {
            let text = fs::read_to_string(file).unwrap();
            fetches
                .find(&text)
                .map(|found| format!("{}: {}", file.display(), found.as_str()))
        })
        .collect()
}

fn attributes(page: &Html, selector: &str, name: &str) -> Vec<String> {
    let selector = Selector::parse(selector).unwrap();
    page.select(&selector)
        .filter_map(|element| element.attr(name))
        .map(str::to_owned)
        .collect()
}

fn is_page(file: &Path) -> bool {
    file.extension().is_some_and(|kind| kind == "html")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| {
            if path.is_dir() {
                files(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}
