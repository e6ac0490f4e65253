//! The real book in a real browser, as it is read: on a phone, by keyboard, without scripts
//! and without a network.

use crate::browser::{Browser, Tab};
use crate::real_book::{page, pages, short};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

const OPEN_ALL: &str = "document.querySelectorAll('main details').forEach(one => one.open = true)";

/// What each page shows on a phone.
const ON_A_PHONE: &str = "(() => {
    const out = [];
    const wide = document.documentElement.scrollWidth;
    if (wide > innerWidth) out.push(`the page is ${wide} px wide`);
    const seen = (element, what) => {
        const box = element.getBoundingClientRect();
        if (box.width > 0 && (box.left < -1 || box.right > innerWidth + 1))
            out.push(`${what} out of sight: ${element.textContent.trim().slice(0, 40)}`);
    };
    document.querySelectorAll('.heads > span').forEach(one => seen(one, 'a head'));
    document.querySelectorAll('.event .words').forEach(one => seen(one, 'an event'));
    document.querySelectorAll('.bar b, .chart svg text').forEach(one => seen(one, 'a value'));
    // A name in a table is in one piece, and so is a word of its head.
    document.querySelectorAll('td code, td a, th code').forEach(one => {
        if (!/\\s/.test(one.textContent) && one.getClientRects().length > 1)
            out.push(`broken in a table: ${one.textContent}`);
    });
    document.querySelectorAll('th').forEach(head => {
        const walk = document.createTreeWalker(head, NodeFilter.SHOW_TEXT);
        while (walk.nextNode())
            for (const { 0: word, index } of walk.currentNode.data.matchAll(/[^\\s/-]+/g)) {
                const range = document.createRange();
                range.setStart(walk.currentNode, index);
                range.setEnd(walk.currentNode, index + word.length);
                if (new Set([...range.getClientRects()].map(line => line.top)).size > 1)
                    out.push(`broken in the head of a table: ${word}`);
            }
    });
    return out;
})()";

/// All pages on a phone, each opened once: what is wrong, and what it asks for elsewhere.
/// Nothing without Chromium.
static ALL: LazyLock<Option<[Vec<String>; 2]>> = LazyLock::new(|| {
    let mut browser = Browser::start()?;
    let mut tab = browser.tab(360);
    let [mut wrong, mut outside] = [const { Vec::new() }; 2];
    for page in pages() {
        tab.opens(&page);
        outside.extend(asked_elsewhere(&tab, &page));
        tab.tells(OPEN_ALL);
        let found = tab.lists(ON_A_PHONE);
        wrong.extend(found.iter().map(|what| format!("{}: {what}", short(&page))));
    }
    for page in ["ko/print.html", "en/print.html", "index.html"].map(page) {
        tab.opens(&page);
        outside.extend(asked_elsewhere(&tab, &page));
    }
    Some([wrong, outside])
});

/// What a page has asked for that lies neither in a file nor in itself.
fn asked_elsewhere(tab: &Tab<'_>, page: &Path) -> Vec<String> {
    let asked = tab.requests().into_iter();
    let elsewhere = asked.filter(|it| !it.starts_with("file:") && !it.starts_with("data:"));
    elsewhere
        .map(|address| format!("{}: {address}", short(page)))
        .collect()
}

#[test]
fn a_phone_shows_pages_whole() {
    if let Some([wrong, _]) = &*ALL {
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

#[test]
fn no_page_asks_for_anything_elsewhere() {
    if let Some([_, outside]) = &*ALL {
        assert!(outside.is_empty(), "{}", outside.join("\n"));
    }
}

#[test]
fn the_heads_of_a_long_figure_stay_in_sight() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    for width in [360, 1280] {
        let mut tab = browser.tab(width);
        tab.opens(&page("ko/lesson-10-client-server.html"));
        let seen = tab.tells(
            "(() => {
                const scenes = [...document.querySelectorAll('.scene')];
                const scene = scenes.sort((a, b) => b.offsetHeight - a.offsetHeight)[0];
                const head = scene.querySelector('.heads > span');
                const top = scene.getBoundingClientRect().top + scrollY + scene.offsetHeight / 2;
                window.scrollTo({ top, behavior: 'instant' });
                return new Promise(done => setTimeout(() => {
                    const box = head.getBoundingClientRect();
                    const there = document.elementsFromPoint(box.left + box.width / 2, box.top + box.height / 2);
                    // Where the bar has gone, it leaves a place to point at, in which nothing is seen.
                    done(there.find(one => one.id !== 'mdbook-menu-bar-hover-placeholder') === head);
                }, 200));
            })()",
        );
        assert_eq!(seen, true, "in a window of {width} px");
    }
}

