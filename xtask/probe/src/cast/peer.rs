//! A peer at its end of a TCP connection, played by the check, as a scenario tells
//! of it. Every method is one action or observation and writes one line; what
//! arrives beyond what was asked for comes into the transcript as well.

use crate::cast::company::Company;
use crate::deadline::{QUIET, watch};
use crate::glimpse;
use crate::judge::moment::{Clock, Moment};
use crate::judge::time::Wait;
use crate::network::wire::{CHUNK, Stop, Wire};
use crate::process::queued::Waited;
use crate::transcript::happening::{Flow, Happening};
use crate::transcript::text::{Payload, Quoted};
use std::cell::RefCell;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};

/// How long a program may go on listening to what has no end.
const FLOOD: Duration = Duration::from_secs(2);

/// A TCP client that connected to the program, or a server that accepted it.
pub struct Peer {
    pub(super) stage: Rc<Company>,
    pub(super) wire: Rc<Wire>,
    /// A moment before which the next line of the program cannot have come.
    since: Option<Moment>,
}

impl Peer {
    pub(crate) fn of(stage: &Rc<Company>, wire: &Rc<Wire>) -> Self {
        Self {
            stage: Rc::clone(stage),
            wire: Rc::clone(wire),
            since: None,
        }
    }

    /// The same one, for whose connection the check waits since this moment.
    pub(crate) fn awaited_since(self, since: Moment) -> Self {
        Self {
            since: Some(since),
            ..self
        }
    }

    /// Both ends of the connection: its own, and the program's.
    #[cfg(target_os = "linux")]
    pub(crate) fn ends(&self) -> (SocketAddr, SocketAddr) {
        (self.wire.local, self.wire.remote)
    }

    /// Its own end of the connection.
    pub fn address(&self) -> SocketAddr {
        self.wire.local
    }

    /// When the connection was there, by the check's own clock.
    pub fn came(&self) -> Moment {
        self.stage.moment_of(self.wire.opened, Clock::Own)
    }

    /// Sends `piece`, text or bytes, at once.
    pub fn sends(&mut self, piece: &(impl AsRef<[u8]> + ?Sized)) {
        self.sends_in_pieces(&[piece.as_ref()]);
    }

    /// Sends `pieces` in lock-step: each one only when the program has read the one
    /// before and is back in a read. Where the system does not show that, a pause of
    /// 50 ms has to do.
    pub fn sends_in_pieces(&mut self, pieces: &[&[u8]]) {
        if self.wire.send_in_lock_step(pieces) {
            let told = Flow::Bytes(Payload::of_pieces(pieces));
            self.tell(Happening::Send(told));
        } else {
            let silence = Happening::Send(Flow::Silence);
            self.stage.record_silence(self.wire.event(silence));
        }
    }

    /// Sends `piece` again and again, every `pause`, until the program ends the
    /// connection, which is due `wait` after `since`: another wait is written `ended too
    /// soon` or `ended too late`. Whether the end is FIN or RST depends on what was on its
    /// way. For a scenario that is [told in time](crate::timed).
    pub fn drips(&mut self, piece: &str, pause: Duration, since: Moment, wait: Wait) {
        let told = Flow::Again(Quoted::of(piece.as_bytes()));
        self.tell(Happening::Send(told));
        let ((), until) = self.stage.awaits(since, wait, || {
            let mut ended = self.wire.has_ended();
            while !ended && !self.stage.is_far_too_late(wait, since) {
                ended = !self.wire.send(piece.as_bytes());
                std::thread::sleep(pause);
                ended |= self.wire.has_ended();
            }
        });
        let event = self.wire.event(Happening::Ended);
        self.stage.record_after(event, wait, since, until);
    }

    /// Sends `piece` again and again, every millisecond, until the program ends the
    /// connection, with FIN or RST: `ended`. One that still listens after two seconds is
    /// written `goes-on`.
    pub fn floods(&mut self, piece: &str) {
        let told = Flow::Again(Quoted::of(piece.as_bytes()));
        self.tell(Happening::Send(told));
        self.comes_to_an_end(|| !self.wire.send(piece.as_bytes()));
    }

