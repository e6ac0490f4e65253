//! The verdict on a scenario that stopped before its end: a pure function of the script,
//! the programs' endings and what they said on stderr.

use crate::process::ending::{Ending, unwritten_steps};
use crate::process::panics::{Panic, panics_in};
use crate::transcript::event::Event;
use serde::{Deserialize, Serialize};

/// The exit status of a Rust program whose main thread panicked.
const RUST_PANIC: i32 = 101;

/// The verdict on a scenario. Of several, the greatest is the step's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// This system does not let it be seen; neither good nor bad.
    Skipped,
    /// The transcript is the snapshot.
    Passed,
    /// The program reached a step that is not written.
    NotWrittenYet,
    /// The transcript differs from the snapshot.
    Differs,
    /// The program panicked, or a signal ended it.
    Crashed,
    /// Nothing came from the program until the deadline.
    Hung,
    /// There is no program: it did not compile.
    DidNotCompile,
    /// The check itself could not go on; says nothing about the program.
    Broken,
}

impl Verdict {
    /// The verdict in words: `not written yet`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Skipped => "skipped",
            Self::Passed => "passed",
            Self::NotWrittenYet => "not written yet",
            Self::Differs => "differs",
            Self::Crashed => "crashed",
            Self::Hung => "hung",
            Self::DidNotCompile => "did not compile",
            Self::Broken => "could not be judged",
        }
    }
}

/// Why a scenario stops before its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    /// The last line of the script is not what was expected.
    Differs,
    /// The last line of the script says what did not come in time.
    Hung,
    /// The check itself cannot go on.
    Broken(String),
}

/// How one of the programs ended, by the name that the transcript gives it.
pub(crate) struct Ended<'a> {
    pub(crate) who: &'a str,
    pub(crate) ending: &'a Ending,
}

/// Everything that the verdict is made of.
pub(crate) struct Facts<'a> {
    pub(crate) cause: &'a Cause,
    /// The step that the scenario belongs to.
    pub(crate) step: u32,
    pub(crate) script: &'a [Event],
    pub(crate) expected: &'a [Event],
    pub(crate) ended: &'a [Ended<'a>],
    /// What all programs said.
    pub(crate) stderr: &'a str,
}

/// What follows from the facts.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Judgement {
    pub(crate) verdict: Verdict,
    /// The script, with the programs' own endings in their places.
    pub(crate) script: Vec<Event>,
    /// The index in `script` of the first line that differs.
    pub(crate) differs_at: usize,
    pub(crate) panics: Vec<Panic>,
}

