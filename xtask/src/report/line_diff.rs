//! Two texts line by line: what one has, what the other has, and what both have.

/// A line of the first text, of the second, or of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line<'a> {
    Both(&'a str),
    First(&'a str),
    Second(&'a str),
}

/// The fewest lines that lead from `first` to `second`. The ends of lines make no
/// difference.
pub fn lines<'a>(first: &'a str, second: &'a str) -> Vec<Line<'a>> {
    let cut = |text: &'a str| -> Vec<&'a str> { text.lines().map(str::trim_end).collect() };
    let (one, two) = (cut(first), cut(second));
    let common = common(&one, &two);
    let (mut at, mut other) = (0, 0);
    let mut found = Vec::new();
    while at < one.len() || other < two.len() {
        let here = one.get(at).copied();
        let there = two.get(other).copied();
        match (here, there) {
            (Some(line), Some(same)) if line == same => {
                found.push(Line::Both(line));
                (at, other) = (at + 1, other + 1);
            }
            (Some(line), None) => {
                found.push(Line::First(line));
                at += 1;
            }
            (Some(line), _) if common[at + 1][other] >= common[at][other + 1] => {
                found.push(Line::First(line));
                at += 1;
            }
            (_, line) => {
                found.extend(line.map(Line::Second));
                other += 1;
            }
        }
    }
    found
}

/// How many lines the two have in common from each pair of places on.
fn common(one: &[&str], two: &[&str]) -> Vec<Vec<usize>> {
    let mut common = vec![vec![0; two.len() + 1]; one.len() + 1];
    for at in (0..one.len()).rev() {
        for other in (0..two.len()).rev() {
            common[at][other] = if one[at] == two[other] {
                common[at + 1][other + 1] + 1
            } else {
                common[at + 1][other].max(common[at][other + 1])
            };
        }
    }
    common
}

#[cfg(test)]
mod tests {
    use super::*;
    use Line::{Both, First, Second};

    #[test]
    fn what_both_have_stays_between_what_one_has() {
        let found = lines("a\r\nb\r\nc\r\n", "a\nx\nc\nd\n");
        let wanted = [Both("a"), First("b"), Second("x"), Both("c"), Second("d")];
        assert_eq!(found, wanted);
        assert_eq!(lines("", "a"), [Second("a")]);
        assert_eq!(lines("a", ""), [First("a")]);
        assert_eq!(lines("a\nb", "a\nb\n"), [Both("a"), Both("b")]);
    }
}
