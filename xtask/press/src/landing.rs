//! The page above the editions. It has nothing to read: it sends the reader to
//! the edition that they chose before, or else to that of their browser's language, and
//! names both for those whose browser runs no scripts.

use crate::edition::Edition;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

const PAGE: &str = r#"<!DOCTYPE html>
<html lang="ko">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
{alternates}
<style>
:root { color-scheme: light dark; font-family: system-ui, sans-serif; }
main { max-width: 40rem; margin: 4rem auto; padding: 0 1rem; line-height: 1.75; }
</style>
<script>
// The language that was chosen on a page (theme/page.js), or else the first of the reader's
// list that has an edition; else Korean.
const codes = {codes};
let chosen;
try { chosen = localStorage.getItem('book-language'); } catch { /* nothing is kept */ }
const wanted = [chosen, ...(navigator.languages || [])].filter(Boolean).map(tag => tag.split('-')[0].toLowerCase());
location.replace((wanted.find(code => codes.includes(code)) || codes[0]) + '/index.html');
</script>
</head>
<body>
<main>
<h1>{title}</h1>
<ul>
{links}
</ul>
</main>
</body>
</html>
"#;

/// Writes `index.html`, which leads to the editions that `out` holds.
pub fn write(out: &Path) -> Result<()> {
    let printed: Vec<Edition> = Edition::BOTH
        .into_iter()
        .filter(|edition| out.join(edition.code()).join("index.html").is_file())
        .collect();
    let codes: Vec<_> = printed
        .iter()
        .map(|edition| format!("'{}'", edition.code()))
        .collect();
    let links: Vec<_> = printed.iter().copied().map(link).collect();
    let alternates: Vec<_> = printed.iter().copied().map(alternate).collect();
    let page = PAGE
        .replace("{alternates}", &alternates.join("\n"))
        .replace("{title}", Edition::Ko.title())
        .replace("{codes}", &format!("[{}]", codes.join(", ")))
        .replace("{links}", &links.join("\n"));

    let file = out.join("index.html");
    fs::write(&file, page).with_context(|| format!("cannot write {}", file.display()))
}

fn link(edition: Edition) -> String {
    let (code, name, title) = (edition.code(), edition.name(), edition.title());
    format!(
        r#"<li><a lang="{code}" hreflang="{code}" href="{code}/index.html">{name}: {title}</a></li>"#
    )
}

fn alternate(edition: Edition) -> String {
    let code = edition.code();
    format!(r#"<link rel="alternate" hreflang="{code}" href="{code}/index.html">"#)
}
