//! A learner's step beside the solution's, for a terminal: what only the one has is marked
//! with `-`, what only the other has with `+`.

use crate::report::line_diff::{self, Line};
use crate::report::style::Style;

/// The two functions line by line.
pub fn beside(own: &str, solution: &str, style: &Style) -> Vec<String> {
    let lines = line_diff::lines(own, solution).into_iter();
    let shown = lines.map(|line| match line {
        Line::Both(line) => format!("   {line}").trim_end().to_owned(),
        Line::First(line) => style.bad(format!(" - {line}").trim_end()),
        Line::Second(line) => style.good(format!(" + {line}").trim_end()),
    });
    shown.collect()
}
