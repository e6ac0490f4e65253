//! A line that a program prints, as its specification has it: words to the letter, and in
//! braces the name of what stands there and varies.

/// A part of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Printed to the letter.
    Words(&'a str),
    /// What varies, by its name, without the braces.
    Varies(&'a str),
}

/// The parts of a line; `None` where a brace has no other, or has no name in it.
pub fn pieces(line: &str) -> Option<Vec<Piece<'_>>> {
    let mut found = Vec::new();
    let mut rest = line;
    while let Some((words, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        if name.trim().is_empty() || [words, name].iter().any(|part| part.contains(['{', '}'])) {
            return None;
        }
        if !words.is_empty() {
            found.push(Piece::Words(words));
        }
        found.push(Piece::Varies(name));
        rest = after;
    }
    if rest.contains('}') {
        return None;
    }
    if !rest.is_empty() {
        found.push(Piece::Words(rest));
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::Piece::{Varies, Words};
    use super::pieces;

    #[test]
    fn what_varies_stands_in_braces() {
        assert_eq!(
            pieces("내 쪽 {own}, 상대 쪽 {peer}"),
            Some(vec![
                Words("내 쪽 "),
                Varies("own"),
                Words(", 상대 쪽 "),
                Varies("peer")
            ])
        );
        assert_eq!(pieces("안녕"), Some(vec![Words("안녕")]));
        assert_eq!(pieces(""), Some(vec![]));
    }

    #[test]
    fn a_brace_without_its_other_is_no_line() {
        for line in ["{own", "own}", "{{own}}", "{}", "{a{b}}", "{a} b}"] {
            assert_eq!(pieces(line), None, "{line}");
        }
    }
}
