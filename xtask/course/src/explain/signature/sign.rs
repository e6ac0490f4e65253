//! How one scenario ends with a program, as far as it tells mistakes apart.

use crate::explain::waiting;
use probe::{End, Event, Happening, Report, Verdict};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// What a scenario shows of a program that it does not pass.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sign {
    verdict: String,
    /// The number of the first different line, from 1; none where it is the end of a program,
    /// which may be noticed a line sooner or later.
    line: Option<usize>,
    /// What the program waits in, as [`waiting::word`] calls it; empty where the system does
    /// not show it, or where it does not hang.
    waits_in: BTreeSet<String>,
    /// The first different line, without what varies from run to run.
    shows: String,
}

/// What a scenario has shown of a program.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Seen {
    Passed,
    Failed(Sign),
}

impl Seen {
    /// `None` where it did not run, or not to its end: nothing is to be compared.
    pub fn of(report: &Report) -> Option<Self> {
        match report.verdict {
            Verdict::Passed => Some(Self::Passed),
            verdict if verdict.is_a_failure() => Some(Self::Failed(Sign::of(report))),
            _ => None,
        }
    }

    pub fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Failed(one), Self::Failed(other)) => one.is_like(other),
            _ => self == other,
        }
    }
}

/// What one waits in where another language's library does: a call with a time limit is a
/// `poll` before it.
const POLLS: [&str; 6] = [
    "poll",
    "ppoll",
    "select",
    "pselect",
    "epoll_wait",
    "epoll_pwait",
];

impl Sign {
    fn of(report: &Report) -> Self {
        let at = report.differs_at.unwrap_or(report.actual.len());
        let difference = difference(report, at);
        let is_an_end = difference.is_some_and(|event| matches!(event.what, Happening::End(_)));
        let words = report.waiting.iter();
        let words = words.map(|thread| waiting::word(&thread.doing).to_owned());
        Self {
            verdict: report.verdict.name().to_owned(),
            line: (!is_an_end).then_some(at + 1),
            waits_in: words.filter(|_| report.verdict == Verdict::Hung).collect(),
            shows: match difference {
                Some(event) => shown(event),
                None => "the end".to_owned(),
            },
        }
    }

    /// Do both show the same? What they wait in counts where both tell it.
    fn is_like(&self, other: &Self) -> bool {
        (&self.verdict, self.line, &self.shows) == (&other.verdict, other.line, &other.shows)
            && self.waits_like(other)
    }

    fn waits_like(&self, other: &Self) -> bool {
        let (one, other) = (&self.waits_in, &other.waits_in);
        let polls =
            |words: &BTreeSet<String>| words.iter().all(|word| POLLS.contains(&word.as_str()));
        one.is_empty() || other.is_empty() || one == other || polls(one) || polls(other)
    }
}

/// The first different line. Where a later step that is not written stands before the line
/// in which a peer noticed, that one.
fn difference(report: &Report, at: usize) -> Option<&Event> {
    let first = report.actual.get(at)?;
    let is_cut_short = matches!(first.what, Happening::End(End::Todo(_)));
    let next = report.actual.get(at + 1).filter(|_| is_cut_short);
    Some(next.unwrap_or(first))
}

/// A line, without what varies from run to run: the place of a panic, the numbers of ports
/// that have no name, how much came of what is too long to be quoted.
fn shown(event: &Event) -> String {
    if let Happening::End(End::Panic(_)) = event.what {
        return format!("{} panic", event.who);
    }
    let line = format!("{} {} {}", event.who, event.what.word(), event.what.rest());
    let line = line.trim_end();
    if let Some((before, _)) = line.split_once(" bytes [digest ") {
        let before = before.trim_end_matches(|c: char| c.is_ascii_digit());
        return format!("{before}many bytes");
    }
    let mut shown = String::new();
    for (index, part) in line.split(':').enumerate() {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        let is_a_port = index > 0 && (4..=5).contains(&digits);
        let rest = if is_a_port { &part[digits..] } else { part };
        shown += if index > 0 { ":" } else { "" };
        shown += if is_a_port { "…" } else { "" };
        shown += rest;
    }
    shown
}

