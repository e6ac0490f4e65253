//! Reports are drawn in columns, and so they stand in a browser: carets below the letters that
//! they mean, every letter in the column that a terminal gives it, and rules without gaps.

use crate::browser::Browser;
use crate::real_book::{pages, short};
use serde_json::Value;
use std::sync::LazyLock;

/// What a script below may use: the lines of each report, as lists of letters, and where a
/// letter stands, on the page and in a terminal.
const REPORTS: &str = r"
    const columns = letter => /[\u1100-\u115f\u3000-\u303e\u3131-\u318e\uac00-\ud7a3\uff01-\uff60]/.test(letter) ? 2 : 1;
    const column = (line, index) => line.slice(0, index).reduce((sum, one) => sum + columns(one[2]), 0);
    const told = line => line.map(one => one[2]).join('');
    const place = ([node, at]) => {
        const range = document.createRange();
        range.setStart(node, at); range.setEnd(node, at + 1);
        return range.getBoundingClientRect();
    };
    document.querySelectorAll('main details').forEach(one => one.open = true);
    const reports = [...document.querySelectorAll('pre > code:is(.language-text, .language-console)')].map(code => {
        const lines = [[]];
        const walk = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
        while (walk.nextNode())
            for (let at = 0; at < walk.currentNode.length; at++) {
                const letter = walk.currentNode.data[at];
                letter === '\n' ? lines.push([]) : lines.at(-1).push([walk.currentNode, at, letter]);
            }
        return { code, lines };
    });
";

/// Carets, and how far each stands from the letter above that it means.
const CARETS: &str = "
        return reports.flatMap(({ lines }) => lines.flatMap((line, number) => {
            const caret = line.findIndex(one => one[2] === '^');
            if (caret < 0 || !line.every(one => ' │^'.includes(one[2]))) return [];
            const above = lines[number - 1];
            const meant = above.findIndex((_, index) => column(above, index) >= column(line, caret));
            if (meant < 0) return [];
            const [under, over] = [place(line[caret]), place(above[meant])];
            return [[told(above), (under.left - over.left) / under.width]];
        }))";

/// Where each line ends, and where it would in a terminal.
const ENDS: &str = "
        return reports.flatMap(({ code, lines }) => {
            const style = getComputedStyle(code);
            const left = code.getBoundingClientRect().left + code.clientLeft + parseFloat(style.paddingLeft);
            // One letter alone is measured too coarsely for the hundredth column.
            const many = code.appendChild(document.createElement('span'));
            many.textContent = '0'.repeat(100);
            const width = many.getBoundingClientRect().width / 100;
            many.remove();
            return lines.flatMap(line => {
                const last = line.findLastIndex(one => /[!-~]/.test(one[2]));
                if (last < 0) return [];
                return [[told(line), (place(line[last]).left - left) / width - column(line, last)]];
            });
        })";

/// How much is missing between the rules of two lines.
const RULES: &str = "
        return reports.flatMap(({ code, lines }) => {
            const tall = 1.4 * parseFloat(getComputedStyle(code).fontSize);
            const rules = lines.map(line => line.find(one => one[2] === '│'));
            return lines.slice(1).flatMap((line, number) => {
                const [over, under] = [rules[number], rules[number + 1]];
                if (!over || !under) return [];
                return [[told(line), Math.max(0, place(under).top - place(over).top - tall)]];
            });
        })";

/// A line of a page, and by how many columns something in it is off.
type Measured = Vec<(String, f64)>;

/// What each script finds out, page by page: each page is opened once. Nothing without Chromium.
static ALL: LazyLock<Option<[Measured; 3]>> = LazyLock::new(|| {
    let mut browser = Browser::start()?;
    let mut tab = browser.tab(1280);
    let mut all = [const { Vec::new() }; 3];
    for page in pages() {
        tab.opens(&page);
        tab.tells("document.fonts.ready.then(() => 0)");
        for (script, found) in [CARETS, ENDS, RULES].iter().zip(&mut all) {
            let told = tab.tells(&format!("(() => {{ {REPORTS} {script} }})()"));
            let told = told.as_array().unwrap().iter();
            found.extend(told.map(|one: &Value| {
                let line = format!("{}: {}", short(&page), one[0].as_str().unwrap());
                (line, one[1].as_f64().unwrap())
            }));
        }
    }
    Some(all)
});

fn are_in_place(measured: &[(String, f64)], at_least: usize) {
    assert!(measured.len() > at_least, "{} lines", measured.len());
    let wrong = measured.iter().filter(|(_, off)| off.abs() > 0.25);
    let wrong: Vec<_> = wrong
        .map(|(line, off)| format!("{off:.2} columns off: {line}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn carets_stand_under_the_letter_that_they_mean() {
    if let Some([carets, _, _]) = &*ALL {
        are_in_place(carets, 20);
    }
}

/// What is aligned to the right in a terminal, or stands over arrows, does so here.
#[test]
fn every_line_ends_in_the_column_that_a_terminal_gives_it() {
    if let Some([_, ends, _]) = &*ALL {
        are_in_place(ends, 1000);
    }
}

/// A rule is drawn by one letter in each line, which is 1.4 times as tall as the font.
#[test]
fn a_rule_has_no_gaps() {
    if let Some([_, _, rules]) = &*ALL {
        are_in_place(rules, 500);
    }
}
