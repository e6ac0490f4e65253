//! The report's colours.

use anstyle::{AnsiColor, Style as Ansi};

/// The report's colours. `anstream` takes them out where they do not belong.
pub struct Style {
    good: Ansi,
    bad: Ansi,
    dim: Ansi,
    bold: Ansi,
}

impl Style {
    pub fn coloured() -> Self {
        let colour = |colour: AnsiColor| Ansi::new().fg_color(Some(colour.into()));
        Self {
            good: colour(AnsiColor::Green),
            bad: colour(AnsiColor::Red),
            dim: Ansi::new().dimmed(),
            bold: Ansi::new().bold(),
        }
    }

    #[cfg(test)]
    pub fn plain() -> Self {
        Self {
            good: Ansi::new(),
            bad: Ansi::new(),
            dim: Ansi::new(),
            bold: Ansi::new(),
        }
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
