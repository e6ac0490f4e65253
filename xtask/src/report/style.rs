//! The report's colours, and the columns that it is written for.

use anstyle::{AnsiColor, Style as Ansi};
use std::io::IsTerminal;
use textwrap::core::display_width;
use textwrap::{Options, WordSplitter};

/// What stands before a line of a report.
const FRAME: &str = " │    ";

/// Columns where the terminal does not tell, and the narrowest and widest that are used:
/// longer lines are hard to read.
const USUAL: usize = 80;
const NARROWEST: usize = 60;
const WIDEST: usize = 120;

/// The report's colours. `anstream` takes them out where they do not belong.
pub struct Style {
    width: usize,
    good: Ansi,
    bad: Ansi,
    dim: Ansi,
    bold: Ansi,
}

impl Style {
    /// For where stdout leads to.
    pub fn of_stdout() -> Self {
        let width = if std::io::stdout().is_terminal() {
            textwrap::termwidth().clamp(NARROWEST, WIDEST)
        } else {
            USUAL
        };
        let colour = |colour: AnsiColor| Ansi::new().fg_color(Some(colour.into()));
        Self {
            width,
            good: colour(AnsiColor::Green),
            bad: colour(AnsiColor::Red),
            dim: Ansi::new().dimmed(),
            bold: Ansi::new().bold(),
        }
    }

    /// Without colours.
    pub fn plain(width: usize) -> Self {
        Self {
            width,
            good: Ansi::new(),
            bad: Ansi::new(),
            dim: Ansi::new(),
            bold: Ansi::new(),
        }
    }

    /// In columns.
    pub fn width(&self) -> usize {
        self.width
    }

    /// A text in lines within the report's frame. A name like client-a is not torn apart.
    pub fn wrapped(&self, text: &str) -> Vec<String> {
        self.wrapped_behind(FRAME, text)
    }

    /// A text in lines, each behind `margin`.
    pub fn wrapped_behind(&self, margin: &str, text: &str) -> Vec<String> {
        let columns = self.width.saturating_sub(display_width(margin));
        let options = Options::new(columns).word_splitter(WordSplitter::NoHyphenation);
        let kept = with_blanks_kept(text);
        let lines = textwrap::wrap(&kept, options).into_iter();
        let lines = lines.map(|line| with_blanks_again(&line));
        lines.map(|line| format!("{margin}{line}")).collect()
    }

    pub fn good(&self, text: &str) -> String {
        paint(self.good, text)
    }

    pub fn bad(&self, text: &str) -> String {
        paint(self.bad, text)
    }

    pub fn dim(&self, text: &str) -> String {
        paint(self.dim, text)
    }

    pub fn bold(&self, text: &str) -> String {
        paint(self.bold, text)
    }
}

/// Stands for a blank at which no line may end: what is quoted has exactly the blanks that it
/// has. A private character, one column wide.
const KEPT: char = '\u{e000}';

/// `text` with the blanks kept that come several at once, or stand at the edge of a quotation.
pub(super) fn with_blanks_kept(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut quoted = false;
    let mut kept = String::with_capacity(text.len());
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let after = letters.get(at + 1);
        quoted ^= *letter == '"' && before != Some(&'\\');
        let beside = |other: Option<&char>| matches!(other, Some(' ' | '"'));
        let edge = beside(before) || beside(after);
        kept.push(if quoted && *letter == ' ' && edge {
            KEPT
        } else {
            *letter
        });
    }
    kept
}

/// What [`with_blanks_kept`] made of a text, or a line of it, with blanks again.
pub(super) fn with_blanks_again(line: &str) -> String {
    line.replace(KEPT, " ")
}

fn paint(style: Ansi, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_keeps_its_blanks() {
        let style = Style::plain(24);
        let text = r#"sendto 127.0.0.1 "1  안녕  하세요 ""#;
        let lines = style.wrapped_behind("", text);
        assert!(lines.len() > 1, "{lines:?}");
        let together = lines.concat();
        assert!(
            together.contains("  안녕") && together.contains("녕  하"),
            "{lines:?}"
        );
        assert!(together.ends_with(" \""), "{lines:?}");
    }
}
