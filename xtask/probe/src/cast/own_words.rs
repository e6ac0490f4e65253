//! What a program says in words of its own, on stdout or on stderr: a scenario asks that it
//! says something, or what it names, and never for the sentence.

use crate::cast::program::Program;
use crate::deadline::PATIENCE;
use crate::process::ending::complaints_in;
use crate::process::output::NextLine;
use crate::process::panics::panics_in;
use crate::transcript::happening::{Happening, Output, Stderr};
use crate::transcript::text::Text;
use std::time::Duration;

/// How a Python program begins to tell of an exception that nobody caught.
const TRACEBACK: &str = "Traceback (most recent call last)";

impl Program {
    /// Did the program say on stderr why it ended, in whatever words? `stderr a sentence`, or
    /// `stderr no sentence`. Call it after the program's end.
    pub fn complained(&mut self) {
        let there = !complaints_in(&self.last_words()).is_empty();
        self.tell(Happening::Stderr(Stderr::Sentence { there }));
    }

    /// Waits until the program has said what came of it, whatever it thinks of it: a line on
    /// stdout, or its end with a word on stderr. Written `told something`; a panic or an end
    /// without a word is told as the end that it is.
    pub fn tells_something(&mut self) {
        self.tells(None);
    }

    /// As [`Program::tells_something`], and what it says names `subject`: `told naming
    /// <subject>`. A line that does not is told as it is.
    pub fn tells_of(&mut self, subject: &str) {
        self.tells(Some(subject));
    }

    /// Waits for the next line on stdout, which after `beginning` goes on in the system's
    /// words, or its own, and not with `other`: written `stdout "<beginning>…"`. A line that is
    /// not so is told as it is.
    pub fn prints_a_line_like(&mut self, beginning: &str, other: &str) {
        let Some(line) = self.take_line() else {
            return;
        };
        let words = String::from_utf8_lossy(&line);
        self.tell(if words.starts_with(beginning) && !words.contains(other) {
            Happening::line(format!("{beginning}…").as_bytes())
        } else {
            Happening::line(&line)
        });
    }

    fn tells(&mut self, subject: Option<&str>) {
        let named = |words: &str| subject.is_none_or(|subject| words.contains(subject));
        let told = Happening::Told(subject.map(|subject| Text::of(subject.as_bytes())));
        let stdout = &self.running.stdout;
        let next = self.stage.watch(|| match stdout.next_line(Duration::ZERO) {
            NextLine::Silence { .. } => None,
            next => Some(next),
        });
        match next {
            Some(NextLine::Line(line)) => {
                self.stage.hears_of_a_program();
                if named(&String::from_utf8_lossy(&line)) {
                    self.tell(told);
                } else {
                    self.tell(Happening::line(&line));
                }
            }
            Some(NextLine::Closed) => {
                if !self.ended_with_a_word() {
                    self.tells_its_end_instead();
                }
                let stderr = self.last_words();
                if complaints_in(&stderr).into_iter().any(named) {
                    self.tell(told);
                } else {
                    self.complains_about(subject.unwrap_or_default());
                }
            }
            _ => self.tell_silence(Happening::Stdout(Output::Silence)),
        }
    }

    /// Did it end by itself, and say why? A crash says where, and not why.
    fn ended_with_a_word(&self) -> bool {
        let ended = self.running.ending_within(PATIENCE).is_some();
        let stderr = self.last_words();
        let crashed = !panics_in(&stderr).is_empty() || stderr.contains(TRACEBACK);
        ended && !crashed && !complaints_in(&stderr).is_empty()
    }
}
