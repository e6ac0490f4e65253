//! The transcript's lines. A line is an [`Event`]: who, and what happened. It says
//! nothing that depends on time, ports or machine.

use crate::process::programs::{CLIENT, ONLY, SERVER};
use crate::transcript::happening::Happening;
use serde::{Deserialize, Serialize};
use std::fmt;

/// One line of a transcript: one action or observation of a scenario. As JSON it is the
/// line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Event {
    /// `program`, or a peer's name: one word.
    pub who: String,
    /// What happened.
    pub what: Happening,
}

/// A line that no transcript has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoLine(pub String);

impl fmt::Display for NoLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no line of a transcript: {}", self.0)
    }
}

impl std::error::Error for NoLine {}

impl Event {
    /// `who` did, or saw, `what`.
    pub fn new(who: &str, what: Happening) -> Self {
        Self {
            who: who.to_owned(),
            what,
        }
    }

    /// Is it a program's own line, and not a peer's?
    pub fn is_of_a_program(&self) -> bool {
        self.who.starts_with(ONLY) || [SERVER, CLIENT].contains(&self.who.as_str())
    }

    /// Reads a line as [`Event`]'s `Display` writes it.
    ///
    /// # Errors
    /// The line says something that does not happen in a transcript.
    pub fn parse(line: &str) -> Result<Self, NoLine> {
        let (who, after) = split_word(line);
        let (word, rest) = split_word(after);
        match Happening::read(word, rest.trim_end()) {
            Some(what) => Ok(Self::new(who, what)),
            None => Err(NoLine(line.to_owned())),
        }
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
        let (word, rest) = (self.what.word(), self.what.rest());
        let line = format!("{:<9}  {word:<8}  {rest}", self.who);
        f.write_str(line.trim_end())
    }
}

impl From<Event> for String {
    fn from(event: Event) -> Self {
        event.to_string()
    }
}

impl TryFrom<String> for Event {
    type Error = NoLine;

    fn try_from(line: String) -> Result<Self, NoLine> {
        Self::parse(&line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::address::Address;
    use crate::transcript::happening::{
        Connect, Datagram, End, Flow, Hold, Output, Side, Stderr, Whose,
    };
    use crate::transcript::text::{Payload, Quoted, Text};
    use std::io::ErrorKind;
    use std::net::SocketAddr;

    fn event(line: &str) -> Event {
        Event::parse(line).unwrap()
    }

    /// Whatever a program says or does, its line is read as it was written.
    #[test]
    fn a_line_is_read_as_it_was_written() {
        let address = || Address::from(SocketAddr::from(([127, 0, 0, 1], 80)));
        let six = || Address::from(SocketAddr::from(([0; 8], 80)));
        let said: [&[u8]; 9] = [
            b"a  b\n",
            b"\" [61] \xff\n",
            b"silence",
            b" 6 bytes",
            b"<server>, the rest cut",
            b", then, once read, ",
            b"",
            &[b'a'; 1000],
            b"\xff\xfe from 127.0.0.1:<server>",
        ];
        let mut all = vec![
            Happening::Connect(Connect::To(address())),
            Happening::Connect(Connect::Failed(ErrorKind::ConnectionReset.into())),
            Happening::To(Side::Server, Flow::Failed(ErrorKind::BrokenPipe.into())),
            Happening::From(Side::Client, Flow::Rst),
            Happening::Recv(Flow::AtLeast(1)),
            Happening::NotSentTo {
                to: six(),
                why: ErrorKind::Other.into(),
            },
            Happening::Untimely {
                what: crate::transcript::happening::Awaited::Datagram,
                late: false,
            },
            Happening::End(End::Panic("my folder\\src/<main>.rs:7 \"".to_owned())),
            Happening::End(End::Exit(-1)),
            Happening::End(End::Signal("signal 34".to_owned())),
            Happening::Stdout(Output::Closed),
            Happening::NotItsOwn(address(), Whose::Another),
            Happening::NotItsOwn(six(), Whose::Outside),
            Happening::Holds(Hold::Bind, six()),
            Happening::Sockets(Vec::new()),
            Happening::Silent(200),
            Happening::Endpoints(Vec::new()),
            Happening::Endpoints(vec![address(), six()]),
            Happening::Rests(true),
            Happening::Rests(false),
            Happening::GoesOn,
            Happening::Memory { grew: true },
            Happening::Memory { grew: false },
            Happening::Unread,
            Happening::End(End::Failed),
            Happening::End(End::Neither(10, -11)),
            Happening::Connect(Connect::Many {
                to: six(),
                joined: 1,
                count: 129,
            }),
            Happening::Stderr(Stderr::Named {
                there: true,
                subject: Text::of(b"127.0.0.1:80"),
            }),
            Happening::Stderr(Stderr::Number {
                there: false,
                from: 1,
                to: 20,
            }),
            Happening::Stderr(Stderr::Words { other: true }),
            Happening::Stderr(Stderr::Words { other: false }),
            Happening::Stderr(Stderr::exception("a line naming me")),
            Happening::Stderr(Stderr::exception("ssl.SSLError")),
        ];
        for bytes in said {
            let payload = || Payload::of(bytes);
            all.extend([
                Happening::line(bytes),
                Happening::Send(Flow::Bytes(Payload::of_pieces(&[bytes, b"\"x", bytes]))),
                Happening::Send(Flow::Again(Quoted::of(bytes))),
                Happening::Recv(Flow::Bytes(payload())),
                Happening::Lost(payload()),
                Happening::SendTo {
                    to: six(),
                    bytes: payload(),
                    again: true,
                },
                Happening::RecvFrom(Datagram::Came {
                    bytes: payload(),
                    from: address(),
                    cut: true,
                }),
            ]);
        }
        all.push(Happening::Stderr(Stderr::Named {
            there: false,
            subject: Text::of(b"a <name> \"x\""),
        }));
        for what in all {
            let event = Event::new("client-with-a-long-name", what);
            assert_eq!(Event::parse(&event.to_string()), Ok(event));
        }
    }

    #[test]
    fn what_never_happens_is_no_line() {
        for line in [
            "program",
            "program sings",
            "a recv",
            "a recv gone",
            "a recv \"1\"",
            "a recv FIN or so",
            "a connect 127.0.0.1",
            "program exit zero",
            "a close RST",
            "program address 127.0.0.1:80",
        ] {
            assert_eq!(Event::parse(line), Err(NoLine(line.to_owned())));
        }
    }

    #[test]
    fn a_pattern_compares_whole_words() {
        let event = event("program exit 10");
        assert!(event.begins_like("program exit"));
        assert!(event.begins_like(""));
        assert!(!event.begins_like("program exit 1"));
    }
}
