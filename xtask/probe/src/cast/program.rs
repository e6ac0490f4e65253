//! The learner's program as a scenario tells of it: what it prints, what is typed
//! into it, what it holds, how it ends.

use crate::cast::company::Company;
use crate::cast::occupant::Occupant;
use crate::cast::peer::Peer;
use crate::deadline::{Looking, PART, PATIENCE, QUIET, watch};
use crate::judge::moment::Moment;
use crate::judge::reason::{Fault, Reason};
use crate::judge::time::Wait;
use crate::judge::verdict::Cause;
use crate::process::ending::Ending;
use crate::process::lockstep::{is_past_its_input, reads_its_input};
use crate::process::output::NextLine;
use crate::process::running::Running;
use crate::process::transport::Transport;
use crate::transcript::address::address_in;
use crate::transcript::event::Event;
use crate::transcript::happening::{End, Happening, Input, Output, Stderr};
use crate::transcript::text::Quoted;
use std::cell::Cell;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;

/// A program that the scenario started.
pub struct Program {
    pub(crate) stage: Rc<Company>,
    pub(crate) running: Rc<Running>,
    address: Option<SocketAddr>,
    /// The transport for which the address was found to be the program's own.
    own: Cell<Option<Transport>>,
}

impl Program {
    pub(crate) fn of(stage: &Rc<Company>, running: &Rc<Running>) -> Self {
        Self {
            stage: Rc::clone(stage),
            running: Rc::clone(running),
            address: None,
            own: Cell::new(None),
        }
    }

    /// Waits for the next line on stdout.
    pub fn prints_a_line(&mut self) {
        if let Some(line) = self.take_line() {
            self.tell(Happening::line(&line));
        }
    }

    /// Waits for this line on stdout, and tells nothing of those that come before it.
    pub fn comes_to_print(&mut self, due: &str) {
        while let Some(line) = self.take_line() {
            if line.trim_ascii_end() == due.as_bytes() {
                return self.tell(Happening::line(&line));
            }
        }
    }

    /// Waits for the next line on stdout, which tells an address; its port is
    /// written `<name>` from there on, and peers connect to it.
    pub fn tells_its_address(&mut self, name: &str) {
        let Some(line) = self.take_line() else {
            return;
        };
        self.address = address_in(&String::from_utf8_lossy(&line));
        if let Some(address) = self.address {
            self.stage.names.borrow_mut().learn(address.port(), name);
        }
        self.tell(Happening::line(&line));
    }

    /// The next line; `None` where none came, and that was due.
    pub(crate) fn take_line(&self) -> Option<Vec<u8>> {
        let mut looking = Looking::begin();
        let next = loop {
            match self.running.stdout.next_line(PART) {
                NextLine::Silence { .. } if !self.stage.in_vain(looking.time()) => {}
                next => break next,
            }
        };
        match next {
            NextLine::Line(line) => {
                self.stage.hears_of_a_program();
                Some(line)
            }
            NextLine::Closed => self.tells_its_end_instead(),
            NextLine::Silence { unfinished } => {
                self.tells_of_bytes_too_many();
                if !unfinished.is_empty() {
                    // It is told now, and not as what came after.
                    self.running.stdout.forget();
                    self.tell(Happening::line(&unfinished));
                }
                self.tell_silence(Happening::Stdout(Output::Silence));
                None
            }
        }
    }

    /// A program may say nothing because it still sends, beyond all that is due.
    fn tells_of_bytes_too_many(&self) {
        for wire in self.stage.wires() {
            let due = self.stage.due_to(&wire.name);
            if due.is_some_and(|due| wire.holds_more_than(due)) {
                Peer::of(&self.stage, &wire).tells_what_is_left();
            }
        }
    }

    pub(crate) fn has_ended(&self) -> bool {
        self.running.has_ended()
    }

    /// A line was due, and stdout ended: because the program did, or because it
    /// closed stdout and stays.
    pub(crate) fn tells_its_end_instead(&self) -> ! {
        let ending = self.running.ending_within(PATIENCE);
        match ending.as_ref().and_then(Happening::of_ending) {
            Some(end) => self.tell(end),
            None => self.tell_silence(Happening::Stdout(Output::Closed)),
        }
        self.stage.stop(Cause::Differs)
    }

    /// Waits for a while ([`crate::QUIET`]) and sees no line: `stdout silence` is what is due
    /// here, and anything else is told.
    pub fn prints_nothing(&mut self) {
        match self.running.stdout.next_line(QUIET) {
            NextLine::Line(line) => self.tell(Happening::line(&line)),
            NextLine::Closed => self.tells_its_end_instead(),
            NextLine::Silence { .. } => self.tell(Happening::Stdout(Output::Silence)),
        }
    }

