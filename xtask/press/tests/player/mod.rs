//! Pages with the player of recorded runs (theme/player.js): in a book, with mdBook's own keys
//! about, and one of its own. Two runs of lesson 04 are in `two_runs.html`, in both languages:
//! `‹ko¦en›`.

use crate::browser::Tab;
use crate::small_book::{SmallBook, workspace};
use press::Edition;
use regex::Regex;
use serde_json::json;
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;
use tempfile::TempDir;

/// What comes before its outcome in the solution's run: `accept` returns 4.
pub const ASKED: usize = 18;
pub const STEPS: usize = 25;

/// A player's parts as scripts name them: the run in front.
pub const PARTS: &str = "
    var front = () => document.querySelector('.run:not([hidden])');
    var button = words => [...document.querySelectorAll('button')]
        .find(one => one.textContent === words && one.getClientRects().length > 0);
    var step = () => Number(front().querySelector('input').value);
    var live = () => front().querySelector('.run-live').textContent;
    var seen = selector => [...front().querySelectorAll(selector)].filter(one => one.checkVisibility());
    var texts = selector => seen(selector).map(one => one.textContent.trim());
    0";

/// A book of two chapters, the first of which has both runs, below something to scroll by.
pub static BOOK: LazyLock<SmallBook> = LazyLock::new(|| {
    let book = SmallBook::new();
    book.both("SUMMARY.md", "# Summary\n\n- [A](a.md)\n- [B](b.md)\n");
    book.both("b.md", "# B\n");
    for edition in Edition::BOTH {
        let code = edition.code();
        let above = "A line.\n\n".repeat(40);
        let runs = two_runs(code);
        let below = "A line.\n\n".repeat(80);
        book.file(
            &format!("book/{code}/a.md"),
            &format!("# A\n\n{above}\n\n{runs}\n\n## Below {{#below}}\n\n{below}"),
        );
    }
    book.press().print(&Edition::BOTH).unwrap();
    book
});

pub fn two_runs(lang: &str) -> String {
    let both =
        fs::read_to_string(workspace().join("xtask/press/tests/player/two_runs.html")).unwrap();
    let said = if lang == "ko" { "$1" } else { "$2" };
    let words = Regex::new("‹([^¦›]*)¦([^›]*)›").unwrap();
    words.replace_all(both.trim(), said).into_owned()
}

pub fn theme(file: &str) -> String {
    fs::read_to_string(workspace().join("book/theme").join(file)).unwrap()
}

/// A page without mdBook, as `trace` writes one.
pub struct Alone(TempDir);

impl Alone {
    pub fn new(lang: &str, colours: &str, runs: &str) -> Alone {
        let folder = tempfile::tempdir().unwrap();
        let html = format!(
            "<!doctype html><html lang='{lang}' class='{colours}'><meta charset='utf-8'>\
             <meta name='viewport' content='width=device-width, initial-scale=1'><title>Run</title>\
             <style>{}{}\nbody {{ margin: 12px; background: var(--bg); color: var(--fg); \
             font: 16px/1.6 sans-serif }}</style><main><h1>Run</h1>{runs}</main>\
             <script>{}</script></html>",
            theme("colours.css"),
            theme("player.css"),
            theme("player.js"),
        );
        fs::write(folder.path().join("run.html"), html).unwrap();
        Alone(folder)
    }

    pub fn page(&self) -> PathBuf {
        self.0.path().join("run.html")
    }
}

/// Opens a page at an address of its own, `#run=…`, or at its top.
pub fn opens(tab: &mut Tab<'_>, page: PathBuf, hash: &str) {
    let address = url::Url::from_file_path(page).unwrap();
    // The same page once more would only be scrolled.
    tab.opens_at("about:blank");
    tab.opens_at(&format!("{address}{hash}"));
    tab.tells(PARTS);
}

pub fn in_the_book(tab: &mut Tab<'_>, lang: &str, hash: &str) {
    opens(tab, BOOK.out().join(lang).join("a.html"), hash);
}

/// In the solution's run.
pub fn at(step: usize) -> String {
    format!("#run=lesson-04/greets_two&step={step}")
}

pub fn presses(tab: &mut Tab<'_>, key: &str, shift: bool) {
    for kind in ["rawKeyDown", "keyUp"] {
        let code = match key {
            "End" => 35,
            "Home" => 36,
            "ArrowLeft" => 37,
            "ArrowRight" => 39,
            "KeyL" => 76,
            _ => panic!("no key of a player: {key}"),
        };
        // A Hangul keyboard has ㅣ there.
        let letter = if key == "KeyL" { "ㅣ" } else { key };
        let event = json!({"type": kind, "key": letter, "code": key, "modifiers": if shift { 8 } else { 0 },
            "windowsVirtualKeyCode": code, "nativeVirtualKeyCode": code});
        tab.ask("Input.dispatchKeyEvent", event);
    }
}

pub fn step(tab: &mut Tab<'_>) -> usize {
    let told = tab.tells("step()");
    usize::try_from(told.as_u64().unwrap()).unwrap()
}

pub fn live(tab: &mut Tab<'_>) -> String {
    tab.tells("live()").as_str().unwrap().to_owned()
}

pub fn takes(tab: &mut Tab<'_>, words: &str) {
    tab.tells(&format!("button('{words}').click()"));
}

/// A server that accepts one client after another, and the clients.
pub fn long_run(name: &str, events: usize) -> String {
    let mut steps = String::new();
    for number in 0..events {
        let (client, line) = (number / 5, 10 + number % 60);
        let fd = 4 + client % 7;
        let call = number - number % 5;
        let matters = if number % 7 == 0 { "" } else { " run-matters" };
        let socket = |kind: &str, state: &str, unread: usize| {
            format!(
                "<ul class='run-sockets'><li data-socket='server:{fd}' data-fd='{fd}' data-kind='{kind}' data-state='{state}' \
                 data-local='127.0.0.1:&lt;server&gt;' data-peer='127.0.0.1:&lt;client-{client}&gt;' data-queue='{unread}'>socket</li></ul>"
            )
        };
        let program = format!(
            "data-lane='program' data-who='server' data-line='{line}' data-file='src/main.rs'"
        );
        let (attributes, what) = match number % 5 {
            0 => (
                format!("{program} data-call='{call}' data-part='begins'"),
                String::new(),
            ),
            1 => (
                format!("data-lane='peer' data-who='client-{}'", client % 3),
                String::new(),
            ),
            2 => (
                format!("{program} data-call='{call}' data-part='ends'"),
                socket("TCP", "ESTABLISHED", 0),
            ),
            3 => (
                format!("{program} data-call='{number}' data-part='whole'"),
                socket("TCP", "CLOSE-WAIT", number),
            ),
            _ => (
                format!("{program} data-call='{number}' data-part='whole'"),
                socket("", "", 0),
            ),
        };
        write!(
            steps,
            "<li class='run-step{matters}' {attributes}><span class='run-place'>main.rs:{line}</span>\
             <code class='run-call'>call({number})</code> <span class='run-said'>It is step {number}.</span>{what}</li>"
        )
        .unwrap();
    }
    let mut lines = String::new();
    for line in 1..=300 {
        writeln!(
            lines,
            "<span class='run-line' data-line='{line}'>let line = {line};</span>"
        )
        .unwrap();
    }
    format!(
        "<section class='run' data-run='{name}' aria-label='Long {name}'><p class='run-title'>Long</p>\
         <ol class='run-steps'>{steps}</ol><details class='run-source' data-file='src/main.rs'>\
         <summary>Source</summary><pre class='run-code'><code>{lines}</code></pre></details></section>"
    )
}
