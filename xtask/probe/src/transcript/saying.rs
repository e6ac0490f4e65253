//! What a program prints and says, and how it ends, with the words for it: the part of a
//! transcript that is about programs alone.

use crate::transcript::escape::{escaped, read_unquoted, unquoted};
use crate::transcript::reader::{Reader, whole};
use crate::transcript::text::{Quoted, Text};

pub(super) const SILENCE: &str = "silence";
const A_SENTENCE: &str = "a sentence";
const NO_SENTENCE: &str = "no sentence";
const NOT_0: &str = "not 0";
const OTHER_WORDS: &str = "other words than before";
const SAME_WORDS: &str = "the same words as before";

/// What comes on stdout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// A line, with its newline where it has one.
    Line(Quoted),
    /// Nothing, until the deadline.
    Silence,
    /// More than the check keeps.
    WithoutEnd,
    /// Less than that, where it should have been more.
    WithAnEnd,
    /// It was closed by a program that goes on.
    Closed,
}

/// What is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A line and Enter.
    Line(Quoted),
    /// Ctrl-D.
    End,
}

/// What stands on stderr. The sentence itself is the learner's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stderr {
    /// Whether a line names a subject, among as many others as there are.
    Named {
        /// Is there such a line?
        there: bool,
        /// What it is to be about.
        subject: Text,
    },
    /// Whether a whole number of a range was told.
    Number {
        /// Was it?
        there: bool,
        /// The range, both ends included.
        from: u64,
        /// Its end.
        to: u64,
    },
    /// Whether it was said in other words than something else before.
    Words {
        /// Or in the same ones?
        other: bool,
    },
    /// Is there anything at all?
    Sentence {
        /// There is.
        there: bool,
    },
    /// The exception that ended a Python program, by its name.
    Exception(String),
    /// Its last line is no exception.
    NoException,
}

/// How a program ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// By itself, with this status.
    Exit(i32),
    /// By itself and in an error, where one status is as right as another.
    Failed,
    /// By itself, with a status that is neither of these.
    Neither(i32, i32),
    /// By a signal, with its name.
    Signal(String),
    /// By a panic at this place: `src/main.rs:23`.
    Panic(String),
    /// At a step that is not written.
    Todo(u32),
    /// It did not, until the deadline.
    Silence,
}

impl Output {
    pub(super) fn told(&self) -> String {
        match self {
            Self::Line(line) => line.to_string(),
            Self::Silence => SILENCE.to_owned(),
            Self::WithoutEnd => "without end".to_owned(),
            Self::WithAnEnd => "with an end".to_owned(),
            Self::Closed => "stdout".to_owned(),
        }
    }

    pub(super) fn read(rest: &str) -> Option<Self> {
        match rest {
            SILENCE => Some(Self::Silence),
            "without end" => Some(Self::WithoutEnd),
            "with an end" => Some(Self::WithAnEnd),
            line => whole(line, Reader::quoted).map(Self::Line),
        }
    }
}

impl Stderr {
    /// What a Python program's last line begins with: an exception's name, or not.
    pub(crate) fn exception(name: &str) -> Self {
        if is_an_exception(name) {
            Self::Exception(name.to_owned())
        } else {
            Self::NoException
        }
    }

    pub(super) fn told(&self) -> String {
        match self {
            Self::Named { there, subject } => {
                format!("{} line naming {}", an(*there), unquoted(subject))
            }
            Self::Number { there, from, to } => {
                format!("{} number from {from} to {to}", an(*there))
            }
            Self::Sentence { there: true } => A_SENTENCE.to_owned(),
            Self::Sentence { there: false } => NO_SENTENCE.to_owned(),
            Self::Words { other: true } => OTHER_WORDS.to_owned(),
            Self::Words { other: false } => SAME_WORDS.to_owned(),
            Self::Exception(name) => name.clone(),
            Self::NoException => "no exception".to_owned(),
        }
    }

    pub(super) fn read(rest: &str) -> Option<Self> {
        let named = |reader: &mut Reader<'_>| {
            let there = is_there(reader)?;
            reader.words(" line naming ")?;
            let subject = read_unquoted(reader.remainder())?;
            Some(Self::Named { there, subject })
        };
        let number = |reader: &mut Reader<'_>| {
            let there = is_there(reader)?;
            reader.words(" number from ")?;
            let from = reader.number()?;
            reader.words(" to ")?;
            let to = reader.number()?;
            Some(Self::Number { there, from, to })
        };
        match rest {
            A_SENTENCE => Some(Self::Sentence { there: true }),
            NO_SENTENCE => Some(Self::Sentence { there: false }),
            "no exception" => Some(Self::NoException),
            OTHER_WORDS => Some(Self::Words { other: true }),
            SAME_WORDS => Some(Self::Words { other: false }),
            name if is_an_exception(name) => Some(Self::Exception(name.to_owned())),
            _ => whole(rest, named).or_else(|| whole(rest, number)),
        }
    }
}

fn an(there: bool) -> &'static str {
    if there { "a" } else { "no" }
}

fn is_there(reader: &mut Reader<'_>) -> Option<bool> {
    let there = reader.has("a");
    (there || reader.has("no")).then_some(there)
}

/// Is it a name, as Python writes an exception's: `ConnectionResetError`, `ssl.SSLError`?
fn is_an_exception(name: &str) -> bool {
    let of_a_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
    name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(of_a_name)
}

impl End {
    pub(super) fn told(&self) -> String {
        match self {
            Self::Exit(status) => status.to_string(),
            Self::Failed => NOT_0.to_owned(),
            Self::Neither(one, nor) => format!("neither {one} nor {nor}"),
            Self::Signal(name) => name.clone(),
            Self::Panic(place) => escaped(place),
            Self::Todo(0) => String::new(),
            Self::Todo(step) => format!("step {step}"),
            Self::Silence => SILENCE.to_owned(),
        }
    }

    pub(super) fn read(word: &str, rest: &str) -> Option<Self> {
        match word {
            "exit" if rest == SILENCE => Some(Self::Silence),
            "exit" if rest == NOT_0 => Some(Self::Failed),
            "exit" => match rest.strip_prefix("neither ") {
                Some(both) => {
                    let (one, nor) = both.split_once(" nor ")?;
                    Some(Self::Neither(one.parse().ok()?, nor.parse().ok()?))
                }
                None => rest.parse().ok().map(Self::Exit),
            },
            "signal" => Some(Self::Signal(rest.to_owned())),
            "panic" => {
                let place = read_unquoted(rest)?.bytes()?.to_vec();
                String::from_utf8(place).ok().map(Self::Panic)
            }
            "todo" if rest.is_empty() => Some(Self::Todo(0)),
            "todo" => rest.strip_prefix("step ")?.parse().ok().map(Self::Todo),
            _ => None,
        }
    }
}