    /// Waits until the program has printed more than the check keeps: `stdout without end`.
    pub fn prints_without_end(&mut self) {
        let stdout = &self.running.stdout;
        let what = match watch(PATIENCE, || stdout.flooded().then_some(())) {
            Some(()) => Output::WithoutEnd,
            None => Output::WithAnEnd,
        };
        self.tell(Happening::Stdout(what));
        stdout.forget();
    }

    /// The exception that a Python program was ended by: the name at the beginning of the
    /// last line on stderr. Call it after [`Program::ends`].
    pub fn raised_an_exception(&mut self) {
        self.running.stderr.run_dry();
        let stderr = self.running.stderr.text();
        let last = stderr.lines().next_back().unwrap_or_default();
        let name = last.split(':').next().unwrap_or_default();
        self.tell(Happening::Stderr(Stderr::exception(name)));
    }

    /// Waits for the next line on stdout, `wait` after `since`: another wait is written
    /// `stdout too soon` or `stdout too late`. For a scenario that is
    /// [told in time](crate::timed).
    pub fn prints_a_line_after(&mut self, since: Moment, wait: Wait) -> Moment {
        let (line, until) = self.stage.awaits(since, wait, || self.take_line());
        let Some(line) = line else { return until };
        let event = self.event(Happening::line(&line));
        self.stage.record_after(event, wait, since, until)
    }

    /// As [`Program::ends`], `wait` after `since`: another wait is written `exit too soon`
    /// or `exit too late`. For a scenario that is [told in time](crate::timed).
    pub fn ends_after(&mut self, since: Moment, wait: Wait) {
        let (ending, until) = self.awaits_its_ending_after(since, wait);
        self.tells_what_came_before();
        match self.ended(ending) {
            Some(end) => {
                self.stage.record_after(self.event(end), wait, since, until);
            }
            None => self.tell_silence(Happening::End(End::Silence)),
        }
    }

    /// Waits until it waits for an answer of a [port that is
    /// silent](crate::Scene::port_that_is_silent), or has ended; the last moment when that was
    /// not so. Not written down.
    pub fn asks(&self, silent: &Occupant) -> Moment {
        let mut before = self.stage.moment();
        self.stage.watch(|| {
            let now = self.stage.moment();
            if silent.is_asked() || self.running.has_ended() {
                return Some(());
            }
            before = now;
            None
        });
        before
    }

    /// Types a line, text or bytes, and Enter; the moment is the one before.
    pub fn is_typed(&mut self, line: &(impl AsRef<[u8]> + ?Sized)) -> Moment {
        let line = [line.as_ref(), b"\n"].concat();
        let typed = Input::Line(Quoted::of(&line));
        self.tell(Happening::Stdin(typed));
        let moment = self.stage.moment();
        self.running.type_in(&line);
        moment
    }

    /// Waits until it waits for a line of its input. Not written down; a program that
    /// never does is found out by what it does next. Needs
    /// [`crate::Sight::WaitingForInput`].
    pub fn waits_for_its_input(&self) {
        watch(PATIENCE, || {
            let ready = self.running.has_ended() || reads_its_input(self.running.process());
            ready.then_some(())
        });
    }

    /// Waits until it waits for something else than its input, or has ended. Not written
    /// down: it only sees to it that what was typed has had its effect.
    pub fn is_past_its_input(&self) {
        watch(PATIENCE, || {
            let past = self.running.has_ended() || is_past_its_input(self.running.process());
            past.then_some(())
        });
    }

    /// Waits for a while ([`crate::QUIET`]) until nothing in it waits for its input any more, or it
    /// has ended. Not written down: a program that goes on reading is as right.
    pub fn stops_reading_its_input(&self) {
        watch(QUIET, || {
            let over = self.running.has_ended() || !reads_its_input(self.running.process());
            over.then_some(())
        });
    }

    /// Ends the program's input, as Ctrl-D does.
    pub fn is_typed_the_end(&mut self) {
        self.tell(Happening::Stdin(Input::End));
        self.running.end_input();
    }

    /// Ctrl-C at the program's terminal: SIGINT. Never reached where
    /// [`crate::Sight::Interrupt`] is missing.
    pub fn is_interrupted(&mut self) {
        self.tell(Happening::CtrlC);
        self.running.interrupt();
    }

