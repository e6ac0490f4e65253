//! Where a function's body stands in a text that is no Rust: half-written programs have to
//! be found their way in, too. By how lines are indented, as `rustfmt` and editors do it.

use std::ops::Range;

/// How an item begins, behind its indent.
const ITEMS: [&str; 16] = [
    "fn ", "pub ", "pub(", "async ", "unsafe ", "const ", "static ", "struct ", "enum ", "impl ",
    "trait ", "mod ", "use ", "type ", "///", "#[",
];

/// The body of the function `name`, with its braces as far as they are there, in bytes.
pub fn body(source: &str, name: &str) -> Option<Range<usize>> {
    let mut at = 0;
    let mut lines = source.split_inclusive('\n').map(|line| {
        let start = at;
        at += line.len();
        (start, line)
    });
    let (first, line) = lines.find(|(_, line)| begins(line, name))?;
    let indent = &line[..line.len() - line.trim_start().len()];
    let start = first + source[first..].find('{')?;
    for (at, line) in lines.filter(|(at, _)| *at > start) {
        let Some(rest) = line.strip_prefix(indent) else {
            continue;
        };
        if rest.starts_with('}') {
            return Some(start..at + indent.len() + 1);
        }
        if ITEMS.iter().any(|item| rest.starts_with(item)) {
            // Its last brace is missing: it goes as far as the next item.
            return Some(start..source[..at].trim_end().len());
        }
    }
    Some(start..source.trim_end().len())
}

fn begins(line: &str, name: &str) -> bool {
    let Some((before, after)) = line.split_once("fn ") else {
        return false;
    };
    let words = before.split_whitespace();
    let is_marked = |word: &str| {
        word.starts_with("pub") || ["async", "const", "unsafe", "extern"].contains(&word)
    };
    let rest = after.trim_start().strip_prefix(name);
    words.into_iter().all(is_marked)
        && rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(source: &'a str, name: &str) -> Option<&'a str> {
        body(source, name).map(|place| &source[place])
    }

    #[test]
    fn a_body_ends_where_its_indent_does() {
        let source = "fn a_b() {\n}\n/// x\npub fn a(\n    x: u8,\n) -> u8 {\n    if ( {\n    }\n}\nfn c() {}\n";
        assert_eq!(found(source, "a"), Some("{\n    if ( {\n    }\n}"));
        assert_eq!(found(source, "a_b"), Some("{\n}"));
        assert_eq!(found(source, "d"), None);
        assert_eq!(found("// fn a() {\n", "a"), None);
    }

    #[test]
    fn a_body_that_is_not_ended_goes_as_far_as_the_next_item() {
        let source = "fn a() {\r\n    b(\r\n\r\n/// c\r\nfn c() {\r\n    d();\r\n";
        assert_eq!(found(source, "a"), Some("{\r\n    b("));
        assert_eq!(found(source, "c"), Some("{\r\n    d();"));
    }
}
