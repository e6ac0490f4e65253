//! What a program says in words of its own, on stdout or on stderr: a scenario asks that it
//! says something, or what it names, and never for the sentence.

use crate::cast::program::Program;
use crate::deadline::PATIENCE;
use crate::process::ending::{complaints_in, panics_in};
use crate::process::output::NextLine;
use crate::transcript::bytes::quote;
use std::time::Duration;

/// How a Python program begins to tell of an exception that nobody caught.
const TRACEBACK: &str = "Traceback (most recent call last)";

impl Program {
    /// The program said on stderr why it ended, in whatever words: `stderr a sentence`, and
    /// `stderr nothing` for one that did not. Call it after [`Program::ends`].
    pub fn complained(&mut self) {
        self.running.stderr.run_dry();
        let stderr = self.running.stderr.text();
        let told = match complaints_in(&stderr).is_empty() {
            true => "nothing",
            false => "a sentence",
        };
        self.stage.record(self.event("stderr", told));
    }

    /// Waits until the program has said what came of it, whatever it thinks of it: a line on
    /// stdout, or its end with a word on stderr. Written `told something`; a panic or an end
    /// without a word is told as the end that it is.
    pub fn tells_something(&mut self) {
        self.tells("", "something");
    }

    /// As [`Program::tells_something`], and what it says names `subject`: `told <subject>`. A
    /// line that does not is told as it is.
    pub fn tells_of(&mut self, subject: &str) {
        self.tells(subject, subject);
    }

    /// Waits for the next line on stdout, which after `beginning` goes on in the system's
    /// words, or its own, and not with `other`: written `stdout "<beginning>…"`. A line that is
    /// not so is told as it is.
    pub fn prints_a_line_like(&mut self, beginning: &str, other: &str) {
        let line = self.take_line();
        let quoted = quote(beginning.as_bytes());
        let like = line.starts_with(quoted.trim_end_matches('"')) && !line.contains(other);
        let told = if like {
            quote(format!("{beginning}…").as_bytes())
        } else {
            line
        };
        self.stage.record(self.event("stdout", told));
    }

    fn tells(&mut self, subject: &str, told: &str) {
        let stdout = &self.running.stdout;
        let next = self.stage.watch(|| match stdout.next_line(Duration::ZERO) {
            NextLine::Silence { .. } => None,
            next => Some(next),
        });
        let event = match next {
            Some(NextLine::Line(line)) => {
                self.stage.hears_of_a_program();
                if String::from_utf8_lossy(&line).contains(subject) {
                    self.event("told", told)
                } else {
                    self.event("stdout", quote(&line))
                }
            }
            None | Some(NextLine::Silence { .. }) => {
                return self.stage.record_silence(self.event("stdout", "silence"));
            }
            Some(NextLine::Closed) => {
                if !self.ended_with_a_word() {
                    self.tells_its_end_instead();
                }
                let stderr = self.running.stderr.text();
                if !complaints_in(&stderr)
                    .iter()
                    .any(|line| line.contains(subject))
                {
                    return self.complained_about(subject);
                }
                self.event("told", told)
            }
        };
        self.stage.record(event);
    }

    /// Did it end by itself, and say why? A crash says where, and not why.
    fn ended_with_a_word(&self) -> bool {
        let ended = self.running.ending_within(PATIENCE).is_some();
        self.running.stderr.run_dry();
        let stderr = self.running.stderr.text();
        let crashed = !panics_in(&stderr).is_empty() || stderr.contains(TRACEBACK);
        ended && !crashed && !complaints_in(&stderr).is_empty()
    }
}
