//! axe-core, on every page of the real book, in light and in dark, with everything unfolded:
//! nothing serious, and nothing critical. `.ci/run` has npm put axe-core into `target/axe`.

#![allow(
    clippy::unwrap_used,
    reason = "a test ends where it did not get what it needs"
)]

mod browser;
mod real_book;
mod small_book;

use browser::here::missing;
use browser::{Browser, Tab};
use real_book::{page, pages, short};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// Opens what is folded, and lists what is wrong by some of the rules: how bad, which rule, and
/// where.
const WRONG: &str = "
    document.querySelectorAll('main details').forEach(one => one.open = true);
    axe.run(document, { resultTypes: ['violations'], RULES }).then(({ violations }) => violations
        .filter(({ impact }) => ['serious', 'critical'].includes(impact))
        .flatMap(({ impact, id, nodes }) => nodes.map(node => `${impact} ${id}: ${node.html.slice(0, 160)}`)))";

/// All that axe-core has.
const ALL: &str = "";

/// Those for which it matters how wide a page is and in which colours; what an element is
/// called, or within which it stands, is the same at every width.
const OF_WIDTH_AND_COLOUR: &str = "runOnly: { type: 'rule', values: ['color-contrast', \
    'link-in-text-block', 'target-size', 'scrollable-region-focusable', 'meta-viewport', \
    'avoid-inline-spacing', 'aria-hidden-focus', 'skip-link'] }";

/// The whole book on one page has the colours of its pages, and their contrasts alone would
/// take a minute.
const ALL_BUT_COLOURS: &str = "rules: { 'color-contrast': { enabled: false } }";

#[test]
fn axe_finds_nothing_serious_on_any_page() {
    finds_nothing_serious(1280, "light", &all_pages(), ALL);
}

#[test]
fn nor_on_a_phone_in_the_dark() {
    // Both editions of a chapter are made of the same parts: one of the two, by turns.
    let (ko, en): (Vec<_>, Vec<_>) = all_pages()
        .into_iter()
        .partition(|page| short(page).starts_with("ko"));
    let by_turns = ko.into_iter().zip(en).enumerate();
    let pages = by_turns.map(|(at, (ko, en))| if at % 2 == 0 { ko } else { en });
    let pages: Vec<_> = pages.collect();
    finds_nothing_serious(360, "navy", &pages, OF_WIDTH_AND_COLOUR);
}

/// Printed, a page is as wide as paper, and never dark.
#[test]
fn nor_in_the_whole_book_on_one_page() {
    let printed = ["ko/print.html", "en/print.html"].map(page);
    finds_nothing_serious(1280, "light", &printed, ALL_BUT_COLOURS);
}

fn all_pages() -> Vec<PathBuf> {
    let contents = ["ko/toc.html", "en/toc.html"].map(page);
    [pages(), contents.to_vec()].concat()
}

fn finds_nothing_serious(width: u32, theme: &str, pages: &[PathBuf], rules: &str) {
    let Some(axe) = axe() else { return };
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let mut wrong = Vec::new();
    let mut tab = browser.tab(width);
    tab.in_theme(theme);
    for page in pages {
        tab.opens(page);
        look(&mut tab, &axe, rules, &short(page), &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nor_in_any_theme() {
    let Some(axe) = axe() else { return };
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let mut wrong = Vec::new();
    for theme in ["rust", "coal", "ayu"] {
        let mut tab = browser.tab(1280);
        tab.in_theme(theme);
        for name in [
            "ko/index.html",
            "ko/lesson-04-accept.html",
            "en/lesson-15-udp-echo.html",
        ] {
            tab.opens(&page(name));
            look(&mut tab, &axe, ALL, &format!("{name} {theme}"), &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nor_where_something_was_searched_for() {
    let Some(axe) = axe() else { return };
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let mut wrong = Vec::new();
    let mut tab = browser.tab(1280);
    for (edition, word) in [("ko", "accept"), ("en", "accept")] {
        let address = url::Url::from_file_path(page(&format!("{edition}/index.html"))).unwrap();
        tab.opens_at(&format!("{address}?search={word}"));
        tab.tells(
            "new Promise(done => {
                const look = () => document.querySelector('#mdbook-searchresults li') ? done(true) : setTimeout(look, 50);
                look();
            })",
        );
        look(&mut tab, &axe, ALL, edition, &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn look(tab: &mut Tab<'_>, axe: &str, rules: &str, name: &str, wrong: &mut Vec<String>) {
    tab.tells(axe);
    let found = tab.lists(&WRONG.replace("RULES", rules));
    wrong.extend(found.iter().map(|what| format!("{name}: {what}")));
}

/// The script, whose last expression is nothing that could be told.
fn axe() -> Option<String> {
    let file = small_book::workspace().join("target/axe/node_modules/axe-core/axe.min.js");
    let found = read(&file);
    if found.is_none() && env::var_os("WITHOUT_AXE").is_some() {
        eprintln!("skipped: axe-core could not be fetched");
    } else if found.is_none() {
        missing("axe-core (npm install --prefix target/axe axe-core)");
    }
    found
}

fn read(file: &Path) -> Option<String> {
    let script = fs::read_to_string(file).ok()?;
    Some(format!("{script}\n;0"))
}
