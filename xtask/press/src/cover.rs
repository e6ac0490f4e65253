//! The first page's head: what the course does, by a report that a check really gave, and
//! where to begin. Names and order of the chapters are `SUMMARY.md`'s, the time that each
//! takes is its own.

use crate::edition::Edition;
use html_escape::{encode_double_quoted_attribute, encode_text};
use mdbook_preprocessor::book::{Book, BookItem, Chapter};
use regex::Regex;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

/// The page that has it.
const PAGE: &str = "README.md";

/// The failing check that is shown, of those that the chapters quote.
const REPORT: &str = "lesson-04-accept/reports/accepts-once--greets_two_clients_one_after_another";

static TIME: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?m)^(?:걸리는 시간|Time): (.+)$").expect("a valid pattern"));

/// Puts it on the first page, around its heading. A book without such a page has none.
pub fn put_on(book: &mut Book, edition: Edition, solutions: &Path) {
    let contents = contents(book, edition);
    let head = head(book, edition);
    let report = report(&solutions.join(format!("{REPORT}.{}.txt", edition.code())));
    book.for_each_mut(|item| {
        if let BookItem::Chapter(chapter) = item
            && chapter.source_path.as_deref() == Some(Path::new(PAGE))
            && let Some((heading, rest)) = chapter.content.split_once('\n')
        {
            chapter.content = format!(
                "<div class=\"cover\">\n\n{heading}\n\n{head}{report}{}{contents}</div>\n\n{rest}",
                three_things(edition)
            );
        }
    });
}

/// The promise, and the two ways in.
fn head(book: &Book, edition: Edition) -> String {
    let lessons: Vec<_> = chapters(book)
        .filter(|chapter| is_lesson(chapter))
        .collect();
    let map = chapters(book).find(|chapter| !is_lesson(chapter) && page(chapter) != "index.html");
    let begin = lessons.first().map_or(String::new(), |first| {
        let (address, words) = (page(first), edition.begin());
        format!("<a class=\"go\" href=\"{address}\">{words}</a> ")
    });
    let map = map.map_or(String::new(), |map| {
        format!("<a href=\"{}\">{}</a>", page(map), encode_text(&map.name))
    });
    format!(
        "<p class=\"lead\">{}</p><p class=\"ways-in\">{begin}{map}</p>",
        edition.promise()
    )
}

/// The conversation of a report, up to where it went wrong, with that line lit.
fn report(file: &Path) -> String {
    let Ok(text) = fs::read_to_string(file) else {
        return String::new();
    };
    let bare = |line: &str| line.trim_start_matches([' ', '│']).trim_end().is_empty();
    let lines: Vec<_> = text.lines().collect();
    let from = lines
        .iter()
        .position(|line| bare(line))
        .map_or(0, |at| at + 1);
    let wrong = lines.iter().position(|line| line.contains('▸'));
    let to = wrong.map_or(lines.len(), |wrong| {
        let after = lines[wrong..].iter().position(|line| bare(line));
        after.map_or(lines.len(), |after| wrong + after)
    });
    let shown = lines[from..to].iter().map(|line| {
        let line = encode_text(line);
        match line.contains('▸') {
            true => format!("<mark>{line}</mark>"),
            false => line.into_owned(),
        }
    });
    let shown: Vec<_> = shown.collect();
    format!(
        "<div class=\"term\"><pre><code class=\"language-text\">$ cargo xtask check lesson-04&#10;{}</code></pre></div>",
        shown.join("&#10;")
    )
}

fn three_things(edition: Edition) -> String {
    let things = edition
        .three_things()
        .map(|(verb, what)| format!("<li><b>{verb}</b><span>{what}</span></li>"));
    format!("<ul class=\"three\">{}</ul>", things.concat())
}

/// The lessons in their parts, each with the time it takes.
fn contents(book: &Book, edition: Edition) -> String {
    let mut html = format!(
        "<nav class=\"lessons\" aria-label=\"{}\">",
        edition.lessons()
    );
    let mut open = false;
    for item in book.iter() {
        match item {
            BookItem::PartTitle(title) => {
                html += if open { "</ol>" } else { "" };
                html += &format!("<p>{}</p><ol>", encode_text(title));
                open = true;
            }
            BookItem::Chapter(chapter) if is_lesson(chapter) && open => html += &entry(chapter),
            _ => {}
        }
    }
    html += if open { "</ol>" } else { "" };
    html + "</nav>"
}

fn entry(chapter: &Chapter) -> String {
    let (number, name) = chapter.name.split_once(' ').unwrap_or(("", &chapter.name));
    let (call, what) = name.split_once(": ").unwrap_or((name, ""));
    let time = TIME
        .captures(&chapter.content)
        .map(|found| found[1].to_owned());
    format!(
        "<li><span>{number}</span> <a href=\"{address}\">{call}</a> <span>{what}</span> <span class=\"time\">{time}</span></li>",
        number = encode_text(number),
        address = encode_double_quoted_attribute(&page(chapter)),
        call = encode_text(call),
        what = encode_text(what),
        time = encode_text(&time.unwrap_or_default()),
    )
}

fn chapters(book: &Book) -> impl Iterator<Item = &Chapter> {
    book.iter().filter_map(|item| match item {
        BookItem::Chapter(chapter) => Some(chapter),
        _ => None,
    })
}

fn is_lesson(chapter: &Chapter) -> bool {
    page(chapter).starts_with("lesson-")
}

/// The address of a chapter, from the first page.
fn page(chapter: &Chapter) -> String {
    let source = chapter.source_path.as_deref().unwrap_or(Path::new(""));
    match source {
        source if source == Path::new(PAGE) => "index.html".to_owned(),
        source => source
            .with_extension("html")
            .to_string_lossy()
            .replace('\\', "/"),
    }
}
