//! The transcript's lines. A line is an [`Event`]: who, what, and the rest. It
//! says nothing that depends on time, ports or machine, and nothing in a human
//! language except what the program itself printed.

use crate::process::ending::Ending;
use crate::process::programs::{CLIENT, ONLY, SERVER};
use serde::{Deserialize, Serialize};
use std::fmt;

/// One line of a transcript: one action or observation of a scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// `program`, or a peer's name.
    pub who: String,
    /// One word: `stdout`, `connect`, `send`, `recv`, `close`, `exit` and so on.
    pub what: String,
    /// The bytes, the address or the ending; may be empty.
    pub rest: String,
}

impl Event {
    /// Is it a program's own line, and not a peer's?
    pub fn is_of_a_program(&self) -> bool {
        self.who.starts_with(ONLY) || [SERVER, CLIENT].contains(&self.who.as_str())
    }

    pub(crate) fn new(who: &str, what: &str, rest: impl Into<String>) -> Self {
        Self {
            who: who.to_owned(),
            what: what.to_owned(),
            rest: rest.into(),
        }
    }

    /// The line of a program that ended by itself; `None` where the check ended it.
    pub(crate) fn of_ending(who: &str, ending: &Ending) -> Option<Self> {
        match ending {
            Ending::Exit(status) => Some(Self::new(who, "exit", status.to_string())),
            Ending::Signal(name) => Some(Self::new(who, "signal", name.as_str())),
            Ending::Killed => None,
        }
    }

    /// The line of a program that ended in an error, where one exit status is as right as
    /// another: `exit not 0`. `None` for every other ending.
    pub(crate) fn of_failure(who: &str, ending: &Ending) -> Option<Self> {
        let failed = ending.is_an_error();
        failed.then(|| Self::new(who, "exit", "not 0"))
    }

    /// The bytes that were sent, received or printed, if the line tells them all.
    pub fn bytes(&self) -> Option<Vec<u8>> {
        crate::transcript::bytes::unquote(&self.rest)
    }

    /// How many bytes the line counts, for one that is too long to quote them.
    pub fn byte_count(&self) -> Option<usize> {
        let (count, _) = self.rest.split_once(" bytes")?;
        count.rsplit(' ').next()?.parse().ok()
    }

    /// The same one doing something else.
    pub(crate) fn instead(&self, what: &str, rest: &str) -> Self {
        Self::new(&self.who, what, rest)
    }

    /// Does a peer notice here that its connection, or the listener, is gone?
    pub(crate) fn tells_of_an_end(&self) -> bool {
        matches!(
            (self.what.as_str(), self.rest.as_str()),
            ("connect", "refused")
                | ("recv" | "from-client" | "from-server", "FIN" | "RST")
                | ("recvfrom", "silence")
        )
    }

    /// Reads a line as [`Event`]'s `Display` writes it.
    pub fn parse(line: &str) -> Self {
        let (who, after) = split_word(line);
        let (what, rest) = split_word(after);
        Self::new(who, what, rest.trim_end())
    }

    /// Does the event begin as `pattern` does (`client-b recv RST`)? Words are
    /// compared, so that columns do not matter; an empty pattern fits all.
    pub fn begins_like(&self, pattern: &str) -> bool {
        let line = self.to_string();
        let mut words = line.split_whitespace();
        pattern
            .split_whitespace()
            .all(|word| words.next() == Some(word))
    }
}

fn split_word(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    (&text[..end], text[end..].trim_start())
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = format!("{:<9}  {:<8}  {}", self.who, self.what, self.rest);
        f.write_str(line.trim_end())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_as_it_was_written() {
        let event = Event::new("client-a", "recv", "\"a  b\\n\" 5 bytes");
        assert_eq!(Event::parse(&event.to_string()), event);
        let bare = Event::new("client-with-a-long-name", "accepted", "");
        assert_eq!(Event::parse(&bare.to_string()), bare);
    }

    #[test]
    fn a_pattern_compares_whole_words() {
        let event = Event::new("program", "exit", "10");
        assert!(event.begins_like("program exit"));
        assert!(event.begins_like(""));
        assert!(!event.begins_like("program exit 1"));
    }
}
