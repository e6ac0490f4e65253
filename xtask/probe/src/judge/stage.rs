//! What the parts of one scenario share: its script so far, the names of ports, and the
//! programs. Here the scenario is stopped, and its report handed in, once.

use crate::judge::channel::Channel;
use crate::judge::report::Report;
use crate::judge::script::Script;
use crate::judge::snapshot;
use crate::judge::verdict::{Cause, Ended, Facts, Judgement, Verdict};
use crate::process::programs::{self, Lesson};
use crate::process::running::Running;
use crate::transcript::event::Event;
use crate::transcript::names::Names;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Instant;
use tracer::Thread;

/// How much of stderr a report carries, in characters.
const STDERR_SHOWN: usize = 2_000;

pub(crate) struct Stage {
    pub(crate) lesson: Lesson,
    pub(crate) scenario: String,
    pub(crate) step: u32,
    script: RefCell<Script>,
    pub(crate) names: RefCell<Names>,
    pub(crate) programs: RefCell<Vec<Rc<Running>>>,
    started: Instant,
    judged: Cell<bool>,
    /// Has a program given a sign of itself since the youngest was started?
    pub(crate) heard: Cell<bool>,
    said_before_the_look: RefCell<Option<String>>,
}

impl Stage {
    pub(crate) fn set(lesson: Lesson, step: u32, scenario: String) -> Self {
        let records = lesson.package.starts_with("solution-") && Channel::of_this_run().is_none();
        let folder = snapshot::folder_of(&lesson);
        let known =
            || snapshot::recorded(&folder, &scenario).map_or_else(Vec::new, |known| known.events);
        Self {
            script: RefCell::new(Script::against((!records).then(known))),
            lesson,
            scenario,
            step,
            names: RefCell::default(),
            programs: RefCell::default(),
            started: Instant::now(),
            judged: Cell::new(false),
            heard: Cell::new(false),
            said_before_the_look: RefCell::default(),
        }
    }

    /// Does insta compare, and not this stage?
    pub(crate) fn records(&self) -> bool {
        self.script.borrow().is_recorded()
    }

    pub(crate) fn lines_so_far(&self) -> usize {
        self.script.borrow().lines().len()
    }

    pub(crate) fn programs(&self) -> Vec<Rc<Running>> {
        self.programs.borrow().clone()
    }

    pub(crate) fn all_have_ended(&self) -> bool {
        let programs = self.programs.borrow();
        programs.iter().all(|program| program.has_ended())
    }

    /// A program takes part from here on.
    pub(crate) fn cast(&self, running: &Rc<Running>) {
        self.heard.set(false);
        self.programs.borrow_mut().push(Rc::clone(running));
    }

    /// Writes down a line; the first that differs from the snapshot ends the scenario.
    pub(crate) fn record(&self, event: Event) {
        if !self.write_down(event) {
            self.stop(Cause::Differs);
        }
    }

    /// Writes down that something did not come in time, which ends the scenario,
    /// unless the solution's did not come either.
    pub(crate) fn record_silence(&self, event: Event) {
        let as_expected = self.write_down(event);
        if self.records() || !as_expected {
            self.stop(Cause::Hung);
        }
    }

    /// Writes down what had come when nothing more came in time: where it is the beginning
    /// of what is due, it is the silence that ends the scenario.
    pub(crate) fn record_unfinished(&self, event: Event, got: &[u8]) {
        let begins = self.script.borrow().is_begun_by(got);
        if !self.write_down(event) {
            self.stop(if begins { Cause::Hung } else { Cause::Differs });
        }
    }

    /// How many bytes `who` is still to receive, as far as it is known.
    pub(crate) fn due_to(&self, who: &str) -> Option<usize> {
        self.script.borrow().due_to(who)
    }

    fn write_down(&self, event: Event) -> bool {
        let rest = self.names.borrow().apply(&event.rest);
        self.script.borrow_mut().add(Event { rest, ..event })
    }

    /// Ends the scenario here: collects what is known, reports, and unwinds.
    pub(crate) fn stop(&self, cause: Cause) -> ! {
        let report = self.investigate(cause);
        self.hand_in(&report);
        unwind()
    }

    /// The last word of a scenario that came to its end.
    pub(crate) fn conclude(&self) {
        if self.records() {
            self.judged.set(true);
            snapshot::assert_recorded(
                &self.lesson,
                &self.scenario,
                self.step,
                self.script.borrow().lines(),
            );
            return;
        }
        if self.script.borrow().expected().is_empty() {
            self.stop(Cause::Broken(format!(
                "the scenario {} has no snapshot yet",
                self.scenario
            )));
        }
        if self.script.borrow().is_short() {
            self.stop(Cause::Differs);
        }
        self.hand_in(&self.report(Verdict::Passed));
    }

