//! The verdict on a scenario that stopped before its end: a pure function of the script,
//! the programs' endings and what they said on stderr.

use crate::judge::reason::Reason;
use crate::judge::unwritten::Unwritten;
use crate::process::ending::{Ending, RUST_PANIC, named_steps};
use crate::process::panics::{Panic, panics_in};
use crate::transcript::event::Event;
use crate::transcript::happening::{End, Happening};
use serde::{Deserialize, Serialize};

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
    /// Did the program not do what is due?
    pub fn is_a_failure(self) -> bool {
        matches!(self, Self::Differs | Self::Crashed | Self::Hung)
    }

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
    Broken(Reason),
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
    pub(crate) unwritten: &'a Unwritten,
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
        let left_over = self.unwritten.is_left_over(self.stderr);
        match self.cause {
            Cause::Broken(_) => Verdict::Broken,
            _ if self.unwritten.is_met(self.stderr, self.step) => Verdict::NotWrittenYet,
            _ if left_over || !panics.is_empty() || self.ended.iter().any(signalled) => {
                Verdict::Crashed
            }
            Cause::Hung => Verdict::Hung,
            Cause::Differs => Verdict::Differs,
        }
    }

    /// How the programs ended by themselves: before the line in which a peer noticed it,
    /// and after what the program printed. Where an end was due, and came otherwise (RST
    /// for FIN), the way it came is the difference, and not that the program has ended.
    fn with_endings(&self, at: usize, panics: &[Panic]) -> Vec<Event> {
        let mut script = self.script.to_vec();
        for ended in self.ended {
            let Some(ending) = Happening::of_ending(ended.ending) else {
                continue;
            };
            let tells_of_an_end = |event: &Event| event.what.tells_of_an_end();
            let failed = Event::new(ended.who, Happening::End(End::Failed));
            if ended.ending.is_an_error() && script.contains(&failed) {
                continue;
            }
            let event = Event::new(ended.who, ending);
            let instead = match (ended.ending, panics.last(), self.last_unwritten()) {
                (Ending::Exit(RUST_PANIC), Some(panic), _) => Some(End::Panic(panic.place.clone())),
                (Ending::Exit(RUST_PANIC), None, Some(step)) => Some(End::Todo(step)),
                _ => None,
            };
            let told = match instead {
                Some(end) => Event::new(ended.who, Happening::End(end)),
                None => event.clone(),
            };
            if let Some(known) = script.iter_mut().find(|known| **known == event) {
                *known = told;
            } else if script.get(at).is_some_and(tells_of_an_end)
                && !self.expected.get(at).is_some_and(tells_of_an_end)
            {
                script.insert(at, told);
            } else {
                script.push(told);
            }
        }
        script
    }

    /// 0 where the last `todo!` names none.
    fn last_unwritten(&self) -> Option<u32> {
        let last = named_steps(self.stderr).pop()?;
        Some(last.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<Event> {
        text.lines()
            .map(|line| Event::parse(line).unwrap())
            .collect()
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
            unwritten: &Unwritten::default(),
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
            "a send \"1\" 1 byte\na recv \"3\" 1 byte",
            "a send \"1\" 1 byte\na recv \"2\" 1 byte",
            Ending::Killed,
            "",
        );
        assert_eq!(judgement.verdict, Verdict::Differs);
        assert_eq!(judgement.differs_at, 1);
        assert_eq!(
            judgement.script,
            lines("a send \"1\" 1 byte\na recv \"3\" 1 byte")
        );
    }

    #[test]
    fn an_ending_stands_before_the_line_in_which_a_peer_noticed_it() {
        let judgement = judged(
            Cause::Differs,
            "a send \"1\" 1 byte\na recv FIN",
            "a send \"1\" 1 byte\na recv \"2\" 1 byte",
            Ending::Exit(1),
            "",
        );
        assert_eq!(
            judgement.script,
            lines("a send \"1\" 1 byte\nprogram exit 1\na recv FIN")
        );
        assert_eq!(judgement.differs_at, 1);
    }

    #[test]
    fn an_end_of_another_kind_is_the_difference_itself() {
        let judgement = judged(
            Cause::Differs,
            "a send \"1\" 1 byte\na recv RST",
            "a send \"1\" 1 byte\na recv FIN\nprogram exit 0",
            Ending::Exit(0),
            "",
        );
        assert_eq!(
            judgement.script,
            lines("a send \"1\" 1 byte\na recv RST\nprogram exit 0")
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
            "a send \"1\" 1 byte\na recv FIN",
            "a send \"1\" 1 byte\nprogram exit 0\na recv RST",
            Ending::Exit(0),
            "",
        );
        assert_eq!(judgement.differs_at, 2);
    }

    #[test]
    fn an_error_that_was_told_is_not_told_again() {
        let judgement = judged(
            Cause::Differs,
            "program exit not 0\nprogram stderr no line naming x",
            "program exit not 0\nprogram stderr a line naming x",
            Ending::Exit(2),
            "",
        );
        assert_eq!(
            judgement.script,
            lines("program exit not 0\nprogram stderr no line naming x")
        );
        assert_eq!(judgement.differs_at, 1);
    }

    #[test]
    fn a_panic_is_told_by_its_place() {
        let stderr = "thread 'main' panicked at src/main.rs:7:5:\nno luck\n";
        let judgement = judged(
            Cause::Hung,
            "program exit 101",
            "a recv \"2\" 1 byte",
            Ending::Exit(101),
            stderr,
        );
        assert_eq!(judgement.verdict, Verdict::Crashed);
        assert_eq!(judgement.script, lines("program panic src/main.rs:7"));
    }

    #[test]
    fn a_signal_is_a_crash() {
        let signal = Ending::Signal("SIGSEGV".to_owned());
        let judgement = judged(
            Cause::Differs,
            "a recv RST",
            "a recv \"2\" 1 byte",
            signal,
            "",
        );
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
                "a recv \"2\" 1 byte",
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
    fn a_todo_that_was_left_in_a_written_step_is_a_crash() {
        let stderr = "thread 'main' panicked at src/main.rs:7:5:\nnot yet implemented: step 2\n";
        let facts = |unwritten| {
            let judgement = Facts {
                cause: &Cause::Differs,
                step: 2,
                unwritten,
                script: &lines("a recv FIN"),
                expected: &lines("a recv \"2\" 1 byte"),
                ended: &[Ended {
                    who: "program",
                    ending: &Ending::Exit(101),
                }],
                stderr,
            }
            .judge();
            (judgement.verdict, judgement.script)
        };
        let script = lines("program todo step 2\na recv FIN");
        let (left, met) = (Unwritten::of(&[]), Unwritten::of(&[2]));
        assert_eq!(facts(&left), (Verdict::Crashed, script.clone()));
        assert_eq!(facts(&met), (Verdict::NotWrittenYet, script));
    }

    #[test]
    fn what_the_check_could_not_do_says_nothing_of_the_program() {
        let broken = Cause::Broken(Reason::NoDescriptors);
        let judgement = judged(
            broken,
            "a send \"1\" 1 byte",
            "a send \"1\" 1 byte",
            Ending::Exit(101),
            "",
        );
        assert_eq!(judgement.verdict, Verdict::Broken);
        assert_eq!(judgement.script, lines("a send \"1\" 1 byte"));
    }
}
