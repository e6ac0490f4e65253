//! Asks the printed book what readers ask: `queries.toml`, written by somebody who had not
//! seen by which words the search leads where. In either language the page that answers has
//! to be among the first three for 95 of 100.

use crate::chromium::{Chromium, texts};
use crate::small_book::workspace;
use press::{Edition, Press};
use serde::Deserialize;

/// Of 100 queries, those that lead to the right page.
const DUE: usize = 95;
/// Of script, for each keystroke.
const MILLISECONDS: f64 = 50.0;

/// Types each query as a paste would, and writes down what is listed, and how long it took.
const ASK: &str = r"
    const bar = document.getElementById('mdbook-searchbar');
    const ask = query => {
        const start = performance.now();
        bar.value = query;
        bar.dispatchEvent(new Event('input', { bubbles: true }));
        const took = performance.now() - start;
        const links = [...document.querySelectorAll('#mdbook-searchresults > li > a')].slice(0, 3);
        return { took, pages: links.map(link => new URL(link.href).pathname.split('/').at(-1)) };
    };
    const answers = queries.map(ask);
    // A machine that does other things as well is slow once, and not always.
    for (let again = 0; again < 2; again += 1) {
        queries.forEach((query, at) => { answers[at].took = Math.min(answers[at].took, ask(query).took); });
    }
    const pre = document.createElement('pre');
    pre.id = 'answers';
    pre.textContent = JSON.stringify(answers);
    document.body.append(pre);
";

#[derive(Deserialize)]
struct Queries {
    query: Vec<Query>,
}

#[derive(Deserialize)]
struct Query {
    lang: String,
    text: String,
    /// Those that answer it, as their sources are named.
    pages: Vec<String>,
}

#[derive(Deserialize)]
struct Answer {
    took: f64,
    pages: Vec<String>,
}

impl Query {
    fn is_answered_by(&self, answer: &Answer) -> bool {
        let mut sources = answer.pages.iter().map(|page| match page.as_str() {
            "index.html" => "README",
            page => page.trim_end_matches(".html"),
        });
        sources.any(|source| self.pages.iter().any(|page| page == source))
    }
}

#[test]
fn readers_find_what_they_ask_for() {
    let Some(browser) = Chromium::here() else {
        return;
    };
    let printed = tempfile::tempdir().unwrap();
    let press = Press::new(workspace(), printed.path());
    press.print(&Edition::BOTH).unwrap();
    let queries: Queries = toml::from_str(include_str!("queries.toml")).unwrap();

    let mut problems = Vec::new();
    for edition in Edition::BOTH {
        let asked = queries.query.iter();
        let asked: Vec<_> = asked.filter(|query| query.lang == edition.code()).collect();
        let typed: Vec<_> = asked.iter().map(|query| &query.text).collect();
        let script = format!(
            "const queries = {}; {ASK}",
            serde_json::to_string(&typed).unwrap()
        );
        let first = press.first_page(edition);
        let page = browser.look_after(&first, "asked", &[("search", "socket")], &script);
        let answers: Vec<Answer> = serde_json::from_str(&texts(&page, "#answers")[0]).unwrap();

        let missed = asked.iter().zip(&answers);
        let missed: Vec<_> = missed
            .filter(|(query, answer)| !query.is_answered_by(answer))
            .map(|(query, answer)| {
                format!(
                    "  {}: {:?}, not {:?}",
                    query.text, answer.pages, query.pages
                )
            })
            .collect();
        let mut times: Vec<_> = answers.iter().map(|answer| answer.took).collect();
        times.sort_by(f64::total_cmp);
        let (found, all) = (asked.len() - missed.len(), asked.len());
        let [usual, longest] = [times[times.len() / 2], times[times.len() - 1]];
        let told = format!(
            "{}: {found} of {all} found, in {usual:.1} ms, {longest:.1} ms at most\n{}",
            edition.code(),
            missed.join("\n")
        );
        println!("{told}");
        if found * 100 < all * DUE || usual > MILLISECONDS {
            problems.push(told);
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
