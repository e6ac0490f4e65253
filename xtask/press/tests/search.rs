//! Looks things up in printed pages with a real browser, in pages that are read from a folder.

use crate::chromium::{Chromium, texts};
use crate::small_book::SmallBook;
use press::Edition;
use scraper::{Html, Selector};
use std::path::PathBuf;
use std::sync::LazyLock;

const WORDS: &str = r#"
[passing]
ko = ["왜"]
en = ["why"]
[[same]]
ko = ["버퍼", "임시 저장"]
en = ["buffer", "EXAMPLE"]
[[lead]]
to = "b#broken"
ko = ["전화가 안 됨"]
en = ["os error 98"]
"#;

/// Printed once for all tests, and looked at only.
static BOOK: LazyLock<SmallBook> = LazyLock::new(|| {
    let book = SmallBook::new();
    let chapters = "- [서버](a.md)\n- [연결](b.md)\n- [수신](c.md)\n- [소켓](d.md)\n";
    book.both("SUMMARY.md", &format!("# 차례\n\n{chapters}"));
    book.both(
        "a.md",
        "# 서버\n\n서버는 연결을 기다립니다. The server listens.\n",
    );
    book.both(
        "b.md",
        "# 연결\n\n클라이언트가 먼저 말을 겁니다.\n\n## 끊김 {#broken}\n\n상대가 <b>사라집니다</b>.\n",
    );
    book.both(
        "c.md",
        "# 수신\n\n버퍼에 있는 만큼 읽습니다. Two buffers wait. `<img src=x>`\n",
    );
    book.both(
        "d.md",
        "# 소켓\n\n에코 서버가 스레드를 만듭니다.\n\n#### half-close {#half}\n\n`TcpListener`가 멈춥니다.\n",
    );
    book.file("book/search/words.toml", WORDS);
    book.press().print(&Edition::BOTH).unwrap();
    book
});

/// The entries that a search lists, in its order.
fn results(browser: &Chromium, page: &str, query: &str) -> Vec<String> {
    let file = BOOK.out().join(page);
    let page = browser.look(&crate::chromium::address(&file, &[("search", query)]));
    texts(&page, "#mdbook-searchresults > li > a")
}

/// Types queries, one after the other, and gives what is listed after each.
fn typed(browser: &Chromium, name: &str, queries: &[&str]) -> Vec<Vec<String>> {
    let script = format!(
        "const bar = document.getElementById('mdbook-searchbar');
         for (const query of {}) {{
             bar.value = query;
             bar.dispatchEvent(new Event('input', {{ bubbles: true }}));
             const list = document.createElement('ol');
             list.className = 'seen';
             for (const link of document.querySelectorAll('#mdbook-searchresults > li > a')) {{
                 list.append(Object.assign(document.createElement('li'), {{ textContent: link.textContent }}));
             }}
             document.body.append(list);
         }}",
        serde_json::to_string(queries).unwrap()
    );
    let file = BOOK.out().join("ko/index.html");
    let page = browser.look_after(&file, name, &[("search", "x")], &script);
    let list = Selector::parse("ol.seen").unwrap();
    page.select(&list)
        .map(|list| {
            let item = Selector::parse("li").unwrap();
            list.select(&item)
                .map(|item| item.text().collect())
                .collect()
        })
        .collect()
}

/// Holds the first entry for each query against what it has to be.
fn first_entries(name: &str, due: &[(&str, &str)]) {
    let Some(browser) = Chromium::here() else {
        return;
    };
    let queries: Vec<_> = due.iter().map(|(query, _)| *query).collect();
    let found = typed(&browser, name, &queries);
    let found: Vec<_> = found
        .iter()
        .map(|list| list.first().map_or("", String::as_str))
        .collect();
    let due: Vec<_> = due.iter().map(|(_, entry)| *entry).collect();
    assert_eq!(found, due, "{queries:?}");
}

/// What a page looks like after a key was pressed in it, with a field for what happened.
fn after_keys(browser: &Chromium, name: &str, script: &str) -> Html {
    let press = "const press = (key, code, more) => document.activeElement.dispatchEvent(
        new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true, ...more }));";
    let file = BOOK.out().join("ko/a.html");
    browser.look_after(&file, name, &[], &format!("{press} {script}"))
}

