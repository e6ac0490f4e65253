//! What the parts of one scenario share: its script so far, the names of ports, and the
//! programs. Here the scenario is stopped, and its report handed in, once.

use crate::judge::channel::{Channel, is_kept};
use crate::judge::due::Due;
use crate::judge::moment::Moment;
use crate::judge::reason::{Fault, Reason};
use crate::judge::report::Report;
use crate::judge::script::Script;
use crate::judge::snapshot;
use crate::judge::tellings::Telling;
use crate::judge::told::{self, Said};
use crate::judge::unwritten::Unwritten;
use crate::judge::verdict::{Cause, Ended, Facts, Judgement, Verdict};
use crate::process::programs::{self, Lesson};
use crate::process::queued::{OfEach, Queued, Starving};
use crate::process::running::Running;
use crate::transcript::event::{Event, NoLine};
use crate::transcript::names::Names;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;
use tracer::Thread;

/// How much of stderr a report carries, in characters.
const STDERR_SHOWN: usize = 2_000;

pub(crate) struct Stage {
    pub(crate) lesson: Lesson,
    pub(crate) scenario: String,
    pub(crate) step: u32,
    pub(crate) unwritten: Unwritten,
    /// For a scenario that judges waits.
    pub(crate) telling: Option<Telling>,
    script: RefCell<Script>,
    /// The line of the snapshot that is none.
    unreadable: Option<String>,
    pub(crate) names: RefCell<Names>,
    pub(crate) programs: RefCell<Vec<Rc<Running>>>,
    started: Instant,
    judged: Cell<bool>,
    /// Has a program given a sign of itself since the youngest was started?
    pub(crate) heard: Cell<bool>,
    pub(crate) due: Due,
    pub(crate) starving: Cell<Starving>,
    /// In a scenario that judges waits: when its programs began, or the last wait ended.
    pub(crate) timed_since: Cell<Option<Moment>>,
    before_the_look: RefCell<Option<Said>>,
}

impl Stage {
    pub(crate) fn set(
        lesson: Lesson,
        step: u32,
        scenario: String,
        telling: Option<Telling>,
    ) -> Self {
        let records = records(&lesson);
        let folder = snapshot::folder_of(&lesson);
        let known = if records {
            Ok(None)
        } else {
            snapshot::recorded(&folder, &scenario)
        };
        let (expected, unreadable) = match known {
            Ok(known) => (known.map_or_else(Vec::new, |known| known.events), None),
            Err(NoLine(line)) => (Vec::new(), Some(line)),
        };
        Self {
            script: RefCell::new(Script::against((!records).then_some(expected))),
            unreadable,
            lesson,
            telling,
            scenario,
            step,
            unwritten: Unwritten::known(),
            names: RefCell::default(),
            programs: RefCell::default(),
            started: Instant::now(),
            judged: Cell::new(false),
            heard: Cell::new(false),
            due: Due::default(),
            starving: Cell::default(),
            timed_since: Cell::default(),
            before_the_look: RefCell::default(),
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

    /// How the programs had to wait for a processor so far.
    pub(crate) fn queued(&self) -> Queued {
        let programs = self.programs.borrow();
        let all = programs.iter().map(|program| program.queued());
        all.fold(Queued::default(), |sum, one| sum + one)
    }

    /// The same by thread.
    pub(crate) fn queued_of_each(&self) -> OfEach {
        let programs = self.programs.borrow();
        programs
            .iter()
            .flat_map(|program| program.queued_of_each())
            .collect()
    }

    pub(crate) fn all_have_ended(&self) -> bool {
        let programs = self.programs.borrow();
        programs.iter().all(|program| program.has_ended())
    }

    /// A program takes part from here on.
    pub(crate) fn cast(&self, running: &Rc<Running>) {
        self.heard.set(false);
        self.programs.borrow_mut().push(Rc::clone(running));
        self.timed_since.set(self.telling.map(|_| self.moment()));
    }

    /// Writes down a line; the first that differs from the snapshot ends the scenario.
    pub(crate) fn record(&self, event: Event) {
        if !self.write_down(event) {
            self.tells_again_if_it_may_be_late();
            self.stop(Cause::Differs);
        }
    }

    /// Writes down that a wait is wrong, which ends the scenario.
    pub(crate) fn refuse(&self, event: Event) -> ! {
        self.write_down(event);
        self.stop(Cause::Differs)
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
            self.tells_again_if_it_may_be_late();
            self.stop(if begins { Cause::Hung } else { Cause::Differs });
        }
    }

    /// How many bytes `who` is still to receive, as far as it is known.
    pub(crate) fn due_to(&self, who: &str) -> Option<usize> {
        self.script.borrow().due_to(who)
    }

    /// Is `event` the next line, as far as is known?
    pub(crate) fn is_due(&self, event: &Event) -> bool {
        self.script.borrow().expects(&self.with_names(event))
    }

    fn write_down(&self, event: Event) -> bool {
        let event = self.with_names(&event);
        self.script.borrow_mut().add(event)
    }

    fn with_names(&self, event: &Event) -> Event {
        let what = event.what.clone().named(&self.names.borrow());
        Event {
            who: event.who.clone(),
            what,
        }
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
            self.stop(Cause::Broken(self.why_nothing_is_due()));
        }
        if self.script.borrow().is_short() {
            self.stop(Cause::Differs);
        }
        self.hand_in(&self.report(Verdict::Passed));
    }

