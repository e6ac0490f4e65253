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

/// What stands where `pattern` varies, by its name, if `line` is one of that pattern.
/// `None` where it is not, or where nothing of the pattern is to the letter.
pub(crate) fn values<'a>(pattern: &'a str, line: &'a str) -> Option<Vec<(&'a str, &'a str)>> {
    let pieces = pieces(pattern)?;
    let mut values = Vec::new();
    let mut rest = line;
    let mut open = None;
    for (number, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Varies(name) => open = Some(*name),
            Piece::Words(words) => {
                let (value, after) = if number + 1 == pieces.len() {
                    (rest.strip_suffix(words)?, "")
                } else {
                    rest.split_once(words)?
                };
                match open.take() {
                    Some(name) => values.push((name, value)),
                    None if value.is_empty() => {}
                    None => return None,
                }
                rest = after;
            }
        }
    }
    match open {
        Some(name) => values.push((name, rest)),
        None if rest.is_empty() => {}
        None => return None,
    }
    let any_words = pieces.iter().any(|piece| matches!(piece, Piece::Words(_)));
    any_words.then_some(values)
}

#[cfg(test)]
mod tests {
    use super::Piece::{Varies, Words};
    use super::{pieces, values};

    #[test]
    fn what_stands_where_a_line_varies_is_found() {
        let pattern = "내 쪽 {own}, 상대 쪽 {peer}";
        assert_eq!(
            values(pattern, "내 쪽 a:1, 상대 쪽 b:2"),
            Some(vec![("own", "a:1"), ("peer", "b:2")])
        );
        assert_eq!(values("안녕", "안녕"), Some(vec![]));
        assert_eq!(values("{a}.", "1.2."), Some(vec![("a", "1.2")]));
        for line in ["안녕!", "더 안녕", "상대 쪽 b:2"] {
            assert_eq!(values("안녕", line), None, "{line}");
        }
        assert_eq!(values("{rest}", "무엇이든"), None);
    }

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
