//! The title and the contents of the book on one page, which paper begins with; and the list
//! of chapters that mdBook prints for browsers without scripts, made a page of its own.

use crate::edition::Edition;
use anyhow::{Context, Result};
use regex::{Captures, Regex};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

/// The list of chapters, as mdBook has printed it for browsers without scripts.
///
/// # Errors
/// It is not there.
pub fn contents(folder: &Path) -> Result<String> {
    let file = folder.join("toc.html");
    let toc =
        fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let list = toc.find("<ol").zip(toc.rfind("</ol>"));
    Ok(list.map_or(String::new(), |(start, end)| unnested(&toc[start..end + 5])))
}

/// mdBook puts a part's title, which is an item, into an item.
fn unnested(list: &str) -> String {
    PART.replace_all(list, "$1").into_owned()
}

/// `print.html` with the title and the contents before all chapters.
pub fn put_on(html: &str, contents: &str, imprint: &str, edition: Edition) -> String {
    let title = edition.title();
    let contents = on_one_page(contents, html);
    let front = format!(
        "<main><section class=\"front\" aria-label=\"{title}\"><p class=\"front-title\">{title}</p>\
         <p>{description}</p>{imprint}<nav aria-label=\"{label}\">{contents}</nav></section>",
        description = edition.description(),
        label = edition.contents(),
    );
    html.replacen("<main>", &front, 1)
}

static PART: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"<li class="chapter-item[^"]*">(<li class="part-title">.*?</li>)</li>"#)
        .expect("a valid pattern")
});
static CHAPTER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"href="[^"]*\.html" target="_parent""#).expect("a valid pattern")
});
static TITLE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"<h1 id="([^"]*)""#).expect("a valid pattern"));

/// The list leads to the chapters' titles, which stand on the page in the same order.
fn on_one_page(contents: &str, html: &str) -> String {
    let mut titles = TITLE.captures_iter(html);
    let to_title = |_: &Captures<'_>| {
        let id = titles
            .next()
            .map_or(String::new(), |title| title[1].to_owned());
        format!("href=\"#{id}\"")
    };
    CHAPTER.replace_all(contents, to_title).into_owned()
}

/// `toc.html` with what every page has.
pub fn as_a_page(html: &str, edition: Edition) -> String {
    let label = edition.contents();
    unnested(html)
        .replacen("<head>", &format!("<head>\n<title>{label}</title>"), 1)
        .replacen(
            "<ol",
            &format!("<main><h1 class=\"unseen\">{label}</h1><ol"),
            1,
        )
        .replacen("</body>", "</main></body>", 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_an_item_and_not_two() {
        let chapter = "<li class=\"chapter-item expanded \"><a href=\"a.html\">A</a></li>";
        let part = "<li class=\"part-title\">1부 한 번에</li>";
        let list = format!("{chapter}<li class=\"chapter-item expanded \">{part}</li>{chapter}");
        assert_eq!(unnested(&list), format!("{chapter}{part}{chapter}"));
    }
}
