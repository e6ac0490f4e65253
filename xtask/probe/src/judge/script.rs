//! The lines of one scenario so far, each held against the snapshot as it comes.

use crate::transcript::event::Event;
use crate::transcript::happening::{Flow, Happening};

/// How much is shown of a message as it came, in bytes.
const SHOWN: usize = 600;

/// What was written down, and what was expected.
pub(crate) struct Script {
    /// `None` on the solutions' side under a bare `cargo test`: insta compares at the end.
    expected: Option<Vec<Event>>,
    lines: Vec<Event>,
}

impl Script {
    pub(crate) fn against(expected: Option<Vec<Event>>) -> Self {
        Self {
            expected,
            lines: Vec::new(),
        }
    }

    /// Adds a line. True if it is what was expected there, or nothing is known to compare
    /// it with.
    pub(crate) fn add(&mut self, event: Event) -> bool {
        self.lines.push(event);
        let Some(expected) = &self.expected else {
            return true;
        };
        // Without a snapshot nothing can be compared; the end says so.
        expected.is_empty() || expected.get(self.lines.len() - 1) == self.lines.last()
    }

    /// Is `event` the next line, as far as is known?
    pub(crate) fn expects(&self, event: &Event) -> bool {
        let next = self.expected().get(self.lines.len());
        self.expected().is_empty() || next == Some(event)
    }

    /// Is `got` the beginning of the bytes that are due next, and not all of them? Of those
    /// that are too many to be quoted only the number is known, and of a message not even that.
    pub(crate) fn is_begun_by(&self, got: &[u8]) -> bool {
        let Some(due) = self.expected().get(self.lines.len()) else {
            return false;
        };
        if let Happening::Recv(Flow::Message(_)) = due.what {
            return true;
        }
        let more = due.what.byte_count().is_some_and(|due| due > got.len());
        let begins = match due.what.text() {
            Some(text) => text.bytes().is_some_and(|due| due.starts_with(got)),
            None => true,
        };
        matches!(due.what, Happening::Recv(_)) && more && begins
    }

    /// How many bytes `who` is still to receive; `None` where nothing is known, or there is
    /// no end to them.
    pub(crate) fn due_to(&self, who: &str) -> Option<usize> {
        if self.expected().is_empty() {
            return None;
        }
        let due = self.expected().get(self.lines.len()..)?;
        let length = |event: &Event| match &event.what {
            Happening::Recv(Flow::AtLeast(_) | Flow::Again(_) | Flow::Message(_)) => None,
            Happening::Recv(_) => Some(event.what.byte_count().unwrap_or(0)),
            _ => Some(0),
        };
        let own = due.iter().filter(|event| event.who == who);
        own.map(length).sum()
    }

    /// The bytes of the last line, where it tells a message by its meaning.
    pub(crate) fn last_as_it_came(&self) -> Option<String> {
        match &self.lines.last()?.what {
            Happening::Recv(Flow::Message(message)) => Some(message.as_it_came(SHOWN)),
            _ => None,
        }
    }

    pub(crate) fn lines(&self) -> &[Event] {
        &self.lines
    }

    /// The snapshot's lines; none where there is no snapshot, or insta compares.
    pub(crate) fn expected(&self) -> &[Event] {
        self.expected.as_deref().unwrap_or_default()
    }

    /// Does insta compare, and not this script?
    pub(crate) fn is_recorded(&self) -> bool {
        self.expected.is_none()
    }

    /// Are lines still due?
    pub(crate) fn is_short(&self) -> bool {
        self.lines.len() < self.expected().len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Event {
        Event::parse(text).unwrap()
    }

    #[test]
    fn the_first_line_that_differs_is_seen_at_once() {
        let mut script = Script::against(Some(vec![
            line("a send \"1\" 1 byte"),
            line("a recv \"2\" 1 byte"),
        ]));
        assert!(script.add(line("a send \"1\" 1 byte")));
        assert!(script.is_short());
        assert!(!script.add(line("a recv \"3\" 1 byte")));
        assert!(
            !script.add(line("a recv \"2\" 1 byte")),
            "one line too many"
        );
    }

    #[test]
    fn a_beginning_is_not_the_whole() {
        let script = Script::against(Some(vec![line("a recv \"ab\" 2 bytes")]));
        assert!(script.is_begun_by(b"a"));
        assert!(!script.is_begun_by(b"ab"));
        assert!(!script.is_begun_by(b"b"));
        let long = Script::against(Some(vec![line("a recv 900 bytes [digest 00] \"a\" …")]));
        assert!(long.is_begun_by(b"x"));
        assert!(!long.is_begun_by(&[b'x'; 1000]));
        let other = Script::against(Some(vec![line("a recv FIN")]));
        assert!(!other.is_begun_by(b"x"));
    }

    #[test]
    fn where_nothing_is_known_nothing_differs() {
        for expected in [None, Some(Vec::new())] {
            let mut script = Script::against(expected);
            assert!(script.add(line("a send \"1\" 1 byte")));
            assert!(!script.is_short());
        }
    }
}
