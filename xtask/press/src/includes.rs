//! Looks through a chapter before mdBook does. mdBook prints an include that
//! names a missing file as it stands, and one that names a missing anchor as
//! an empty block; here both are problems, with the line they stand on.

use crate::directive::{Directive, directives};
use crate::records::Records;
use regex::Regex;
use std::path::Path;
use std::sync::LazyLock;
use std::{fs, iter};

/// mdBook stops expanding includes of includes at this depth.
const DEEPEST: usize = 10;

static ANCHOR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"ANCHOR(?P<end>_END)?:\s*(?P<name>[\w-]+)").expect("a valid pattern")
});

/// Everything wrong with the directives of one chapter, as `place:line: what`.
///
/// `place` is the chapter's name in messages, `folder` what its includes are
/// relative to, `records` what its figures are drawn from.
pub fn problems(place: &str, text: &str, folder: &Path, records: &Records) -> Vec<String> {
    let mut found = Vec::new();
    for directive in directives(text) {
        let checked = match directive.name {
            _ if !directive.closed => Err(String::from("has no }} on its line")),
            "include" | "rustdoc_include" => included(&directive, folder, 1),
            "title" => Ok(()),
            _ => drawn(&directive, records),
        };
        if let Err(problem) = checked {
            found.push(format!(
                "{place}:{}: {} {problem}",
                directive.line, directive.text
            ));
        }
    }
    found
}

/// A figure stands alone on its line, and what it is drawn from can be read.
fn drawn(directive: &Directive<'_>, records: &Records) -> Result<(), String> {
    let Some(figure) = records.figure(directive) else {
        return Err(String::from(
            "is not a directive of this book (known: include, rustdoc_include, conversation, chart, \
             spec, quiz, steps, title); escape it as \\{{#…}} to show it",
        ));
    };
    if !directive.alone {
        return Err(String::from("must stand alone on its line"));
    }
    figure
        .map(drop)
        .map_err(|error| format!("cannot be drawn: {error:#}"))
}

/// An include names a file, and a part of it that has text.
fn included(directive: &Directive<'_>, folder: &Path, depth: usize) -> Result<(), String> {
    if directive.argument.split_whitespace().count() != 1 {
        return Err(String::from("must name one file"));
    }
    let file = folder.join(path_of(directive));
    if !file.is_file() {
        return Err(String::from("names a file that is not there"));
    }
    let text = fs::read_to_string(&file)
        .map_err(|error| format!("names a file that cannot be read: {error}"))?;
    let lines = lines_of(directive, &text)?;
    if lines.iter().all(|line| line.trim().is_empty()) {
        return Err(String::from("includes nothing but empty lines"));
    }
    nested(&lines.join("\n"), file.parent().unwrap_or(folder), depth)
}

/// The file that an include names, as it names it.
pub fn path_of<'a>(directive: &Directive<'a>) -> &'a str {
    let argument = directive.argument;
    argument.split_once(':').map_or(argument, |(path, _)| path)
}

/// The lines of a file's text that an include asks for.
pub fn lines_of<'a>(directive: &Directive<'_>, text: &'a str) -> Result<Vec<&'a str>, String> {
    let Some((_, part)) = directive.argument.split_once(':') else {
        return Ok(text.lines().filter(|line| !has_anchor(line)).collect());
    };
    match line_range(part) {
        Some((first, last)) => Ok(text
            .lines()
            .take(last)
            .skip(first.saturating_sub(1))
            .collect()),
        None => anchored(text, part.split(':').next().unwrap_or(part)),
    }
}

/// mdBook expands what it includes, too. Anything but an include is left in
/// peace there: it may be somebody else's template.
fn nested(text: &str, folder: &Path, depth: usize) -> Result<(), String> {
    if depth > DEEPEST {
        return Err(format!(
            "includes itself, or goes deeper than {DEEPEST} files"
        ));
    }
    directives(text)
        .iter()
        .filter(|inner| matches!(inner.name, "include" | "rustdoc_include") && inner.closed)
        .try_for_each(|inner| {
            included(inner, folder, depth + 1).map_err(|why| format!("→ {} {why}", inner.text))
        })
}

/// `12`, `12:`, `:20` and `12:20`, as first and last line; `None` is an anchor.
fn line_range(part: &str) -> Option<(usize, usize)> {
    let (first, last) = match part.split_once(':') {
        Some((first, last)) => (first, last.parse().unwrap_or(usize::MAX)),
        None => (part, part.parse().unwrap_or(usize::MAX)),
    };
    if first.is_empty() {
        Some((1, last))
    } else {
        Some((first.parse().ok()?, last))
    }
}

/// Most lines are without the word, which is sooner looked for than the pattern.
fn has_anchor(line: &str) -> bool {
    line.contains("ANCHOR") && ANCHOR.is_match(line)
}

/// The lines between `ANCHOR: name` and `ANCHOR_END: name`.
fn anchored<'a>(text: &'a str, name: &str) -> Result<Vec<&'a str>, String> {
    let marks = |line: &str, end: bool| {
        let mark = has_anchor(line).then(|| ANCHOR.captures(line)).flatten();
        mark.is_some_and(|mark| mark.name("end").is_some() == end && &mark["name"] == name)
    };
    let mut lines = text.lines();
    if !lines.any(|line| marks(line, false)) {
        return Err(format!(
            "names the anchor {name}, which that file does not have"
        ));
    }
    let mut ended = false;
    let inside = iter::from_fn(|| lines.next())
        .take_while(|line| {
            ended = marks(line, true);
            !ended
        })
        .filter(|line| !has_anchor(line))
        .collect();
    if !ended {
        return Err(format!(
            "names the anchor {name}, which has no ANCHOR_END in that file"
        ));
    }
    Ok(inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_lines_from_anchors() {
        assert_eq!(line_range("12"), Some((12, 12)));
        assert_eq!(line_range("12:20"), Some((12, 20)));
        assert_eq!(line_range(":20"), Some((1, 20)));
        assert_eq!(line_range("12:"), Some((12, usize::MAX)));
        assert_eq!(line_range("step-1"), None);
    }

    #[test]
    fn takes_the_lines_between_anchors() {
        let text =
            "a\n// ANCHOR: all\nb\n// ANCHOR: in\nc\n// ANCHOR_END: in\n// ANCHOR_END: all\nd";
        assert_eq!(anchored(text, "all").unwrap(), ["b", "c"]);
        assert_eq!(anchored(text, "in").unwrap(), ["c"]);
        assert!(anchored(text, "out").is_err());
    }
}
