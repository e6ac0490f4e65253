//! The learner's program as a scenario tells of it: what it prints, what is typed
//! into it, what it holds, how it ends.

use crate::cast::company::Company;
use crate::cast::peer::Peer;
use crate::deadline::{PART, PATIENCE, QUIET, watch};
use crate::judge::verdict::Cause;
use crate::network::wire::{NoConnection, Wire};
use crate::process::ending::complaints_in;
use crate::process::lockstep::{Transport, is_past_its_input, reads_its_input};
use crate::process::output::NextLine;
use crate::process::running::Running;
use crate::transcript::bytes::quote;
use crate::transcript::event::Event;
use crate::transcript::names::address_in;
use std::cell::Cell;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, UdpSocket};
use std::rc::Rc;
use std::time::{Duration, Instant};

/// How long a connection that should not come about is given to come about after
/// all. Over loopback an answer takes well under a millisecond; Windows repeats the
/// SYN for two seconds before it reports a refusal.
const IN_VAIN: Duration = Duration::from_millis(if cfg!(windows) { 3_000 } else { 300 });

/// A program that the scenario started.
pub struct Program {
    stage: Rc<Company>,
    running: Rc<Running>,
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
        self.next_line("stdout");
    }

    /// Waits for the next line on stdout, which tells an address; its port is
    /// written `<name>` from there on, and peers connect to it.
    pub fn tells_its_address(&mut self, name: &str) {
        let line = self.take_line();
        if let Some(address) = address_in(&line) {
            self.stage.names.borrow_mut().learn(address.port(), name);
            self.address = Some(address);
        }
        self.stage.record(self.event("stdout", line));
    }

    fn next_line(&mut self, what: &str) {
        let line = self.take_line();
        self.stage.record(self.event(what, line));
    }

    fn take_line(&self) -> String {
        let started = Instant::now();
        let next = loop {
            match self.running.stdout.next_line(PART) {
                NextLine::Silence { .. } if !self.stage.in_vain(started.elapsed()) => {}
                next => break next,
            }
        };
        match next {
            NextLine::Line(line) => {
                self.stage.hears_of_a_program();
                quote(&line)
            }
            NextLine::Closed => self.tells_its_end_instead(),
            NextLine::Silence { unfinished } => {
                self.tells_of_bytes_too_many();
                if !unfinished.is_empty() {
                    self.stage.record(self.event("stdout", quote(&unfinished)));
                }
                self.stage.record_silence(self.event("stdout", "silence"));
                String::new()
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
        match ending.and_then(|ending| Event::of_ending(&self.running.who, &ending)) {
            Some(event) => self.stage.record(event),
            None => self.stage.record_silence(self.event("closed", "stdout")),
        }
        self.stage.stop(Cause::Differs)
    }

    /// Waits for a while ([`QUIET`]) and sees no line: `stdout silence` is what is due
    /// here, and anything else is told.
    pub fn prints_nothing(&mut self) {
        match self.running.stdout.next_line(QUIET) {
            NextLine::Line(line) => self.stage.record(self.event("stdout", quote(&line))),
            NextLine::Closed => self.tells_its_end_instead(),
            NextLine::Silence { .. } => self.stage.record(self.event("stdout", "silence")),
        }
    }

    /// Waits until the program has printed more than the check keeps: `stdout without end`.
    pub fn prints_without_end(&mut self) {
        let stdout = &self.running.stdout;
        let what = match watch(PATIENCE, || stdout.flooded().then_some(())) {
            Some(()) => "without end",
            None => "with an end",
        };
        self.stage.record(self.event("stdout", what));
        stdout.forget();
    }

    /// The exception that a Python program was ended by: the name at the beginning of the
    /// last line on stderr. Call it after [`Program::ends`].
    pub fn raised_an_exception(&mut self) {
        self.running.stderr.run_dry();
        let stderr = self.running.stderr.text();
        let last = stderr.lines().next_back().unwrap_or_default();
        let name = last.split(':').next().unwrap_or_default();
        self.stage.record(self.event("stderr", name));
    }

    /// Types a line and Enter.
    pub fn is_typed(&mut self, line: &str) {
        let line = format!("{line}\n");
        self.stage
            .record(self.event("stdin", quote(line.as_bytes())));
        self.running.type_in(&line);
    }

    /// Waits until it waits for something else than its input, or has ended. Not written
    /// down: it only sees to it that what was typed has had its effect.
    pub fn is_past_its_input(&self) {
        watch(PATIENCE, || {
            let past = self.running.has_ended() || is_past_its_input(self.running.process);
            past.then_some(())
        });
    }

    /// Waits for a while ([`QUIET`]) until nothing in it waits for its input any more, or it
    /// has ended. Not written down: a program that goes on reading is as right.
    pub fn stops_reading_its_input(&self) {
        watch(QUIET, || {
            let over = self.running.has_ended() || !reads_its_input(self.running.process);
            over.then_some(())
        });
    }

    /// Ends the program's input, as Ctrl-D does.
    pub fn is_typed_the_end(&mut self) {
        self.stage.record(self.event("stdin", "end"));
        self.running.end_input();
    }

    /// Ctrl-C at the program's terminal: SIGINT. Never reached where
    /// [`crate::Sight::Interrupt`] is missing.
    pub fn is_interrupted(&mut self) {
        self.stage.record(self.event("ctrl-c", ""));
        self.running.interrupt();
    }

    /// The program is stopped and goes on: a call that waits on a socket with a time-out
    /// then fails with EINTR (`man 7 signal`, "Interruption of system calls and library
    /// functions by stop signals"). Never reached where [`crate::Sight::StopSignal`] is
    /// missing.
    pub fn is_stopped_for_a_moment(&mut self) {
        self.stage.record(self.event("stopped", "for a moment"));
        #[cfg(target_os = "linux")]
        crate::process::linux::stop_for_a_moment(self.running.process, PATIENCE);
    }

    /// Waits until the program has ended by itself. What it printed until then
    /// comes first.
    pub fn ends(&mut self) {
        let ending = self
            .stage
            .watch(|| self.running.ending_within(Duration::ZERO));
        self.running.stdout.run_dry();
        self.tells_what_is_left();
        match ending.and_then(|ending| Event::of_ending(&self.running.who, &ending)) {
            Some(event) => self.stage.record(event),
            None => self.stage.record_silence(self.event("exit", "silence")),
        }
    }

    /// What the program printed on stderr until it ended: how many lines, and
    /// whether they name `subject`. The sentence itself is the learner's own. Call it
    /// after [`Program::ends`].
    pub fn complained_about(&mut self, subject: &str) {
        self.running.stderr.run_dry();
        let stderr = self.running.stderr.text();
        let lines = complaints_in(&stderr);
        let unit = if lines.len() == 1 { "line" } else { "lines" };
        let named = lines.iter().any(|line| line.contains(subject));
        let names = if named { "naming" } else { "not naming" };
        self.stage.record(self.event(
            "stderr",
            format!("{} {unit}, {names} {subject}", lines.len()),
        ));
    }

    /// Records which sockets the program holds at this moment, by protocol, as the
    /// system shows them.
    #[cfg(target_os = "linux")]
    pub fn holds_sockets(&mut self) {
        match crate::process::linux::held_sockets(self.running.process) {
            Ok(names) => self.stage.record(self.event("sockets", names.join(", "))),
            Err(error) => self.stage.stop(Cause::Broken(format!(
                "the program's sockets cannot be seen: {error}"
            ))),
        }
    }

    /// Never reached where [`crate::Sight::HeldSockets`] is missing.
    #[cfg(not(target_os = "linux"))]
    pub fn holds_sockets(&mut self) {
        self.stage.stop(Cause::Broken(
            "this system does not show which sockets a program holds".to_owned(),
        ));
    }

    /// Tries to bind the program's own port on `host`, and records whether it is
    /// taken: a bound socket stands in no table before it listens.
    pub fn keeps_its_port_on(&mut self, host: Ipv4Addr) {
        self.tells_of_its_port(host, TcpListenerWithoutReuse::bind);
    }

    /// As [`Program::keeps_its_port_on`], among the ports of UDP.
    pub fn keeps_its_udp_port_on(&mut self, host: Ipv4Addr) {
        self.tells_of_its_port(host, |address| UdpSocket::bind(address).is_ok());
    }

    fn tells_of_its_port(&self, host: Ipv4Addr, binds: impl Fn(SocketAddr) -> bool) {
        let address = SocketAddr::from((host, self.socket_address().port()));
        let state = if binds(address) { "free" } else { "taken" };
        self.stage.record(Event::new(
            "neighbour",
            "bind",
            format!("{address} {state}"),
        ));
    }

    /// A client connects.
    pub fn client(&mut self, name: &str) -> Peer {
        match self.connect(name, PATIENCE) {
            Ok(client) => client,
            Err(NoConnection::Silence) => {
                self.stage
                    .record_silence(Event::new(name, "connect", "silence"));
                self.stage.stop(Cause::Hung)
            }
            Err(NoConnection::Machine(error)) => self.cannot_connect(name, &error),
            Err(other) => {
                self.stage
                    .record(Event::new(name, "connect", other.to_string()));
                self.stage.stop(Cause::Differs)
            }
        }
    }

    fn cannot_connect(&self, name: &str, error: &std::io::Error) -> ! {
        let why = format!("{name} could not connect: {error}");
        self.stage.stop(Cause::Broken(why))
    }

    /// A client tries to connect, and it is recorded what came of it: connected,
    /// refused, or silence for a while.
    pub fn client_tries(&mut self, name: &str) -> Option<Peer> {
        for wire in self.stage.wires() {
            wire.arrives();
        }
        match self.connect(name, IN_VAIN) {
            Ok(client) => Some(client),
            Err(NoConnection::Machine(error)) => self.cannot_connect(name, &error),
            Err(why) => {
                self.stage
                    .record(Event::new(name, "connect", why.to_string()));
                None
            }
        }
    }

    /// The address that the program told, to be given to another; empty before.
    pub fn address(&self) -> String {
        self.address
            .map_or_else(String::new, |address| address.to_string())
    }

    pub(crate) fn process(&self) -> u32 {
        self.running.process
    }

    /// How the transcript calls it.
    pub(crate) fn name(&self) -> &str {
        &self.running.who
    }

    pub(crate) fn stage(&self) -> &Company {
        &self.stage
    }

    pub(crate) fn is_known_as_own(&self, transport: Transport) -> bool {
        self.own.get() == Some(transport)
    }

    pub(crate) fn knows_as_own(&self, transport: Transport) {
        self.own.set(Some(transport));
    }

    /// The address that the program told.
    pub(crate) fn socket_address(&self) -> SocketAddr {
        match self.address {
            Some(address) => address,
            None => self.stage.stop(Cause::Broken(
                "the scenario asks for an address that the program never told".to_owned(),
            )),
        }
    }

    fn event(&self, what: &str, rest: impl Into<String>) -> Event {
        Event::new(&self.running.who, what, rest)
    }

    fn connect(&self, name: &str, limit: Duration) -> Result<Peer, NoConnection> {
        let address = self.own_address(Transport::Tcp);
        let wire = Rc::new(Wire::connect(name, self.running.process, address, limit)?);
        self.stage.names.borrow_mut().learn(wire.local.port(), name);
        self.stage
            .record(wire.event("connect", address.to_string()));
        self.stage.connected(&wire);
        Ok(Peer::of(&self.stage, &wire))
    }

    /// Lines on stdout that the scenario did not ask for.
    pub(crate) fn tells_what_is_left(&mut self) {
        while let NextLine::Line(line) = self.running.stdout.next_line(Duration::ZERO) {
            self.stage.record(self.event("stdout", quote(&line)));
        }
    }
}

/// A bind that gives way to whoever has the port: std's listener would share it
/// with a socket that allows reuse.
struct TcpListenerWithoutReuse;

impl TcpListenerWithoutReuse {
    fn bind(address: SocketAddr) -> bool {
        if cfg!(windows) {
            return TcpListener::bind(address).is_ok();
        }
        let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None);
        socket
            .and_then(|socket| socket.bind(&address.into()))
            .is_ok()
    }
}
