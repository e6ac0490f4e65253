//! Reports are drawn in columns, and so they stand in a browser: carets below letters, and
//! every line as wide as it is in a terminal.

#![allow(
    clippy::unwrap_used,
    reason = "a test ends where it did not get what it needs"
)]

mod browser;
mod real_book;
mod small_book;

use browser::Browser;
use real_book::{pages, short};

#[test]
fn carets_stand_under_the_letter_that_they_mean() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let mut tab = browser.tab(1280);
    let mut carets = 0;
    let mut wrong = Vec::new();
    for page in pages() {
        tab.opens(&page);
        tab.tells("document.fonts.ready.then(() => 0)");
        let measured = tab.tells(
            "(() => {
                // How many columns a letter takes in a terminal.
                const columns = letter => /[\\u1100-\\u115f\\u3000-\\u303e\\u3131-\\u318e\\uac00-\\ud7a3\\uff01-\\uff60]/.test(letter) ? 2 : 1;
                const out = [];
                for (const code of document.querySelectorAll('pre > code.language-text')) {
                    const letters = [];
                    const walk = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
                    while (walk.nextNode())
                        for (let at = 0; at < walk.currentNode.length; at++)
                            letters.push([walk.currentNode, at, walk.currentNode.data[at]]);
                    const lines = [[]];
                    for (const one of letters) one[2] === '\\n' ? lines.push([]) : lines.at(-1).push(one);
                    const place = ([node, at]) => {
                        const range = document.createRange();
                        range.setStart(node, at); range.setEnd(node, at + 1);
                        return range.getBoundingClientRect();
                    };
                    const column = (line, index) => line.slice(0, index).reduce((sum, one) => sum + columns(one[2]), 0);
                    lines.forEach((line, number) => {
                        const caret = line.findIndex(one => one[2] === '^');
                        if (caret < 0 || !line.every(one => ' │^'.includes(one[2]))) return;
                        const above = lines[number - 1];
                        const meant = above.findIndex((_, index) => column(above, index) >= column(line, caret));
                        if (meant < 0) return;
                        const width = place(line[caret]).width;
                        out.push([above.map(one => one[2]).join(''), (place(line[caret]).left - place(above[meant]).left) / width]);
                    });
                }
                return out;
            })()",
        );
        for found in measured.as_array().unwrap() {
            carets += 1;
            let off = found[1].as_f64().unwrap();
            if off.abs() > 0.25 {
                wrong.push(format!(
                    "{}: {off:.2} columns off: {}",
                    short(&page),
                    found[0]
                ));
            }
        }
    }
    assert!(carets > 20, "where are the carets?");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
