//! A transcript as the check wrote it: one event a line, who did what. This
//! takes the lines apart and does not judge them; a verb it has never heard of
//! is an event like any other.

use anyhow::{Context, Result, anyhow, bail};
use insta::Snapshot;
use std::path::Path;

/// The lifeline of the program under check; all others are its peers.
pub const PROGRAM: &str = "program";

/// The lifelines where a lesson's two programs talk to each other, and the check
/// between them.
pub const CLIENT: &str = "client";
pub const SERVER: &str = "server";
pub const MIDDLE: &str = "middle";

/// One line of a transcript.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// `program`, or the peer's name.
    pub who: String,
    /// `connect`, `send`, `stdout`, …
    pub verb: String,
    /// Everything after the verb, possibly nothing.
    pub rest: String,
}

/// What happened in a scenario, in its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transcript(Vec<Event>);

impl Transcript {
    /// Reads the content of an insta snapshot.
    pub fn from_snapshot(file: &Path) -> Result<Transcript> {
        if !file.is_file() {
            bail!("there is no snapshot {}", file.display());
        }
        let snapshot = Snapshot::from_file(file)
            .map_err(|error| anyhow!("{error}"))
            .with_context(|| format!("cannot read the snapshot {}", file.display()))?;
        let text = snapshot
            .contents()
            .as_text()
            .with_context(|| format!("the snapshot {} is not text", file.display()))?;
        Transcript::parse(&text.to_string())
            .with_context(|| format!("the snapshot {} is no transcript", file.display()))
    }

    /// Each line is `who  verb  rest`; empty lines do not count.
    pub fn parse(text: &str) -> Result<Transcript> {
        let mut events = Vec::new();
        for (number, line) in text.lines().enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            let (who, after) = first_word(line);
            let (verb, rest) = first_word(after);
            if verb.is_empty() {
                bail!("line {} says who, but not what: {line:?}", number + 1);
            }
            events.push(Event {
                who: who.into(),
                verb: verb.into(),
                rest: rest.trim_end().into(),
            });
        }
        if events.is_empty() {
            bail!("nothing happens in it");
        }
        Ok(Transcript(events))
    }

    pub fn events(&self) -> &[Event] {
        &self.0
    }

    /// The program, then the peers in the order in which they appear; where a lesson's
    /// two programs talk to each other, these, with the check between them.
    pub fn lifelines(&self) -> Vec<&str> {
        let mut names = match self.is_of_two_programs() {
            true => vec![CLIENT, MIDDLE, SERVER],
            false => vec![PROGRAM],
        };
        names.retain(|name| *name == PROGRAM || self.0.iter().any(|event| event.who == *name));
        for event in &self.0 {
            if !names.contains(&event.who.as_str()) {
                names.push(&event.who);
            }
        }
        names
    }

    fn is_of_two_programs(&self) -> bool {
        let takes_part = |name: &str| self.0.iter().any(|event| event.who == name);
        takes_part(CLIENT) && takes_part(SERVER) && !takes_part(PROGRAM)
    }

    /// The transcript as text, in columns.
    pub fn text(&self) -> String {
        let width = |field: fn(&Event) -> &str| {
            self.0
                .iter()
                .map(|event| field(event).chars().count())
                .max()
                .unwrap_or(0)
        };
        let (who, verb) = (width(|event| &event.who), width(|event| &event.verb));
        let lines: Vec<_> = self
            .0
            .iter()
            .map(|event| format!("{:who$}  {:verb$}  {}", event.who, event.verb, event.rest))
            .map(|line| line.trim_end().to_owned())
            .collect();
        lines.join("\n")
    }
}

/// The first word, and what follows it without the space between.
fn first_word(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    match text.split_once(char::is_whitespace) {
        Some((word, rest)) => (word, rest.trim_start()),
        None => (text, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_lines_apart() {
        let transcript =
            Transcript::parse("client-a   send      \"안\" [eb 85], then  6 bytes").unwrap();
        let event = &transcript.events()[0];
        assert_eq!(
            (event.who.as_str(), event.verb.as_str()),
            ("client-a", "send")
        );
        assert_eq!(event.rest, "\"안\" [eb 85], then  6 bytes");
    }

    #[test]
    fn puts_the_program_first() {
        let transcript = Transcript::parse("b  connect\na  connect\nprogram  exit  0").unwrap();
        assert_eq!(transcript.lifelines(), ["program", "b", "a"]);
    }

    #[test]
    fn puts_the_check_between_two_programs() {
        let lines = "server  stdout  x\nmiddle  listen  x\nclient  exit  0";
        let transcript = Transcript::parse(lines).unwrap();
        assert_eq!(transcript.lifelines(), ["client", "middle", "server"]);
    }

    #[test]
    fn says_which_line_is_none() {
        let error = Transcript::parse("a  connect\nnonsense")
            .unwrap_err()
            .to_string();
        assert!(error.contains("line 2"), "{error}");
    }
}
