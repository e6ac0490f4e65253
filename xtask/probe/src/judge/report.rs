//! What one scenario reports: the verdict with everything that is known about
//! it. `xtask` reads it as JSON; a bare `cargo test` prints it.

use crate::judge::reason::Reason;
use crate::judge::verdict::Verdict;
use crate::process::ending::{Ending, unwritten_steps};
use crate::process::panics::{Panic, todos_in};
use crate::process::running::Started;
use crate::transcript::event::Event;
use serde::{Deserialize, Serialize};
use std::fmt::Write;
use tracer::Thread;

/// One scenario's report.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Report {
    /// The test function's name.
    pub scenario: String,
    /// The step it belongs to.
    pub step: u32,
    /// What is said of it.
    pub verdict: Verdict,
    /// The snapshot; empty where there is none yet.
    pub expected: Vec<Event>,
    /// What happened, up to and with the first difference.
    pub actual: Vec<Event>,
    /// What the programs have printed on stdout after that, at most a few lines each.
    pub printed_next: Vec<Event>,
    /// The index in `actual` of the first line that differs.
    pub differs_at: Option<usize>,
    /// The bytes of that line, where it tells a message by its meaning.
    #[serde(default)]
    pub came_as: Option<String>,
    /// How each program of the scenario was started.
    pub started: Vec<Started>,
    /// How each program of the scenario ended.
    pub endings: Vec<Ending>,
    /// The panics on stderr, a `todo!` left out.
    pub panics: Vec<Panic>,
    /// What the programs printed on stderr, at most its last 2,000 characters.
    pub stderr: String,
    /// The program printed more than the check keeps.
    pub flooded: bool,
    /// What each thread of the programs waited in, for a scenario that hung; empty
    /// where the system does not show it.
    pub waiting: Vec<Thread>,
    /// The ports that have a name, and their names.
    pub ports: Vec<(u16, String)>,
    /// From the start of the scenario to its verdict, in milliseconds.
    pub after_ms: u64,
    /// The longest wait that was due so far in a scenario that judges waits, in milliseconds:
    /// whoever passes takes at least as long.
    #[serde(default)]
    pub waits_ms: u64,
    /// Why it was skipped, or could not be judged.
    pub reason: Option<Reason>,
}

impl Report {
    /// Does a program with the steps up to `last` not pass, for this scenario?
    pub fn refuses(&self, last: u32) -> bool {
        self.step <= last && self.verdict.is_a_failure()
    }

    /// A report that knows nothing beyond its verdict yet.
    pub fn new(scenario: &str, step: u32, verdict: Verdict) -> Self {
        Self {
            scenario: scenario.to_owned(),
            step,
            verdict,
            expected: Vec::new(),
            actual: Vec::new(),
            printed_next: Vec::new(),
            differs_at: None,
            came_as: None,
            started: Vec::new(),
            endings: Vec::new(),
            panics: Vec::new(),
            stderr: String::new(),
            flooded: false,
            waiting: Vec::new(),
            ports: Vec::new(),
            after_ms: 0,
            waits_ms: 0,
            reason: None,
        }
    }

    /// The steps that the programs themselves said are not written, as far as
    /// [`Report::stderr`] goes back. Whether that is so, only their source shows.
    pub fn said_to_be_unwritten(&self) -> Vec<u32> {
        unwritten_steps(&self.stderr)
    }

    /// The `todo!`s that the programs ran into, each with the step that it names, as far as
    /// [`Report::stderr`] goes back.
    pub fn todos(&self) -> Vec<(u32, Panic)> {
        todos_in(&self.stderr)
    }

    /// The transcript of a failing scenario as plain text, for a bare `cargo test`.
    pub(crate) fn as_text(&self) -> String {
        let mut text = format!("\nstep {}: {}\n", self.step, self.verdict.name());
        if self.verdict == Verdict::NotWrittenYet {
            return text;
        }
        for (index, event) in self.actual.iter().enumerate() {
            let differs = self.differs_at == Some(index);
            let _ = writeln!(text, "{} {event}", if differs { ">" } else { " " });
            if let (true, Some(expected)) = (differs, self.expected.get(index)) {
                let _ = writeln!(text, "  expected: {expected}");
            }
        }
        for panic in &self.panics {
            let _ = writeln!(text, "  panic at {}: {}", panic.place, panic.message);
        }
        if let Some(reason) = &self.reason {
            let _ = writeln!(text, "  {reason}");
        }
        text
    }
}