fn is_open(page: &Html) -> bool {
    !texts(page, "#mdbook-search-wrapper:not(.hidden)").is_empty()
}

#[test]
fn finds_a_word_and_ranks_headings_first() {
    let Some(browser) = Chromium::here() else {
        return;
    };
    // Another page before another place on the same one.
    assert_eq!(
        results(&browser, "ko/index.html", "연결"),
        ["연결", "서버", "연결 » 끊김"]
    );
}

#[test]
fn finds_every_form_of_a_word() {
    first_entries(
        "forms",
        &[
            ("버퍼를", "수신"),
            ("클라이언트에서는", "연결"),
            // Verbs in other endings.
            ("사라졌을 때", "연결 » 끊김"),
            ("사라짐", "연결 » 끊김"),
            ("멈춰요", "소켓 » half-close"),
            ("멈춤", "소켓 » half-close"),
            ("끊긴", "연결 » 끊김"),
            ("끊는", "연결 » 끊김"),
            ("listening", "서버"),
            ("buffers를", "수신"),
            // In the letters of a Mac, and in capitals.
            ("\u{1109}\u{116e}\u{1109}\u{1175}\u{11ab}", "수신"),
            ("LISTENS", "서버"),
        ],
    );
}

#[test]
fn finds_words_that_are_spelled_otherwise() {
    first_entries(
        "spelling",
        &[
            ("쓰레드", "소켓"),
            ("쓰래드", "소켓"),
            ("lsitens", "서버"),
            ("에코서버", "소켓"),
            ("half close", "소켓 » half-close"),
            ("listener", "소켓 » half-close"),
            ("tcp listner", "소켓 » half-close"),
        ],
    );
}

#[test]
fn finds_words_while_they_are_typed() {
    first_entries(
        "typing",
        &[
            ("솤", "소켓"),
            ("소ㅋ", "소켓"),
            ("소케", "소켓"),
            ("ㅅㅋ", "소켓"),
            ("클라이ㅇ", "연결"),
            ("TcpLis", "소켓 » half-close"),
        ],
    );
}

#[test]
fn finds_what_the_book_says_in_other_words() {
    first_entries(
        "meaning",
        &[
            ("임시 저장", "수신"),
            ("example", "수신"),
            ("os error 98", "연결 » 끊김"),
            ("왜 전화가 안되나요", "연결 » 끊김"),
        ],
    );
}

#[test]
fn lists_pages_with_all_words_before_those_with_some() {
    let Some(browser) = Chromium::here() else {
        return;
    };
    let look = |page: &str, query| {
        let file = BOOK.out().join(page);
        let page = browser.look(&crate::chromium::address(&file, &[("search", query)]));
        let head = texts(&page, "#mdbook-searchresults-header").join("");
        (head, texts(&page, "#mdbook-searchresults > li > a"))
    };
    let (head, all) = look("ko/index.html", "서버 연결");
    assert_eq!(all[0], "서버");
    assert_eq!(head, format!("‘서버 연결’: {}곳", all.len()));
    let (head, some) = look("ko/index.html", "클라이언트 버퍼");
    assert_eq!(some, ["연결", "수신"]);
    assert!(head.contains("낱말이 모두 나오는 쪽은 없고"), "{head}");
    let (head, some) = look("en/index.html", "server buffers");
    assert_eq!(some, ["서버", "수신"]);
    assert!(head.contains("No page has every word"), "{head}");
    assert_eq!(look("ko/index.html", "qqq").0, "‘qqq’: 찾은 것이 없습니다");
}

#[test]
fn what_is_searched_and_found_never_becomes_markup() {
    let Some(browser) = Chromium::here() else {
        return;
    };
    let file = BOOK.out().join("en/index.html");
    let page = browser.look(&crate::chromium::address(
        &file,
        &[("search", "<img src=y> buffers")],
    ));
    assert_eq!(texts(&page, "#mdbook-searchresults > li > a"), ["수신"]);
    assert!(texts(&page, "#mdbook-search-wrapper img").is_empty());
}

