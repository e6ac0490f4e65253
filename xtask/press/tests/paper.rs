//! The real book on paper.

use crate::browser::Browser;
use crate::real_book::page;

#[test]
fn paper_is_white_and_hides_nothing() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    for theme in ["light", "navy"] {
        let mut tab = browser.tab(800);
        tab.in_theme(theme);
        tab.opens(&page("ko/lesson-04-accept.html"));
        tab.ask(
            "Emulation.setEmulatedMedia",
            serde_json::json!({"media": "print"}),
        );
        let colours = tab.lists(
            "[document.body, document.querySelector('main p'), document.querySelector('.event .words')]
                .flatMap(one => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor])",
        );
        let dark_ink = ["rgb(0, 0, 0)", "rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"];
        assert!(
            colours
                .iter()
                .all(|colour| dark_ink.contains(&colour.as_str())),
            "{theme}: {colours:?}"
        );
        let hidden = tab.lists(
            "[...document.querySelectorAll('main details')]
                .filter(fold => !fold.closest('.conversation, .run'))
                .filter(fold => [...fold.children].slice(1).every(one => one.getBoundingClientRect().height === 0))
                .map(fold => fold.querySelector('summary').textContent)",
        );
        assert!(hidden.is_empty(), "{theme}: {hidden:?}");
        assert_eq!(
            tab.tells("getComputedStyle(document.querySelector('.copying')).display"),
            "none"
        );
    }
}

#[test]
fn the_printed_book_has_a_title_and_contents() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let mut tab = browser.tab(800);
    tab.in_theme("navy");
    tab.opens(&page("ko/print.html"));
    tab.ask(
        "Emulation.setEmulatedMedia",
        serde_json::json!({"media": "print"}),
    );
    assert_eq!(
        tab.tells("document.querySelector('.front-title').getBoundingClientRect().height > 0"),
        true
    );
    let parts = tab.lists(
        "[...document.querySelectorAll('.front nav > ol > .part-title')]
            .filter(part => parseFloat(getComputedStyle(part).marginTop) > 10)
            .map(part => part.textContent)",
    );
    assert!(parts.len() > 2, "parts stand apart: {parts:?}");
    // The colours of a dark theme would not be seen on paper.
    let faint = tab.lists(
        "[...document.querySelectorAll('.front :is(a, .part-title, p)')]
            .map(one => [one.textContent, ...getComputedStyle(one).color.match(/[0-9]+/g).map(Number)])
            .filter(([_, red, green, blue]) => red + green + blue > 300)
            .map(([words]) => words)",
    );
    assert!(faint.is_empty(), "{faint:?}");
    let broken = tab.lists(
        "[...document.querySelectorAll('.front nav a')]
            .filter(link => !document.getElementById(decodeURIComponent(link.hash.slice(1))))
            .map(link => link.getAttribute('href'))",
    );
    assert!(broken.is_empty(), "{broken:?}");
    let chapters = tab.tells("document.querySelectorAll('.front nav a').length");
    assert!(chapters.as_u64().unwrap() > 16);
}