    /// Under `REQUIRE_ALL=1` a bare `cargo test` takes what is missing for a failure.
    pub(crate) fn skip(&self, reason: &str) {
        println!("{}: skipped: {reason}", self.scenario);
        let required = std::env::var_os("REQUIRE_ALL").is_some_and(|value| value == "1");
        if required && Channel::of_this_run().is_none() {
            self.judged.set(true);
            panic!("{reason}, and everything is required");
        }
        self.hand_in(&Report {
            reason: Some(reason.to_owned()),
            ..self.report(Verdict::Skipped)
        });
    }

    /// The scenario is not told: skipped, and unwound.
    pub(crate) fn leave_out(&self, reason: &str) -> ! {
        self.skip(reason);
        unwind()
    }

    /// A scenario that was left without `end()` was left by a bug of its own.
    pub(crate) fn left(&self) {
        if !self.judged.get() {
            self.hand_in(
                &self.investigate(Cause::Broken("the scenario itself went wrong".to_owned())),
            );
        }
    }

    fn investigate(&self, cause: Cause) -> Report {
        let after_ms = self.elapsed_ms();
        let waiting = match cause {
            Cause::Hung => self.look(),
            _ => Vec::new(),
        };
        let last_words = cause == Cause::Differs;
        let programs = self.programs();
        let endings: Vec<_> = programs
            .iter()
            .map(|program| program.finish(last_words))
            .collect();
        let ended = |(running, ending)| Ended {
            who: running,
            ending,
        };
        let whos = programs.iter().map(|running| running.who.as_str());
        let Judgement {
            verdict,
            script,
            differs_at,
            panics,
        } = Facts {
            cause: &cause,
            step: self.step,
            script: self.script.borrow().lines(),
            expected: self.script.borrow().expected(),
            ended: &whos.zip(&endings).map(ended).collect::<Vec<_>>(),
            stderr: &self.stderr(),
        }
        .judge();
        let reason = match cause {
            Cause::Broken(reason) => Some(reason),
            Cause::Differs | Cause::Hung => None,
        };
        Report {
            actual: script,
            endings,
            panics,
            reason,
            after_ms,
            waiting,
            differs_at: Some(differs_at),
            ..self.report(verdict)
        }
    }

    fn report(&self, verdict: Verdict) -> Report {
        let stderr = self.stderr();
        let skipped = stderr.chars().count().saturating_sub(STDERR_SHOWN);
        Report {
            expected: self.script.borrow().expected().to_vec(),
            actual: self.script.borrow().lines().to_vec(),
            stderr: stderr.chars().skip(skipped).collect(),
            flooded: self
                .programs
                .borrow()
                .iter()
                .any(|program| program.stdout.flooded() || program.stderr.flooded()),
            ports: self.names.borrow().ports(),
            after_ms: self.elapsed_ms(),
            ..Report::new(&self.scenario, self.step, verdict)
        }
    }

    /// What the programs wait in right now. A look may interrupt the call of a thread
    /// (`man 7 signal`), so what they say and do after it does not count.
    fn look(&self) -> Vec<Thread> {
        self.programs().iter().for_each(|running| running.settle());
        let said = self.stderr();
        *self.said_before_the_look.borrow_mut() = Some(said);
        let lesson = self.lesson.package.replacen("solution-", "lesson-", 1);
        // A command of its own may be built from anywhere in a folder of that name.
        let own = programs::given().is_none();
        let source = if own {
            format!("{lesson}/src/")
        } else {
            format!("{lesson}/")
        };
        let ask = |running: &Rc<Running>| tracer::waits(running.process, &source);
        self.programs().iter().filter_map(ask).flatten().collect()
    }

    fn elapsed_ms(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn stderr(&self) -> String {
        if let Some(said) = &*self.said_before_the_look.borrow() {
            return said.clone();
        }
        let programs = self.programs.borrow();
        programs
            .iter()
            .map(|program| program.stderr.text())
            .collect()
    }

    fn hand_in(&self, report: &Report) {
        self.judged.set(true);
        let Some(channel) = Channel::of_this_run() else {
            if !matches!(report.verdict, Verdict::Passed | Verdict::Skipped) {
                println!("{}", report.as_text());
            }
            return;
        };
        if let Err(error) = channel.report(report) {
            eprintln!(
                "the report of {} could not be written: {error}",
                self.scenario
            );
        }
    }
}

/// Leaves the scenario without a word: it was judged.
fn unwind() -> ! {
    std::panic::resume_unwind(Box::new("the scenario was judged"))
}
