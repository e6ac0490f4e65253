//! Code that a chapter includes, as it is read best: with the name of its file, without the
//! indentation that all of it has, and with the comments of the edition's language alone. Of
//! a solution, Rust and Python stand side by side where the page has room.
//!
//! ```text
//! comments  the lines of one language
//! pair      a solution's Rust and its Python, side by side
//! ```

mod comments;
mod pair;

pub use comments::numbered;

use crate::directive::directives;
use crate::edition::Edition;
use crate::includes::{lines_of, path_of};
use anyhow::{Context, Result, anyhow};
use std::fs;
use std::path::Path;

/// What code is included as, by the ending of its file.
const CODE: [&str; 2] = ["rs", "py"];

/// A chapter's text with its includes of code replaced; `folder` is what they are relative to.
pub fn expand(text: &str, folder: &Path, edition: Edition) -> Result<String> {
    let lines: Vec<_> = text.split('\n').collect();
    let mut out: Vec<String> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        match listing(&lines[at..], folder, edition) {
            Some(listing) => {
                out.push(listing.with_context(|| format!("line {}", at + 2))?);
                at += 3;
            }
            None => {
                out.push(lines[at].to_owned());
                at += 1;
            }
        }
    }
    Ok(pair::side_by_side(&out.join("\n")))
}

/// A fence, an include of code and nothing else, and the end of the fence.
fn listing(lines: &[&str], folder: &Path, edition: Edition) -> Option<Result<String>> {
    let [open, inside, close, ..] = lines else {
        return None;
    };
    let indent = &open[..open.len() - open.trim_start().len()];
    if !open.trim_start().starts_with("```") || close.trim() != "```" {
        return None;
    }
    let directive = directives(inside).into_iter().next()?;
    let path = path_of(&directive);
    let ending = path.rsplit('.').next()?;
    if directive.name != "include" || !directive.alone || !CODE.contains(&ending) {
        return None;
    }
    let file = folder.join(path);
    let code = fs::read_to_string(&file)
        .with_context(|| format!("cannot read {}", file.display()))
        .and_then(|text| {
            let lines = lines_of(&directive, &text).map_err(|why| anyhow!("{path} {why}"))?;
            Ok(comments::in_language(&lines, edition))
        });
    let name = path.trim_start_matches("../");
    Some(code.map(|code| {
        let code = dedented(&code);
        let code: Vec<_> = code.iter().map(|line| format!("{indent}{line}")).collect();
        format!(
            "{indent}<div class=\"listing\"><p class=\"listing-name\"><code>{name}</code></p>\n\n\
             {open}\n{}\n{close}\n\n{indent}</div>",
            code.join("\n")
        )
    }))
}

/// The lines without the spaces that all of them begin with, nor empty ones around them.
fn dedented(lines: &[String]) -> Vec<&str> {
    let written = |line: &&String| !line.trim().is_empty();
    let indent = |line: &String| line.len() - line.trim_start_matches(' ').len();
    let common = lines.iter().filter(written).map(indent).min().unwrap_or(0);
    let first = lines.iter().position(|line| written(&line)).unwrap_or(0);
    let last = lines.iter().rposition(|line| written(&line)).unwrap_or(0);
    lines
        .iter()
        .take(last + 1)
        .skip(first)
        .map(|line| line.get(common..).unwrap_or_default())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_all_lines_begin_with_goes() {
        let lines = ["", "    a", "      b", "", "    c", ""].map(str::to_owned);
        assert_eq!(dedented(&lines), ["a", "  b", "", "c"]);
    }
}