#[test]
fn arrow_keys_scroll_what_has_the_focus_and_leave_no_page() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let mut tab = browser.tab(360);
    let place = page("en/lesson-10-client-server.html");
    tab.opens(&place);
    let focus = |selector: &str| {
        format!(
            "(() => {{
                const all = [...document.querySelectorAll('{selector}')];
                const one = all.find(one => one.scrollWidth > one.clientWidth + 20) ?? all[0];
                for (let fold = one; fold; fold = fold.parentElement) if (fold.tagName === 'DETAILS' && one.tagName !== 'SUMMARY') fold.open = true;
                one.tabIndex >= 0 || (one.tabIndex = 0);
                one.focus();
                return document.activeElement === one;
            }})()"
        )
    };
    for scroller in ["pre > code", ".table-wrapper"] {
        assert_eq!(
            tab.tells(&focus(scroller)),
            true,
            "{scroller} takes the focus"
        );
        tab.presses("ArrowRight");
        tab.presses("ArrowRight");
        tab.tells("new Promise(done => setTimeout(done, 400))");
        assert_eq!(
            tab.tells("location.pathname.split('/').pop()"),
            "lesson-10-client-server.html"
        );
        let moved = tab.tells("document.activeElement.scrollLeft");
        assert!(
            moved.as_f64().unwrap() > 0.0,
            "{scroller} is scrolled: {moved}"
        );
    }
    for operated in ["main summary", ".copying > button"] {
        assert_eq!(
            tab.tells(&focus(operated)),
            true,
            "{operated} takes the focus"
        );
        tab.presses("ArrowRight");
        tab.tells("new Promise(done => setTimeout(done, 400))");
        assert_eq!(
            tab.tells("location.pathname.split('/').pop()"),
            "lesson-10-client-server.html"
        );
    }
    // From the page itself they do turn it.
    tab.tells("document.activeElement.blur()");
    tab.presses("ArrowRight");
    tab.comes_to("lesson-11-echo.html");
}

#[test]
fn code_is_copied_without_its_prompt_and_by_keyboard() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let mut tab = browser.tab(1280);
    tab.before_each_page(
        "Object.defineProperty(navigator, 'clipboard', { value: { writeText: async text => { window.copied = text } } })",
    );
    tab.opens(&page("ko/lesson-11-echo.html"));
    let buttons = tab.tells("document.querySelectorAll('.copying > button').length");
    assert!(buttons.as_u64().unwrap() > 3);
    assert_eq!(
        tab.tells("document.querySelectorAll('.copying + pre > code.language-text').length"),
        0
    );
    // The Tab key comes to the first, from the link or fold before it.
    tab.tells(
        "(() => {
            const button = document.querySelector('.copying > button');
            const all = [...document.querySelectorAll('main a, main summary, main button, main [tabindex=\"0\"]')];
            const before = all.filter(one => one.getClientRects().length > 0 && one.tabIndex >= 0);
            const at = before.indexOf(button);
            at > 0 ? before[at - 1].focus() : document.querySelector('#print-book').focus();
        })()",
    );
    tab.presses("Tab");
    assert_eq!(
        tab.tells("document.activeElement.parentElement.className"),
        "copying"
    );
    tab.presses("Enter");
    tab.rests();
    assert_eq!(
        tab.tells("document.activeElement.textContent"),
        "복사했습니다"
    );
    let copied = tab.tells(
        "(() => {
            const sessions = [...document.querySelectorAll('.copying + pre > code.language-console')];
            const long = sessions.find(code => code.textContent.trim().split('\\n').length > 1) ?? sessions[0];
            long.parentElement.previousElementSibling.querySelector('button').click();
            return new Promise(done => setTimeout(() => done(window.copied), 100));
        })()",
    );
    let copied = copied.as_str().unwrap();
    assert!(
        copied.starts_with("cargo ") && !copied.contains('$'),
        "{copied}"
    );
    assert!(!copied.contains('>'), "answers are no commands: {copied}");
}

#[test]
fn no_gap_before_a_particle() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let mut tab = browser.tab(1280);
    tab.opens(&page("ko/lesson-04-accept.html"));
    let gaps = tab.lists(
        "[...document.querySelectorAll('main p > code')]
            .filter(code => /^[가-힣]/.test(code.nextSibling?.data ?? ''))
            .map(code => {
                const style = getComputedStyle(code);
                return [parseFloat(style.paddingRight) + parseFloat(style.marginRight), code.textContent];
            })
            .filter(([gap]) => gap > 1)
            .map(([gap, name]) => `${name}: ${gap} px`)",
    );
    assert!(gaps.is_empty(), "{gaps:?}");
}