    /// SIGTERM, as `kill` sends it, and whoever ends a service. Never reached where
    /// [`crate::Sight::Terminate`] is missing.
    pub fn is_terminated(&mut self) {
        self.tell(Happening::Sigterm);
        self.running.terminate();
    }

    /// The program is stopped and goes on: a call that waits on a socket with a time-out
    /// then fails with EINTR (`man 7 signal`, "Interruption of system calls and library
    /// functions by stop signals"). Never reached where [`crate::Sight::StopSignal`] is
    /// missing.
    pub fn is_stopped_for_a_moment(&mut self) {
        self.is_stopped_while(|_| ());
    }

    /// As [`Self::is_stopped_for_a_moment`], for as long as something else is done.
    pub fn is_stopped_while<T>(&mut self, meanwhile: impl FnOnce(&mut Self) -> T) -> T {
        self.tell(Happening::Stopped);
        #[cfg(target_os = "linux")]
        let _stopped = crate::process::linux::Stopped::of(self.running.process(), PATIENCE);
        meanwhile(self)
    }

    /// Waits until the program has ended by itself. What it printed until then
    /// comes first.
    pub fn ends(&mut self) {
        self.tells_its_end(Happening::of_ending);
    }

    pub(crate) fn tells_its_end(&mut self, tells: impl Fn(&Ending) -> Option<Happening>) {
        let ending = self.awaits_its_ending();
        self.tells_what_came_before();
        match ending.as_ref().and_then(tells) {
            Some(end) => self.tell(end),
            None => self.tell_silence(Happening::End(End::Silence)),
        }
    }

    /// As [`Program::ends_after`], whatever it says and however it ends: written `ended`,
    /// or `ended too soon` or `ended too late`.
    pub fn gives_up_after(&mut self, since: Moment, wait: Wait) {
        let (ending, until) = self.awaits_its_ending_after(since, wait);
        match ending {
            Some(_) => {
                let event = self.event(Happening::Ended);
                self.stage.record_after(event, wait, since, until);
            }
            None => self.tell_silence(Happening::End(End::Silence)),
        }
    }

    fn awaits_its_ending(&self) -> Option<Ending> {
        self.stage
            .watch(|| self.running.ending_within(Duration::ZERO))
    }

    /// Its ending, and when it was seen. How it had to wait for a processor is told until it is
    /// reaped.
    fn awaits_its_ending_after(&self, since: Moment, wait: Wait) -> (Option<Ending>, Moment) {
        let mut looked = since;
        let look = || {
            if !self.running.is_over() {
                return None;
            }
            looked = self.stage.moment();
            self.running.ending_within(Duration::ZERO)
        };
        let (ending, until) = self.stage.awaits(since, wait, || self.stage.watch(look));
        (ending, until.of_an_ending(looked, since))
    }

    fn ended(&self, ending: Option<Ending>) -> Option<Happening> {
        ending.as_ref().and_then(Happening::of_ending)
    }

    fn tells_what_came_before(&mut self) {
        self.running.stdout.run_dry();
        self.tells_what_is_left();
    }

    /// The address that the program told, to be given to another; empty before.
    pub fn address(&self) -> String {
        self.address
            .map_or_else(String::new, |address| address.to_string())
    }

    pub(crate) fn process(&self) -> u32 {
        self.running.process()
    }

    /// How the transcript calls it.
    pub(crate) fn name(&self) -> &str {
        &self.running.who
    }

    pub(crate) fn is_known_as_own(&self, transport: Transport) -> bool {
        self.own.get() == Some(transport)
    }

    pub(crate) fn knows_as_own(&self, transport: Transport) {
        self.own.set(Some(transport));
    }

    /// The address that the program told. A line that tells none differs from the
    /// solution's, so that only a scenario that asks a program which is not to tell one
    /// finds none here.
    pub(crate) fn socket_address(&self) -> SocketAddr {
        match self.address {
            Some(address) => address,
            None => {
                let fault = Fault::NoAddress;
                self.stage.stop(Cause::Broken(Reason::Scenario { fault }))
            }
        }
    }

    fn event(&self, what: Happening) -> Event {
        Event::new(&self.running.who, what)
    }

    pub(crate) fn tell(&self, what: Happening) {
        self.stage.record(self.event(what));
    }

    pub(crate) fn tell_silence(&self, what: Happening) {
        self.stage.record_silence(self.event(what));
    }

    /// Lines on stdout that the scenario did not ask for.
    pub(crate) fn tells_what_is_left(&mut self) {
        while let NextLine::Line(line) = self.running.stdout.next_line(Duration::ZERO) {
            self.tell(Happening::line(&line));
        }
    }
}