    fn why_nothing_is_due(&self) -> Reason {
        match &self.unreadable {
            Some(line) => Reason::UnreadableSnapshot { line: line.clone() },
            None => Reason::NoSnapshot,
        }
    }

    /// Under `REQUIRE_ALL=1` a bare `cargo test` takes what is missing for a failure.
    pub(crate) fn skip(&self, reason: Reason) {
        println!("{}: skipped: {reason}", self.scenario);
        let required = std::env::var_os("REQUIRE_ALL").is_some_and(|value| value == "1");
        if required && Channel::of_this_run().is_none() {
            self.judged.set(true);
            panic!("{reason}, and everything is required");
        }
        self.hand_in(&Report {
            reason: Some(reason),
            ..self.report(Verdict::Skipped)
        });
    }

    /// The scenario is not told: skipped, and unwound.
    pub(crate) fn leave_out(&self, reason: Reason) -> ! {
        self.skip(reason);
        unwind()
    }

    /// A scenario that was left without `end()` was left by a bug of its own.
    pub(crate) fn left(&self) {
        if !self.judged.get() {
            let fault = Fault::LeftEarly;
            self.hand_in(&self.investigate(Cause::Broken(Reason::Scenario { fault })));
        }
    }

    /// The scenario is told again, and another telling is judged.
    pub(crate) fn leave_unjudged(&self) {
        self.judged.set(true);
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
            unwritten: &self.unwritten,
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
            printed_next: self.said().printed_next,
            endings,
            panics,
            reason,
            after_ms,
            waiting,
            differs_at: Some(differs_at),
            came_as: self.script.borrow().last_as_it_came(),
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
            flooded: self.is_flooded(),
            started: told::started(&self.programs(), &self.names.borrow()),
            ports: self.names.borrow().ports(),
            after_ms: self.elapsed_ms(),
            waits_ms: self.due.longest_ms(),
            ..Report::new(&self.scenario, self.step, verdict)
        }
    }

    /// What the programs wait in right now. A look may interrupt the call of a thread
    /// (`man 7 signal`), so what they say and do after it does not count.
    fn look(&self) -> Vec<Thread> {
        self.programs().iter().for_each(|running| running.settle());
        let said = self.said();
        *self.before_the_look.borrow_mut() = Some(said);
        let lesson = self.lesson.package.replacen("solution-", "lesson-", 1);
        // A command of its own may be built from anywhere in a folder of that name.
        let own = programs::given().is_none();
        let source = if own {
            format!("{lesson}/src/")
        } else {
            format!("{lesson}/")
        };
        let ask = |running: &Rc<Running>| tracer::waits(running.process(), &source);
        self.programs().iter().filter_map(ask).flatten().collect()
    }

    fn elapsed_ms(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn stderr(&self) -> String {
        if let Some(said) = &*self.before_the_look.borrow() {
            return said.stderr.clone();
        }
        told::stderr(&self.programs())
    }

    /// Until they were looked at, if they were.
    fn said(&self) -> Said {
        let before = self.before_the_look.borrow().clone();
        before.unwrap_or_else(|| Said::by(&self.programs(), &self.names.borrow()))
    }

    /// Of several tellings of a scenario beside each other, the first report stands.
    fn hand_in(&self, report: &Report) {
        self.judged.set(true);
        let quiet = self.telling.is_some_and(|telling| telling.quiet);
        if quiet && report.verdict == Verdict::Passed || !is_the_first_of(&self.scenario) {
            return;
        }
        if is_kept(report) {
            return;
        }
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

/// Does insta compare the scenarios of this package, as under a bare `cargo test` of a
/// solution?
pub(crate) fn records(lesson: &Lesson) -> bool {
    lesson.package.starts_with("solution-") && Channel::of_this_run().is_none()
}

/// Has this process reported nothing yet of the scenario?
fn is_the_first_of(scenario: &str) -> bool {
    static REPORTED: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    let mut reported = REPORTED.lock().unwrap_or_else(PoisonError::into_inner);
    reported.insert(scenario.to_owned())
}

/// Leaves the scenario without a word: it was judged.
fn unwind() -> ! {
    std::panic::resume_unwind(Box::new("the scenario was judged"))
}
