//! A transcript as the check wrote it: one event a line, who did what. What can
//! happen, and how it is written, is the probe's.

use anyhow::{Context, Result, anyhow, bail};
use insta::Snapshot;
use probe::Event;
use std::path::Path;

/// The lifeline of the program under check; all others are its peers. Where a lesson's
/// two programs talk to each other they have one each.
pub use probe::{CLIENT, ONLY as PROGRAM, SERVER};

/// The lifeline of the check between the two programs.
pub const MIDDLE: &str = "middle";

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
            .with_context(|| format!("the snapshot {} is not a transcript", file.display()))
    }

    /// Empty lines do not count.
    pub fn parse(text: &str) -> Result<Transcript> {
        let mut events = Vec::new();
        for (number, line) in text.lines().enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            let event = Event::parse(line).with_context(|| format!("line {}", number + 1))?;
            events.push(event);
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
        let (who, word) = (width(|event| &event.who), width(|event| event.what.word()));
        let lines: Vec<_> = self
            .0
            .iter()
            .map(|event| {
                let (what, rest) = (event.what.word(), event.what.rest());
                format!("{:who$}  {what:word$}  {rest}", event.who)
            })
            .map(|line| line.trim_end().to_owned())
            .collect();
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn puts_the_program_first() {
        let transcript =
            Transcript::parse("b  connect  refused\na  connect  refused\nprogram  exit  0")
                .unwrap();
        assert_eq!(transcript.lifelines(), ["program", "b", "a"]);
    }

    #[test]
    fn puts_the_check_between_two_programs() {
        let lines = "server  exit  0\nmiddle  reset  RST\nclient  exit  0";
        let transcript = Transcript::parse(lines).unwrap();
        assert_eq!(transcript.lifelines(), ["client", "middle", "server"]);
    }

    #[test]
    fn says_which_line_is_none() {
        let error = Transcript::parse("a  connect  refused\nnonsense").unwrap_err();
        let said = format!("{error:#}");
        assert!(
            said.contains("line 2") && said.contains("nonsense"),
            "{said}"
        );
    }
}
