//! A run as lines of JSON: a head, and an event a line.

use crate::event::{Event, Run};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The newest format that is understood, and the one that is written.
pub const FORMAT: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Head {
    run: u32,
    lesson: String,
    scenario: String,
}

/// Why a run cannot be read.
#[derive(Debug)]
pub enum Unreadable {
    /// It was written by a newer course, in this format.
    TooNew(u32),
    /// This line of it, from 1 on, is none of a run.
    Line(usize, serde_json::Error),
    /// There is nothing in it.
    Empty,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooNew(format) => write!(
                formatter,
                "its format, {format}, is too new: this course reads formats up to {FORMAT}"
            ),
            Self::Line(line, error) => {
                write!(formatter, "line {line} is not one of a run: {error}")
            }
            Self::Empty => formatter.write_str("it is empty"),
        }
    }
}

impl std::error::Error for Unreadable {}

impl Run {
    /// As it is written into a file.
    pub fn to_lines(&self) -> String {
        let head = Head {
            run: FORMAT,
            lesson: self.lesson.clone(),
            scenario: self.scenario.clone(),
        };
        let mut text = line(&head);
        text.extend(self.events.iter().map(line));
        text
    }

    /// What a file has.
    ///
    /// # Errors
    /// It was written in a newer format, or is not a run.
    pub fn of_lines(text: &str) -> Result<Self, Unreadable> {
        #[derive(Deserialize)]
        struct Version {
            run: u32,
        }
        let mut lines = text.lines().zip(1..);
        let (first, _) = lines.next().ok_or(Unreadable::Empty)?;
        let unreadable = |error| Unreadable::Line(1, error);
        // A newer head may have other fields.
        let version: Version = serde_json::from_str(first).map_err(unreadable)?;
        if version.run > FORMAT {
            return Err(Unreadable::TooNew(version.run));
        }
        let head: Head = serde_json::from_str(first).map_err(unreadable)?;
        let events = lines.map(|(line, number)| {
            serde_json::from_str(line).map_err(|error| Unreadable::Line(number, error))
        });
        Ok(Self {
            lesson: head.lesson,
            scenario: head.scenario,
            events: events.collect::<Result<Vec<Event>, _>>()?,
        })
    }
}

/// Names and numbers are all that is in it: it can be written.
fn line(of: &impl Serialize) -> String {
    serde_json::to_string(of).unwrap_or_default() + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Argument, Call, Line, Outcome, Returned};

    fn run() -> Run {
        let call = Call {
            id: 1,
            who: "program".to_owned(),
            thread: 0,
            name: "listen".to_owned(),
            arguments: vec![Argument {
                name: "backlog".to_owned(),
                value: "128".to_owned(),
            }],
            line: Some(Line {
                file: "src/main.rs".to_owned(),
                line: 31,
            }),
        };
        let outcome = Outcome::from(Returned::Value(0));
        let late = Outcome {
            returned: Returned::Error("ECONNRESET".to_owned()),
            ..outcome.clone()
        };
        let line = "client-a connect 127.0.0.1:<server>".to_owned();
        Run {
            lesson: "lesson-04-accept".to_owned(),
            scenario: "greets".to_owned(),
            events: vec![
                Event::Call {
                    call: call.clone(),
                    outcome,
                },
                Event::Begins {
                    call: Call { id: 2, ..call },
                },
                Event::Peer {
                    line,
                    sockets: Vec::new(),
                },
                Event::Ends {
                    id: 2,
                    outcome: late,
                },
                Event::Over {
                    who: "program".to_owned(),
                    how: "exit 0".to_owned(),
                },
            ],
        }
    }

    #[test]
    fn a_run_is_read_as_it_was_written() {
        let text = run().to_lines();
        assert_eq!(text.lines().count(), 6, "{text}");
        assert_eq!(Run::of_lines(&text).ok(), Some(run()));
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let said = |text: &str| Run::of_lines(text).map_err(|error| error.to_string());
        let newer = run().to_lines().replace("\"run\":1", "\"run\":2");
        assert!(said(&newer).is_err_and(|it| it.contains("format, 2, is too new")));
        let broken = run().to_lines() + "{\"event\":\"sleeps\"}\n";
        assert!(said(&broken).is_err_and(|it| it.starts_with("line 7 ")));
        assert!(said("").is_err_and(|it| it == "it is empty"));
    }
}
