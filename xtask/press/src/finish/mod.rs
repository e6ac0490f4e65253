//! What is done to a printed page that mdBook has no word for. It works on the page's HTML,
//! so that whatever reads a chapter before (the search, the outlines) reads it as written.
//!
//! ```text
//! text      where the text of a page is, and not its tags
//! columns   a report's wide letters have the columns of a terminal
//! foreign   Korean in the English edition is marked as Korean
//! front     the title and the contents of the book on one page
//! imprint   the book's version, and the day of its newest commit
//! ```

mod columns;
mod foreign;
mod front;
mod imprint;
mod text;

pub use imprint::Imprint;

use crate::edition::Edition;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// In the theme, where the page's own file name belongs.
const PAGE: &str = "@page@";

/// Finishes all pages of a printed edition.
///
/// # Errors
/// A page cannot be read or written.
pub fn pages(folder: &Path, edition: Edition, imprint: &Imprint) -> Result<()> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    let contents = front::contents(folder)?;
    let imprint = imprint.html(edition);
    for entry in entries {
        let file = entry?.path();
        if file.extension().is_none_or(|kind| kind != "html") {
            continue;
        }
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let html =
            fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let html = page(&html, &name, &contents, &imprint, edition);
        fs::write(&file, html).with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(())
}

fn page(html: &str, name: &str, contents: &str, imprint: &str, edition: Edition) -> String {
    let mut html = html.replace(PAGE, name);
    match name {
        "index.html" => html = html.replacen("</main>", &format!("{imprint}</main>"), 1),
        "print.html" => html = front::put_on(&html, contents, imprint, edition),
        "toc.html" => html = front::as_a_page(&html, edition),
        _ => {}
    }
    let html = columns::aligned(&html, edition);
    match edition {
        Edition::Ko => html,
        Edition::En => foreign::marked(&html),
    }
}