impl fmt::Display for Sign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}, ")?;
        }
        write!(f, "{}", self.verdict)?;
        if !self.waits_in.is_empty() {
            let words: Vec<_> = self.waits_in.iter().map(String::as_str).collect();
            write!(f, " in {}", words.join("+"))?;
        }
        write!(f, ": {}", self.shows)
    }
}

const PASSED: &str = "passed";

impl From<Seen> for String {
    fn from(seen: Seen) -> Self {
        match seen {
            Seen::Passed => PASSED.to_owned(),
            Seen::Failed(sign) => sign.to_string(),
        }
    }
}

impl TryFrom<String> for Seen {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text == PASSED {
            return Ok(Self::Passed);
        }
        text.parse().map(Self::Failed)
    }
}

impl FromStr for Sign {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let read = || {
            let (head, shows) = text.split_once(": ")?;
            let (line, end) = match head.strip_prefix("line ") {
                Some(numbered) => {
                    let (line, end) = numbered.split_once(", ")?;
                    (Some(line.parse().ok()?), end)
                }
                None => (None, head),
            };
            let (verdict, words) = end.split_once(" in ").unwrap_or((end, ""));
            let words = words.split('+').filter(|word| !word.is_empty());
            Some(Self {
                verdict: verdict.to_owned(),
                line,
                waits_in: words.map(str::to_owned).collect(),
                shows: shows.to_owned(),
            })
        };
        read().ok_or_else(|| format!("{text:?} is not a sign"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sign(text: &str) -> Sign {
        text.parse().unwrap()
    }

    #[test]
    fn a_sign_is_written_as_it_is_read() {
        for text in [
            "line 3, differs: client-a recv FIN",
            "line 4, hung in accept+recv: client-a recv silence",
            "crashed: program panic",
        ] {
            assert_eq!(sign(text).to_string(), text);
        }
        for text in ["", "line x, hung: a", "hung"] {
            assert!(text.parse::<Sign>().is_err(), "{text}");
        }
    }

    #[test]
    fn what_it_waits_in_counts_where_both_tell_it() {
        let (in_recv, in_accept, in_poll, in_anything) = (
            sign("line 4, hung in recv: a recv silence"),
            sign("line 4, hung in accept: a recv silence"),
            sign("line 4, hung in poll: a recv silence"),
            sign("line 4, hung: a recv silence"),
        );
        assert!(!in_recv.is_like(&in_accept));
        assert!(in_recv.is_like(&in_poll) && in_accept.is_like(&in_poll));
        assert!(in_recv.is_like(&in_anything));
        assert!(!in_recv.is_like(&sign("line 5, hung in recv: a recv silence")));
        assert!(!in_recv.is_like(&sign("line 4, hung in recv: b recv silence")));
    }

    #[test]
    fn what_varies_from_run_to_run_is_no_sign() {
        let event = |line: &str| Event::parse(line).unwrap();
        let line = |port| format!("program stdout \"at 127.0.0.1:{port}\\n\"");
        assert_eq!(shown(&event(&line("41234"))), shown(&event(&line("58000"))));
        assert_ne!(shown(&event(&line("80"))), shown(&event(&line("81"))));
        let long = |count: u32| {
            let line = format!("a recv {count} bytes [digest 90c604558366906d] \"the\" …");
            shown(&event(&line))
        };
        assert_eq!([long(2000), long(3001)], ["a recv many bytes"; 2]);
        assert_ne!(shown(&event(&line(" 80"))), shown(&event(&line("  80"))));
        assert_eq!(
            shown(&event("program panic src/main.rs:44")),
            "program panic"
        );
    }
}