impl Facts<'_> {
    pub(crate) fn judge(&self) -> Judgement {
        let panics = panics_in(self.stderr);
        let last = self.script.len().saturating_sub(1);
        let script = match self.cause {
            Cause::Broken(_) => self.script.to_vec(),
            _ => self.with_endings(last, &panics),
        };
        // Where an inserted ending is what the solution's program did there as well,
        // the line after it is the one that differs.
        let as_expected = |at: &usize| {
            let (due, there) = (self.expected.get(*at), script.get(*at));
            due.is_some() && due == there
        };
        let differs_at = (last..).find(|at| !as_expected(at)).unwrap_or(last);
        Judgement {
            verdict: self.verdict(&panics),
            script,
            differs_at,
            panics,
        }
    }

    fn verdict(&self, panics: &[Panic]) -> Verdict {
        let signalled = |ended: &Ended<'_>| matches!(ended.ending, Ending::Signal(_));
        let unwritten = unwritten_steps(self.stderr);
        match self.cause {
            Cause::Broken(_) => Verdict::Broken,
            _ if unwritten.iter().any(|step| *step <= self.step) => Verdict::NotWrittenYet,
            _ if !panics.is_empty() || self.ended.iter().any(signalled) => Verdict::Crashed,
            Cause::Hung => Verdict::Hung,
            Cause::Differs => Verdict::Differs,
        }
    }

    /// How the programs ended by themselves: before the line in which a peer noticed it,
    /// and after what the program printed.
    fn with_endings(&self, at: usize, panics: &[Panic]) -> Vec<Event> {
        let mut script = self.script.to_vec();
        for ended in self.ended {
            let Some(event) = Event::of_ending(ended.who, ended.ending) else {
                continue;
            };
            let told = match (ended.ending, panics.last(), self.last_unwritten()) {
                (Ending::Exit(RUST_PANIC), Some(panic), _) => event.instead("panic", &panic.place),
                (Ending::Exit(RUST_PANIC), None, Some(step)) => {
                    event.instead("todo", &format!("step {step}"))
                }
                _ => event.clone(),
            };
            if let Some(known) = script.iter_mut().find(|known| **known == event) {
                *known = told;
            } else if script.get(at).is_some_and(Event::tells_of_an_end) {
                script.insert(at, told);
            } else {
                script.push(told);
            }
        }
        script
    }

    fn last_unwritten(&self) -> Option<u32> {
        unwritten_steps(self.stderr).last().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<Event> {
        text.lines().map(|line| Event::parse(line.trim())).collect()
    }

    /// The judgement on `script` where `expected` was due, and the program ended so.
    fn judged(
        cause: Cause,
        script: &str,
        expected: &str,
        ending: Ending,
        stderr: &str,
    ) -> Judgement {
        Facts {
            cause: &cause,
            step: 2,
            script: &lines(script),
            expected: &lines(expected),
            ended: &[Ended {
                who: "program",
                ending: &ending,
            }],
            stderr,
        }
        .judge()
    }

    #[test]
    fn a_line_that_differs_is_the_last_one() {
        let judgement = judged(
            Cause::Differs,
            "a send 1\na recv 3",
            "a send 1\na recv 2",
            Ending::Killed,
            "",
        );
        assert_eq!(judgement.verdict, Verdict::Differs);
        assert_eq!(judgement.differs_at, 1);
        assert_eq!(judgement.script, lines("a send 1\na recv 3"));
    }

    #[test]
    fn an_ending_stands_before_the_line_in_which_a_peer_noticed_it() {
        let judgement = judged(
            Cause::Differs,
            "a send 1\na recv FIN",
            "a send 1\na recv 2",
            Ending::Exit(1),
            "",
        );
        assert_eq!(
            judgement.script,
            lines("a send 1\nprogram exit 1\na recv FIN")
        );
        assert_eq!(judgement.differs_at, 1);
    }

    #[test]
    fn an_ending_stands_after_what_was_printed() {
        let judgement = judged(
            Cause::Differs,
            "program stdout \"x\"",
            "program stdout \"y\"",
            Ending::Exit(0),
            "",
        );
        assert_eq!(
            judgement.script,
            lines("program stdout \"x\"\nprogram exit 0")
        );
        assert_eq!(judgement.differs_at, 0);
    }

    #[test]
    fn an_ending_that_was_due_is_no_difference() {
        let judgement = judged(
            Cause::Differs,
            "a send 1\na recv FIN",
            "a send 1\nprogram exit 0\na recv RST",
            Ending::Exit(0),
            "",
        );
        assert_eq!(judgement.differs_at, 2);
    }

    #[test]
    fn a_panic_is_told_by_its_place() {
        let stderr = "thread 'main' panicked at src/main.rs:7:5:\nno luck\n";
        let judgement = judged(
            Cause::Hung,
            "program exit 101",
            "a recv 2",
            Ending::Exit(101),
            stderr,
        );
        assert_eq!(judgement.verdict, Verdict::Crashed);
        assert_eq!(judgement.script, lines("program panic src/main.rs:7"));
    }

    #[test]
    fn a_signal_is_a_crash() {
        let signal = Ending::Signal("SIGSEGV".to_owned());
        let judgement = judged(Cause::Differs, "a recv RST", "a recv 2", signal, "");
        assert_eq!(judgement.verdict, Verdict::Crashed);
    }

    #[test]
    fn only_a_step_that_the_scenario_needs_makes_it_unwritten() {
        let stderr = |step| {
            format!(
                "thread 'main' panicked at src/main.rs:7:5:\nnot yet implemented: step {step}\n"
            )
        };
        let verdict = |step| {
            let exit = Ending::Exit(101);
            judged(
                Cause::Differs,
                "a recv FIN",
                "a recv 2",
                exit,
                &stderr(step),
            )
            .verdict
        };
        assert_eq!(verdict(1), Verdict::NotWrittenYet);
        assert_eq!(verdict(2), Verdict::NotWrittenYet);
        assert_eq!(verdict(3), Verdict::Differs);
    }

    #[test]
    fn what_the_check_could_not_do_says_nothing_of_the_program() {
        let broken = Cause::Broken("no port".to_owned());
        let judgement = judged(broken, "a send 1", "a send 1", Ending::Exit(101), "");
        assert_eq!(judgement.verdict, Verdict::Broken);
        assert_eq!(judgement.script, lines("a send 1"));
    }
}
