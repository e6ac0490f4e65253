//! Looks things up in printed pages with a real browser, because the search is a
//! script that lives off another script. Without Chromium there is nothing to
//! see; REQUIRE_ALL=1 makes that a failure.

#![allow(
    clippy::unwrap_used,
    reason = "a test ends where it did not get what it needs"
)]

mod small_book;

use press::Edition;
use scraper::{Html, Selector};
use small_book::SmallBook;
use std::env;
use std::path::PathBuf;
use std::process::Command;
use std::sync::LazyLock;
use url::Url;

/// Printed once for all tests, and looked at only.
static BOOK: LazyLock<SmallBook> = LazyLock::new(|| {
    let book = SmallBook::new();
    let chapters = "- [서버](a.md)\n- [연결](b.md)\n- [수신](c.md)\n";
    book.both("SUMMARY.md", &format!("# 차례\n\n{chapters}"));
    book.both(
        "a.md",
        "# 서버\n\n서버는 연결을 기다립니다. The server listens.\n",
    );
    book.both(
        "b.md",
        "# 연결\n\n클라이언트가 먼저 말을 겁니다.\n\n## 끊김 {#broken}\n\n상대가 사라집니다.\n",
    );
    book.both(
        "c.md",
        "# 수신\n\n버퍼에 있는 만큼 읽습니다. Two buffers wait.\n",
    );
    book.press().print(&Edition::BOTH).unwrap();
    book
});

#[test]
fn finds_a_word_and_ranks_headings_first() {
    let Some(browser) = browser() else { return };
    assert_eq!(
        browser.results("ko/index.html", "연결"),
        ["연결 » 연결", "연결 » 끊김", "서버 » 서버"]
    );
}

#[test]
fn finds_a_word_with_another_particle() {
    let Some(browser) = browser() else { return };
    assert_eq!(browser.results("ko/index.html", "버퍼를"), ["수신 » 수신"]);
    assert_eq!(
        browser.results("ko/index.html", "클라이언트에서는"),
        ["연결 » 연결"]
    );
}

#[test]
fn wants_all_words() {
    let Some(browser) = browser() else { return };
    assert_eq!(
        browser.results("ko/index.html", "서버 연결"),
        ["서버 » 서버"]
    );
    assert!(browser.results("ko/index.html", "서버 버퍼").is_empty());
}

#[test]
fn finds_hangul_that_comes_in_single_letters() {
    let Some(browser) = browser() else { return };
    let jamo = "\u{1109}\u{116e}\u{1109}\u{1175}\u{11ab}";
    assert_eq!(browser.results("ko/index.html", jamo), ["수신 » 수신"]);
}

#[test]
fn finds_english_in_either_edition() {
    let Some(browser) = browser() else { return };
    assert_eq!(browser.results("ko/index.html", "LISTENS"), ["서버 » 서버"]);
    assert_eq!(browser.results("en/index.html", "buffers"), ["수신 » 수신"]);
}

#[test]
fn marks_the_word_on_the_page_it_leads_to() {
    let Some(browser) = browser() else { return };
    let page = browser.look("ko/a.html", "highlight", "연결이", "");
    assert_eq!(texts(&page, "main mark"), ["연결"]);
}

#[test]
fn opens_with_the_s_key_of_a_hangul_keyboard() {
    let Some(browser) = browser() else { return };
    let press =
        "dispatchEvent(new KeyboardEvent('keydown', { key: 'ㄴ', code: 'KeyS', bubbles: true }))";
    let page = browser.look("ko/a.html", "", "", &format!("document.body.{press}"));
    assert_eq!(texts(&page, "#mdbook-search-wrapper:not(.hidden)").len(), 1);
}

#[test]
fn the_other_edition_opens_at_the_same_place() {
    let Some(browser) = browser() else { return };
    let page = browser.look("ko/b.html", "", "", "location.hash = 'broken'");
    let link = Selector::parse("#other-edition a").unwrap();
    let href = page.select(&link).next().unwrap().attr("href").unwrap();
    assert_eq!(href, "../en/b.html#broken");
}

struct Browser(PathBuf);

impl Browser {
    /// The headings that a search lists, in its order.
    fn results(&self, page: &str, query: &str) -> Vec<String> {
        texts(
            &self.look(page, "search", query, ""),
            "#mdbook-searchresults li > a",
        )
    }

    /// The page as it is after its scripts have run, and after `script`.
    fn look(&self, page: &str, key: &str, value: &str, script: &str) -> Html {
        let mut file = BOOK.out().join(page);
        if !script.is_empty() {
            let html = BOOK.page(page).replace(
                "</body>",
                &format!("<script>addEventListener('load', () => {{ {script} }})</script></body>"),
            );
            // A test of its own must have a page of its own, beside the first.
            file.set_file_name(format!("{}.html", script.len()));
            std::fs::write(&file, html).unwrap();
        }
        let mut address = Url::from_file_path(&file).unwrap();
        if !key.is_empty() {
            address.query_pairs_mut().append_pair(key, value);
        }
        let profile = tempfile::tempdir().unwrap();
        let output = Command::new(&self.0)
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
            ])
            .args([
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ])
            .args(["--virtual-time-budget=5000", "--dump-dom"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg(address.as_str())
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        Html::parse_document(&String::from_utf8_lossy(&output.stdout))
    }
}

fn texts(page: &Html, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).unwrap();
    page.select(&selector)
        .map(|found| found.text().collect::<String>().trim().to_owned())
        .collect()
}

/// Chromium, under whichever name it goes here.
fn browser() -> Option<Browser> {
    let names = [
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    ];
    let folders: Vec<_> = env::split_paths(&env::var_os("PATH").unwrap_or_default()).collect();
    let found = names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    let found = found.into_iter().find(|file| file.is_file());
    if found.is_none() {
        assert!(
            env::var_os("REQUIRE_ALL").is_none_or(|all| all != "1"),
            "no Chromium on this machine"
        );
        eprintln!("skipped: no Chromium on this machine");
    }
    found.map(Browser)
}