#[test]
fn marks_the_word_on_the_page_it_leads_to() {
    let Some(browser) = Chromium::here() else {
        return;
    };
    let file = BOOK.out().join("ko/a.html");
    let page = browser.look(&crate::chromium::address(&file, &[("highlight", "연결이")]));
    assert_eq!(texts(&page, "main mark"), ["연결"]);
}

#[test]
fn opens_by_its_keys_on_any_layout_and_by_no_other() {
    let Some(browser) = Chromium::here() else {
        return;
    };
    let opening = [
        "press('s', 'KeyS')",
        "press('ㄴ', 'KeyS')",
        "press('Process', 'Slash')",
        "press('/', 'Digit7', { shiftKey: true })",
        "press('k', 'KeyK', { ctrlKey: true })",
    ];
    for (number, keys) in opening.iter().enumerate() {
        assert!(
            is_open(&after_keys(&browser, &format!("opens-{number}"), keys)),
            "{keys}"
        );
    }
    // The same places on a Dvorak and on a German keyboard.
    let others = "press('o', 'KeyS'); press('-', 'Slash'); press('s', 'KeyS', { ctrlKey: true })";
    assert!(!is_open(&after_keys(&browser, "others", others)));
}

#[test]
fn the_reader_s_place_is_kept_and_given_back() {
    let Some(browser) = Chromium::here() else {
        return;
    };
    let keys = "location.hash = 'mdbook-content';
        const before = document.querySelector('main a');
        before.focus();
        document.querySelector('main').style.minHeight = '5000px';
        window.scrollTo({ top: 700, behavior: 'instant' });
        press('/', 'Slash');
        const places = [scrollY];
        const bar = document.getElementById('mdbook-searchbar');
        bar.value = '서버';
        bar.dispatchEvent(new Event('input', { bubbles: true }));
        const asked = location.href;
        press('Escape', 'Escape');
        places.push(scrollY);
        document.title = [asked, location.href, document.activeElement === before, places].join(' ');";
    let title = texts(&after_keys(&browser, "place", keys), "title").join("");
    let parts: Vec<_> = title.split(' ').collect();
    assert!(
        parts[0].contains("?search=") && parts[0].ends_with("#mdbook-content"),
        "{title}"
    );
    assert!(
        !parts[1].contains("search=") && parts[1].ends_with("#mdbook-content"),
        "{title}"
    );
    assert_eq!(
        parts[2..],
        ["true", "700,700"],
        "the focus, and how far it is scrolled"
    );
}

#[test]
fn words_that_lead_nowhere_keep_the_book_from_being_printed() {
    let book = SmallBook::new();
    let lead = "[[lead]]\nto = \"a#gone\"\nko = [\"ㄱ\"]\nen = []\n";
    book.file("book/search/words.toml", lead);
    let said = book.refused();
    for part in [
        "book/search: no chapter has “a#gone”",
        "“a#gone” lacks a language",
    ] {
        assert!(said.contains(part), "{part:?} is not said in: {said}");
    }
    book.file("book/search/words.toml", "[[led]]\n");
    assert!(book.refused().contains("words.toml is not in order"));
}

/// With what only real pages have: the reader's arrows go from result to result.
#[test]
fn arrows_move_the_focus_through_the_results() {
    let Some(browser) = Chromium::here() else {
        return;
    };
    let script = "const press = key => document.activeElement.dispatchEvent(
            new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
        press('ArrowDown'); const first = document.activeElement.textContent;
        press('ArrowRight'); press('ArrowUp');
        document.title = [first, document.activeElement.id, location.pathname.split('/').at(-1)].join(' ');";
    let file: PathBuf = BOOK.out().join("ko/a.html");
    let page = browser.look_after(&file, "arrows", &[("search", "연결")], script);
    assert_eq!(texts(&page, "title"), ["연결 mdbook-searchbar arrows.html"]);
}

#[test]
fn the_other_edition_opens_at_the_same_place() {
    let Some(browser) = Chromium::here() else {
        return;
    };
    let file = BOOK.out().join("ko/b.html");
    let page = browser.look_after(&file, "hash", &[], "location.hash = 'broken'");
    let link = Selector::parse("#other-edition a").unwrap();
    let href = page.select(&link).next().unwrap().attr("href").unwrap();
    assert_eq!(href, "../en/b.html#broken");
}
