//! axe-core, on every page of the real book, in light and in dark, with everything unfolded:
//! nothing serious, and nothing critical. `.ci/run` has npm put axe-core into `target/axe`.

use crate::browser::{Browser, Tab};
use crate::here::missing;
use crate::real_book::{page, pages, short};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// Opens what is folded, and lists what is wrong: how bad, which rule, and where. MORE stands for
/// rules beside those that are asked of themselves.
const WRONG: &str = "
    document.querySelectorAll('main details').forEach(one => one.open = true);
    axe.run(document, { resultTypes: ['violations'], rules: {MORE} }).then(({ violations }) => violations
        .filter(({ impact }) => ['serious', 'critical'].includes(impact))
        .flatMap(({ impact, id, nodes }) => nodes.map(node => `${impact} ${id}: ${node.html.slice(0, 160)}`)))";

/// What a finger points at is large enough.
const FOR_FINGERS: &str = "'target-size': { enabled: true }";

#[test]
fn axe_finds_nothing_serious_on_any_page() {
    // Printed, a page is as wide as paper, and never dark.
    let printed = ["ko/print.html", "en/print.html"].map(page);
    finds_nothing_serious(1280, "light", &printed, "");
}

#[test]
fn nor_on_a_phone_in_the_dark() {
    finds_nothing_serious(360, "navy", &[], FOR_FINGERS);
}

/// On all pages, and on these.
fn finds_nothing_serious(width: u32, theme: &str, others: &[PathBuf], more: &str) {
    let Some(axe) = axe() else { return };
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let mut wrong = Vec::new();
    let mut tab = browser.tab(width);
    tab.in_theme(theme);
    let contents = ["ko/toc.html", "en/toc.html"].map(page);
    for page in pages().iter().chain(&contents).chain(others) {
        tab.opens(page);
        look(&mut tab, &axe, more, &short(page), &mut wrong);
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
            look(&mut tab, &axe, "", &format!("{name} {theme}"), &mut wrong);
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
        look(&mut tab, &axe, "", edition, &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn look(tab: &mut Tab<'_>, axe: &str, more: &str, name: &str, wrong: &mut Vec<String>) {
    tab.tells(axe);
    let found = tab.lists(&WRONG.replace("MORE", more));
    wrong.extend(found.iter().map(|what| format!("{name}: {what}")));
}

/// The script, whose last expression is nothing that could be told.
fn axe() -> Option<String> {
    let file = crate::small_book::workspace().join("target/axe/node_modules/axe-core/axe.min.js");
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
