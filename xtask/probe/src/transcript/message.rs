//! A message told by what it means, as a reader of its protocol understands it: `HTTP 200,
//! Content-Length: 5, "ping\n"`. Two that mean the same are the same, whatever their bytes.

use crate::transcript::reader::{Reader, whole};
use crate::transcript::text::{Quoted, Text};
use std::fmt;

/// A message that a reader has understood. It is compared by its meaning and its text; as
/// which bytes it came is kept for the report of the scenario that it ends.
#[derive(Clone, Debug)]
pub struct Message {
    /// `HTTP 200, Content-Length: 5`: a protocol in capitals, a number, and what else is told.
    pub meaning: String,
    /// What it carries; `None` where that does not matter.
    pub text: Option<Quoted>,
    pub(super) came_as: Vec<u8>,
}

impl Message {
    /// What `protocol` (capitals) calls `number`, with `details`, which must have neither quotes
    /// nor brackets; others stand in their place.
    pub fn new(protocol: &str, number: u16, details: &[String], text: Option<&[u8]>) -> Self {
        let first = format!("{protocol} {number}");
        let all: Vec<_> = std::iter::once(&first).chain(details).cloned().collect();
        let plain = |c: char| match c {
            '"' => '\'',
            '[' => '(',
            c if c.is_control() => '?',
            c => c,
        };
        Self {
            meaning: all.join(", ").chars().map(plain).collect(),
            text: text.map(Quoted::of),
            came_as: Vec::new(),
        }
    }

    pub(crate) fn came_as(self, bytes: &[u8]) -> Self {
        Self {
            came_as: bytes.to_vec(),
            ..self
        }
    }

    /// Its bytes as a line tells them, at most `most` of them.
    pub(crate) fn as_it_came(&self, most: usize) -> String {
        let shown = &self.came_as[..most.min(self.came_as.len())];
        let more = if shown.len() < self.came_as.len() {
            " …"
        } else {
            ""
        };
        format!("{}{more}", Text::of(shown))
    }

    pub(crate) fn read(line: &str) -> Option<Self> {
        let (protocol, rest) = line.split_once(' ')?;
        let is_one = protocol.len() > 1 && protocol.bytes().all(|it| it.is_ascii_uppercase());
        if !is_one || !rest.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let text_at = |(at, comma): (usize, &str)| {
            let text = whole(&line[at + comma.len()..], Reader::quoted)?;
            Some((at, text))
        };
        let found = line.match_indices(", ").find_map(text_at);
        let (end, text) = found.map_or((line.len(), None), |(at, text)| (at, Some(text)));
        Some(Self {
            meaning: line[..end].to_owned(),
            text,
            came_as: Vec::new(),
        })
    }
}

impl PartialEq for Message {
    fn eq(&self, other: &Self) -> bool {
        (&self.meaning, &self.text) == (&other.meaning, &other.text)
    }
}

impl Eq for Message {}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.meaning)?;
        match &self.text {
            Some(text) => write!(f, ", {text}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_read_as_it_was_written() {
        let long = [b'a'; 1000];
        let texts: [Option<&[u8]>; 6] = [
            None,
            Some(b""),
            Some("a, \"b\", 1 byte\n".as_bytes()),
            Some(b"\xff, \"x"),
            Some(&long),
            Some(b"[00]"),
        ];
        for text in texts {
            for details in [
                vec![],
                vec!["Allow: GET, 5 \"[".to_owned(), "B: 1".to_owned()],
            ] {
                let message = Message::new("HTTP", 405, &details, text);
                let line = message.to_string();
                assert_eq!(Message::read(&line), Some(message), "{line}");
            }
        }
    }

    #[test]
    fn what_is_no_message_is_not_read_as_one() {
        for line in [
            "RST",
            "FIN or so",
            "http 200",
            "6 bytes",
            "\"HTTP 200\" 8 bytes",
        ] {
            assert_eq!(Message::read(line), None, "{line}");
        }
    }

    #[test]
    fn it_is_its_meaning_that_is_compared() {
        let message = || Message::new("HTTP", 200, &[], Some(b"x"));
        let came = message().came_as(b"HTTP/1.1 200 Fine\r\n\r\nx");
        assert_eq!(came, message());
        assert_eq!(came.as_it_came(8), "\"HTTP/1.1\" …");
        assert_ne!(message(), Message::new("HTTP", 200, &[], None));
    }
}
