//! The player of recorded runs, in a real browser: on paper, without a script, on a phone, to axe;
//! how large it is, and how quick.

use crate::browser::Browser;
use crate::here::missing;
use crate::player::*;
use crate::small_book::workspace;
use serde_json::{Value, json};
use std::env;
use std::fs;

#[test]
fn paper_and_pages_without_scripts_have_the_list() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let mut tab = browser.tab(1280);
    let seen = "(() => {
        const seen = selector => String([...document.querySelectorAll(selector)]
            .filter(one => one.checkVisibility() && one.getClientRects().length > 0).length);
        return ['.run-step', '.run-title', '.run-ask', '.run-line', '.run-bar, .run-trail, .run-held, .run-switch, .run button'].map(seen);
    })()";
    for lang in ["ko", "en"] {
        in_the_book(&mut tab, lang, &at(ASKED));
        tab.ask("Emulation.setEmulatedMedia", json!({"media": "print"}));
        assert_eq!(tab.lists(seen), ["42", "2", "1", "0", "0"], "on paper");
        let outcome = tab.tells("document.querySelector('.is-asked .run-call').checkVisibility()");
        assert_eq!(outcome, true);
        tab.ask("Emulation.setEmulatedMedia", json!({"media": "screen"}));
        assert_eq!(tab.lists(seen)[0], "1");
    }
    drop(tab);
    let mut tab = browser.tab(1280);
    tab.without_scripts();
    let page = Alone::new("ko", "light", &two_runs("ko"));
    for page in [page.page(), BOOK.out().join("ko/a.html")] {
        tab.opens(&page);
        assert_eq!(
            tab.lists(seen),
            ["42", "2", "1", "0", "0"],
            "without scripts"
        );
        let shut = tab.tells("document.querySelectorAll('.run details[open]').length");
        assert_eq!(shut, 0);
        tab.clicks(".run-question li:nth-child(2) summary");
        let why =
            tab.tells("document.querySelector('.run-question .is-right p').checkVisibility()");
        assert_eq!(why, true);
    }
    // Beside each other, where there is room.
    let tops = "JSON.stringify([...document.querySelectorAll('.run')].map(one => Math.round(one.getBoundingClientRect().top + scrollY)))";
    tab.opens(&page.page());
    let wide = tab.tells(tops);
    tab.is_wide(390);
    let narrow = tab.tells(tops);
    let tops = |told: Value| serde_json::from_str::<Vec<i64>>(told.as_str().unwrap()).unwrap();
    let (wide, narrow) = (tops(wide), tops(narrow));
    assert!(
        wide[0] == wide[1] && narrow[0] < narrow[1],
        "{wide:?} {narrow:?}"
    );
}

/// Also with the longest words, and in a book, whose letters are told in another measure.
#[test]
fn a_phone_shows_it_whole_and_large_enough() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let mut tab = browser.tab(360);
    for lang in ["ko", "en"] {
        let page = Alone::new(lang, "light", &two_runs(lang));
        for page in [page.page(), BOOK.out().join(lang).join("a.html")] {
            for number in [1, 9, 17, ASKED, 23] {
                opens(&mut tab, page.clone(), &at(number));
                tab.tells(
                    "document.querySelectorAll('.run details').forEach(one => one.open = true)",
                );
                tab.rests();
                let wide = tab.tells("document.documentElement.scrollWidth");
                assert!(wide.as_u64().unwrap() <= 360, "{lang} {number}: {wide}");
                let small = tab.lists(
                    "[...document.querySelectorAll('.run-pair *')]
                        .filter(one => one.getClientRects().length > 0 && [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
                        .filter(one => parseFloat(getComputedStyle(one).fontSize) < 12.8)
                        .map(one => `${one.textContent} ${getComputedStyle(one).fontSize}`)",
                );
                assert!(small.is_empty(), "{lang} {number}: {small:?}");
                let cut = tab.lists(
                    "seen('.run-head, .run-bar > *, .run-call, .run-said, .run-held span').filter(one => {
                        const { left, right } = one.getBoundingClientRect();
                        return left < 0 || right > innerWidth;
                    }).map(one => one.textContent)",
                );
                assert!(cut.is_empty(), "{lang} {number}: {cut:?}");
            }
        }
    }
}

#[test]
fn axe_finds_nothing() {
    let file = workspace().join("target/axe/node_modules/axe-core/axe.min.js");
    let Ok(axe) = fs::read_to_string(file) else {
        if env::var_os("WITHOUT_AXE").is_none() {
            missing("axe-core (npm install --prefix target/axe axe-core)");
        }
        return;
    };
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let mut wrong = Vec::new();
    for (width, colours) in [(1280, "light"), (390, "navy")] {
        let mut tab = browser.tab(width);
        let page = Alone::new("ko", colours, &two_runs("ko"));
        for number in [9, 15, ASKED] {
            for way in ["0", "button('목록으로 보기').click()"] {
                opens(&mut tab, page.page(), &at(number));
                tab.tells(
                    "seen('.run-source, .run-question details').forEach(one => one.open = true)",
                );
                tab.rests();
                tab.tells(way);
                tab.tells(&format!("{axe}\n;0"));
                let found = tab.lists(
                    "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations
                        .flatMap(({ impact, id, nodes }) => nodes.map(node => `${impact} ${id}: ${node.html.slice(0, 160)}`)))",
                );
                wrong.extend(
                    found
                        .iter()
                        .map(|what| format!("{colours} {number} {way}: {what}")),
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn it_is_small() {
    let script = theme("player.js");
    assert!(script.len() <= 12_000, "{} bytes", script.len());
}

/// What a step takes, with its layout, in a run of so many steps, in milliseconds: of a few
/// rounds the best, for other programs of a busy machine only add to it; of a round the median.
fn a_step_of(browser: &mut Browser, steps: usize) -> f64 {
    let mut tab = browser.tab(1280);
    let page = Alone::new("en", "light", &long_run("long", steps));
    opens(&mut tab, page.page(), "");
    tab.tells("document.querySelector('.run-source').open = true");
    tab.rests();
    let round = format!(
        "(() => {{
        const next = button('Next');
        const took = [];
        button('First').click();
        while (step() < {steps}) {{
            const begun = performance.now();
            next.click();
            document.body.getBoundingClientRect();
            took.push(performance.now() - begun);
        }}
        return took.sort((a, b) => a - b)[took.length >> 1];
    }})()"
    );
    let medians = (0..4).map(|_| tab.tells(&round).as_f64().unwrap());
    let best = medians.fold(f64::INFINITY, f64::min);
    assert_eq!(step(&mut tab), steps);
    best
}

/// Ten times as long a run may not make a step ten times as slow; how many milliseconds that
/// is depends on the machine (below four on two idle cores).
#[test]
fn a_step_of_a_long_run_is_hardly_slower() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let (short, long) = (a_step_of(&mut browser, 50), a_step_of(&mut browser, 500));
    eprintln!("a step of 50 takes {short} ms, of 500 {long} ms");
    assert!(long < short * 4.0, "{short} ms, {long} ms");
}
