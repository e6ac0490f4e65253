//! Finds the directives of a text: everything between `{{#` and `}}` that is
//! not escaped with a backslash. What a directive means, and whether it is
//! one at all, is for the callers to say.

use regex::Regex;
use std::sync::LazyLock;

/// As mdBook reads it: an escaped directive reaches to the last `}}` of its line.
static DIRECTIVE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\\\{\{#.*\}\}|\{\{\s*#([^\s}]*)([^}\n]*)(\}\})?").expect("a valid pattern")
});

/// One directive, known by where it stands.
#[derive(Debug, PartialEq)]
pub struct Directive<'a> {
    /// The directive as written, braces included.
    pub text: &'a str,
    /// The word after `#`.
    pub name: &'a str,
    /// What follows the name, trimmed.
    pub argument: &'a str,
    /// Counted from 1.
    pub line: usize,
    /// Byte offset of `text`.
    pub start: usize,
    /// Nothing else but spaces stands on its line.
    pub alone: bool,
    /// It has its `}}`, on the same line.
    pub closed: bool,
}

impl Directive<'_> {
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The directives of a text, in order.
pub fn directives(text: &str) -> Vec<Directive<'_>> {
    DIRECTIVE
        .captures_iter(text)
        .filter_map(|found| {
            let (whole, name) = (found.get(0)?, found.get(1)?);
            let before = &text[..whole.start()];
            let after = &text[whole.end()..];
            Some(Directive {
                text: whole.as_str(),
                name: name.as_str(),
                argument: found.get(2).map_or("", |argument| argument.as_str().trim()),
                line: before.matches('\n').count() + 1,
                start: whole.start(),
                alone: before
                    .rsplit('\n')
                    .next()
                    .is_none_or(|rest| rest.trim().is_empty())
                    && after
                        .lines()
                        .next()
                        .is_none_or(|rest| rest.trim().is_empty()),
                closed: found.get(3).is_some(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_name_argument_and_line() {
        let found = directives("첫 줄\n\n{{#include ../a.rs:step-1}}\n");
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].name, found[0].argument),
            ("include", "../a.rs:step-1")
        );
        assert_eq!(
            (found[0].line, found[0].alone, found[0].closed),
            (3, true, true)
        );
    }

    #[test]
    fn leaves_escaped_directives_alone() {
        assert!(directives(r"write \{{#include file}} here").is_empty());
    }

    #[test]
    fn sees_company_on_the_line() {
        assert!(!directives("see {{#conversation a/b}}")[0].alone);
        assert!(!directives("{{#conversation a/b}} above")[0].alone);
    }

    #[test]
    fn sees_a_directive_that_never_closes() {
        assert!(!directives("{{#include a.rs\nnext line }}")[0].closed);
    }
}