    /// Waits until the program ends the connection, with FIN or RST, though its patience would
    /// be longer: written as by [`Self::floods`].
    pub fn is_given_up(&mut self) {
        self.comes_to_an_end(|| false);
    }

    fn comes_to_an_end(&self, takes_no_more: impl Fn() -> bool) {
        let ended = watch(FLOOD, || {
            (takes_no_more() || self.wire.has_ended()).then_some(())
        });
        self.tell(match ended {
            Some(()) => Happening::Ended,
            None => Happening::GoesOn,
        });
    }

    /// Waits until the program has read all that was sent, or has closed. Where the system
    /// does not show that, a pause of 50 ms has to do. Not written down, unless bytes were
    /// left unread until the deadline: `unread`.
    pub fn waits_until_it_is_read(&mut self) {
        if !self.wire.wait_until_read() {
            self.stage
                .record_silence(self.wire.event(Happening::Unread));
        }
    }

    /// Does not read for `time`, whatever comes.
    pub fn reads_nothing_for(&mut self, time: Duration) {
        self.reads_nothing_since(Instant::now(), time);
    }

    /// As [`Self::reads_nothing_for`], where `time` has begun already.
    pub(crate) fn reads_nothing_since(&mut self, begun: Instant, time: Duration) {
        std::thread::sleep(time.saturating_sub(begun.elapsed()));
        let time = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        self.tell(Happening::Silent(time));
    }

    /// Receives `count` bytes, one at a time. What follows them is told by the next read.
    pub fn expects_single_bytes(&mut self, count: usize) {
        let (got, stop) = self
            .wire
            .read_pieces(&self.stage, |_| 1, |got| got.len() >= count);
        self.tells(&got, stop);
    }

    /// Receives as many bytes as `message` has, text or bytes. What follows them is told by the
    /// next read, though it may have come with them.
    pub fn expects_just(&mut self, message: &(impl AsRef<[u8]> + ?Sized)) {
        let count = message.as_ref().len();
        let piece = |got| CHUNK.min(count - got);
        let (got, stop) = self
            .wire
            .read_pieces(&self.stage, piece, |got| got.len() >= count);
        self.tells(&got, stop);
    }

    /// Receives at least `count` bytes of a stream that the scenario then leaves; what
    /// has arrived beyond a read of 64 KiB stays unread.
    pub fn expects_some(&mut self, count: usize) {
        let (got, stop) = self
            .wire
            .read_pieces(&self.stage, |_| CHUNK, |got| got.len() >= count);
        if stop.is_some() {
            return self.tells(&got, stop);
        }
        self.tell(Happening::Recv(Flow::AtLeast(count)));
    }

    /// Hears nothing: `recv silence` is what is due here, and anything else is told. It
    /// waits for a while ([`crate::QUIET`]), or until the program waits itself for what
    /// others send: then nothing more can come.
    pub fn hears_nothing(&mut self) {
        let heard = watch(QUIET, || {
            // In this order: what was sent before the program waited has arrived.
            let over = self.wire.is_waited_at();
            let news = self.wire.has_news();
            (news || over).then_some(news)
        });
        if heard == Some(true) {
            self.receives(|got| !got.is_empty());
        } else {
            self.tell(Happening::Recv(Flow::Silence));
        }
    }

    /// Receives as many bytes as `message` has, text or bytes, and whatever came with them.
    pub fn expects(&mut self, message: &(impl AsRef<[u8]> + ?Sized)) {
        let count = message.as_ref().len();
        self.receives(|got| got.len() >= count);
    }

    /// As [`Peer::expects`], `wait` after `since`: another wait is written `recv too soon` or
    /// `recv too late`. For a scenario that is [told in time](crate::timed).
    pub fn expects_after(&mut self, text: &str, since: Moment, wait: Wait) {
        let enough = |got: &[u8]| got.len() >= text.len();
        let read = || self.wire.read_until(&self.stage, enough);
        let ((got, stop), until) = self.stage.awaits(since, wait, read);
        match stop {
            None => {
                let event = self.wire.event(Happening::Recv(Flow::bytes(&got)));
                self.stage
                    .record_after(event, wait, since, self.as_noted(until));
            }
            stop => self.tells(&got, stop),
        }
    }

