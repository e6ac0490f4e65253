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
        let lines = textwrap::wrap(text, options).into_iter();
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

fn paint(style: Ansi, text: &str) -> String {
    format!("{style}{text}{style:#}")
}