#[test]
fn without_scripts_a_page_has_its_other_edition_and_its_neighbours() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let mut tab = browser.tab(1280);
    tab.without_scripts();
    tab.opens(&page("ko/lesson-04-accept.html"));
    let seen = tab.tells(
        "(() => {
            const link = document.querySelector('#other-edition a');
            const box = link.getBoundingClientRect();
            return document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2) === link;
        })()",
    );
    assert_eq!(seen, true, "the link to the other edition is covered");
    let ground =
        tab.tells("getComputedStyle(document.querySelector('main pre > code')).backgroundColor");
    assert_ne!(ground, "rgba(0, 0, 0, 0)", "code has its ground");
    let snapshot = fs::read_to_string(page("ko/lesson-04-accept.html")).unwrap();
    let html = scraper::Html::parse_document(&snapshot);
    let href = |selector: &str| {
        let selector = scraper::Selector::parse(selector).unwrap();
        html.select(&selector)
            .next()
            .and_then(|link| link.attr("href"))
            .unwrap()
            .to_owned()
    };
    assert_eq!(href("#other-edition a"), "../en/lesson-04-accept.html");
    assert_eq!(
        href("link[rel=alternate][hreflang=en]"),
        "../en/lesson-04-accept.html"
    );
    assert_eq!(href(".chapter-nav .next"), "lesson-05-connect.html");
    // A label is named by its text alone; what may have another name is the button.
    let named = scraper::Selector::parse("label[aria-label], label[aria-controls]").unwrap();
    assert_eq!(html.select(&named).count(), 0);
    assert!(
        snapshot.contains("05 connect: "),
        "the next chapter has a name"
    );
}

#[test]
fn a_language_once_chosen_is_remembered() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let mut tab = browser.tab(1280);
    // An English system, and a reader who prefers Korean.
    tab.before_each_page("Object.defineProperty(navigator, 'languages', { value: ['en-US'] })");
    tab.opens(&page("index.html"));
    tab.comes_to("en/index.html");
    tab.tells("document.querySelector('#other-edition a').click()");
    tab.comes_to("ko/index.html");
    tab.opens(&page("index.html"));
    tab.comes_to("ko/index.html");
}

#[test]
fn the_other_edition_opens_where_the_reader_is() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let mut tab = browser.tab(1280);
    tab.opens(&page("ko/lesson-04-accept.html"));
    let link = "(() => {
        const link = document.querySelector('#other-edition a');
        link.dispatchEvent(new Event('pointerenter'));
        return link.href.split('/').at(-1);
    })()";
    assert_eq!(tab.tells(link), "lesson-04-accept.html", "at the top");
    tab.tells(
        "document.querySelector('#check').scrollIntoView({ block: 'start', behavior: 'instant' })",
    );
    assert_eq!(tab.tells(link), "lesson-04-accept.html#check");
    // An address that names another place, out of sight by now, is not where the reader is.
    tab.tells("history.replaceState(null, '', '#step-1')");
    assert_eq!(tab.tells(link), "lesson-04-accept.html#check");
    tab.tells("document.querySelector('#other-edition a').click()");
    tab.comes_to("en/lesson-04-accept.html#check");
}

#[test]
fn fingers_find_what_is_in_the_bar() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let mut tab = browser.tab(360);
    tab.opens(&page("ko/lesson-04-accept.html"));
    let small = tab.lists(
        "[...document.querySelectorAll('.left-buttons > button, .right-buttons a')]
            .map(one => [one.getBoundingClientRect(), one.id || one.textContent])
            .filter(([{ width, height }]) => width < 36 || height < 36)
            .map(([{ width, height }, name]) => `${name}: ${width} x ${height}`)",
    );
    assert!(small.is_empty(), "{small:?}");
}

#[test]
fn on_a_phone_the_sidebar_goes_away_again() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let mut tab = browser.tab(360);
    tab.opens(&page("ko/lesson-04-accept.html"));
    let open = "document.documentElement.classList.contains('sidebar-visible')";
    for away in [
        "document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))",
        "document.querySelector('main p').click()",
    ] {
        tab.tells("document.querySelector('#sidebar-button').click()");
        assert_eq!(tab.tells(open), true, "it opens");
        tab.tells(away);
        assert_eq!(tab.tells(open), false, "{away}");
    }
}