    /// Receives up to a newline, and whatever came with it; the moment is when it arrived, or
    /// else was seen. A program may have set its time for the answer before it asked.
    pub fn expects_a_line(&mut self) -> Moment {
        let began = self.since.unwrap_or_else(|| self.came());
        glimpse::begin(began.at);
        let (got, stop) = self
            .wire
            .read_until(&self.stage, |got| got.contains(&b'\n'));
        let late = glimpse::late();
        let moment = self.as_noted(self.stage.moment().seen_late(late));
        self.since = Some(moment);
        self.tells(&got, stop);
        moment.set_since(began)
    }

    /// `seen`, when the bytes were that were waited for last, or when the kernel has noted
    /// that they arrived.
    fn as_noted(&self, seen: Moment) -> Moment {
        let noted = self.wire.arrived();
        noted.map_or(seen, |at| seen.noted(at))
    }

    /// As [`Peer::expects_the_end`], `wait` after `since`: another wait is written `recv too
    /// soon` or `recv too late`. For a scenario that is [told in time](crate::timed).
    pub fn expects_the_end_after(&mut self, since: Moment, wait: Wait) {
        let each = || self.stage.queued_of_each();
        let waited = RefCell::new(Waited::since(each()));
        let looks = |_: &[u8]| {
            waited.borrow_mut().look(each);
            false
        };
        let read = || self.wire.read_until(&self.stage, looks);
        let ((got, stop), until) = self.stage.awaits(since, wait, read);
        match stop {
            Some(stop) if stop != Stop::Silence => {
                self.tells(&got, None);
                let event = self.wire.event(Happening::Recv(stop.told()));
                let until = until.after_bytes(got.len(), waited.borrow().time(), since);
                self.stage.record_after(event, wait, since, until);
            }
            stop => self.tells(&got, stop),
        }
    }

    /// Receives until the program ends the connection, and records how it ended.
    pub fn expects_the_end(&mut self) {
        self.receives(|_| false);
    }

    fn receives(&mut self, enough: impl Fn(&[u8]) -> bool) {
        let (got, stop) = self.wire.read_until(&self.stage, enough);
        self.tells(&got, stop);
    }

    pub(super) fn tells(&self, got: &[u8], stop: Option<Stop>) {
        if !got.is_empty() {
            let event = self.wire.event(Happening::Recv(Flow::bytes(got)));
            match stop {
                Some(Stop::Silence) => self.stage.record_unfinished(event, got),
                _ => self.stage.record(event),
            }
        }
        match stop {
            Some(Stop::Silence) => {
                let silence = Happening::Recv(Flow::Silence);
                self.stage.record_silence(self.wire.event(silence));
            }
            Some(stop) => self.tell(Happening::Recv(stop.told())),
            None => {}
        }
    }

    pub(super) fn tell(&self, what: Happening) {
        self.stage.record(self.wire.event(what));
    }

    /// Ends its own direction and goes on listening (half-close).
    pub fn half_closes(&mut self) {
        self.wire.half_close();
        self.tell(Happening::Shutdown);
    }

    /// Leaves in order: closes the connection.
    pub fn leaves(&mut self) {
        self.tells_what_is_left();
        self.wire.close();
        self.tell(Happening::Close);
    }

    /// Breaks off: closes the connection with a reset.
    pub fn resets(&mut self) {
        self.wire.reset();
        self.tell(Happening::Reset);
    }

    /// Bytes that the scenario did not ask for.
    pub(crate) fn tells_what_is_left(&mut self) {
        let left = self.wire.read_what_is_there();
        if !left.is_empty() {
            self.tell(Happening::Recv(Flow::bytes(&left)));
        }
    }
}
