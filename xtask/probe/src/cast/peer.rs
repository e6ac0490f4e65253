//! A peer at its end of a TCP connection, played by the check, as a scenario tells
//! of it. Every method is one action or observation and writes one line; what
//! arrives beyond what was asked for comes into the transcript as well.

use crate::cast::company::Company;
use crate::deadline::QUIET;
use crate::network::wire::{CHUNK, Stop, Wire};
use crate::transcript::bytes::{counted, counted_pieces, quote};
use std::rc::Rc;
use std::time::{Duration, Instant};

/// A TCP client that connected to the program, or a server that accepted it.
pub struct Peer {
    stage: Rc<Company>,
    wire: Rc<Wire>,
}

impl Peer {
    pub(crate) fn of(stage: &Rc<Company>, wire: &Rc<Wire>) -> Self {
        Self {
            stage: Rc::clone(stage),
            wire: Rc::clone(wire),
        }
    }

    /// Sends `text` in one piece.
    pub fn sends(&mut self, text: &str) {
        self.sends_in_pieces(&[text.as_bytes()]);
    }

    /// Sends `pieces` in lock-step: each one only when the program has read the one
    /// before and is back in a read. Where the system does not show that, a pause of
    /// 50 ms has to do.
    pub fn sends_in_pieces(&mut self, pieces: &[&[u8]]) {
        if self.wire.send_in_lock_step(pieces) {
            let told = counted_pieces(pieces);
            self.stage.record(self.wire.event("send", told));
        } else {
            self.stage
                .record_silence(self.wire.event("send", "silence"));
        }
    }

    /// Sends `piece` again and again, every `pause`, until the program ends the
    /// connection, at most for `limit`. Whether the end is FIN or RST depends on what was
    /// on its way, so it is written `ended`; `goes-on` where the program still listens.
    pub fn drips(&mut self, piece: &str, pause: Duration, limit: Duration) {
        let told = format!("{} again and again", quote(piece.as_bytes()));
        self.stage.record(self.wire.event("send", told));
        let started = Instant::now();
        let mut ended = self.wire.has_ended();
        while !ended && started.elapsed() < limit {
            ended = !self.wire.send(piece.as_bytes());
            std::thread::sleep(pause);
            ended |= self.wire.has_ended();
        }
        let told = if ended { "ended" } else { "goes-on" };
        self.stage.record(self.wire.event(told, ""));
    }

    /// Waits until the program has read all that was sent. Where the system does not
    /// show that, a pause of 50 ms has to do.
    pub fn waits_until_it_is_read(&mut self) {
        self.wire.wait_until_read();
    }

    /// Does not read for `time`, whatever comes.
    pub fn reads_nothing_for(&mut self, time: Duration) {
        std::thread::sleep(time);
        self.stage.record(
            self.wire
                .event("silent", format!("{} ms", time.as_millis())),
        );
    }

    /// Receives `count` bytes, one at a time. What follows them is told by the next read.
    pub fn expects_single_bytes(&mut self, count: usize) {
        let (got, stop) = self
            .wire
            .read_pieces(&self.stage, 1, |got| got.len() >= count);
        self.tells(&got, stop);
    }

    /// Receives at least `count` bytes of a stream that the scenario then leaves; what
    /// has arrived beyond a read of 64 KiB stays unread.
    pub fn expects_some(&mut self, count: usize) {
        let (got, stop) = self
            .wire
            .read_pieces(&self.stage, CHUNK, |got| got.len() >= count);
        if stop.is_some() {
            return self.tells(&got, stop);
        }
        let told = format!("at least{}", crate::transcript::bytes::count(count));
        self.stage.record(self.wire.event("recv", told));
    }

    /// Waits for a while ([`QUIET`]) and hears nothing: `recv silence` is what is due here,
    /// and anything else is told.
    pub fn hears_nothing(&mut self) {
        std::thread::sleep(QUIET);
        if self.wire.has_news() {
            self.receives(|_| true);
        } else {
            let silence = self.wire.event("recv", Stop::Silence.name());
            self.stage.record(silence);
        }
    }

    /// Receives as many bytes as `text` has, and whatever came with them.
    pub fn expects(&mut self, text: &str) {
        self.receives(|got| got.len() >= text.len());
    }

    /// Receives up to a newline, and whatever came with it.
    pub fn expects_a_line(&mut self) {
        self.receives(|got| got.contains(&b'\n'));
    }

    /// Receives until the program ends the connection, and records how it ended.
    pub fn expects_the_end(&mut self) {
        self.receives(|_| false);
    }

    fn receives(&mut self, enough: impl Fn(&[u8]) -> bool) {
        let (got, stop) = self.wire.read_until(&self.stage, enough);
        self.tells(&got, stop);
    }

    fn tells(&self, got: &[u8], stop: Option<Stop>) {
        if !got.is_empty() {
            let event = self.wire.event("recv", counted(got));
            match stop {
                Some(Stop::Silence) => self.stage.record_unfinished(event, got),
                _ => self.stage.record(event),
            }
        }
        match stop {
            Some(Stop::Silence) => self
                .stage
                .record_silence(self.wire.event("recv", Stop::Silence.name())),
            Some(stop) => self.stage.record(self.wire.event("recv", stop.name())),
            None => {}
        }
    }

    /// Ends its own direction and goes on listening (half-close).
    pub fn half_closes(&mut self) {
        self.wire.half_close();
        self.stage.record(self.wire.event("shutdown", "FIN"));
    }

    /// Leaves in order: closes the connection.
    pub fn leaves(&mut self) {
        self.tells_what_is_left();
        self.wire.close();
        self.stage.record(self.wire.event("close", "FIN"));
    }

    /// Breaks off: closes the connection with a reset.
    pub fn resets(&mut self) {
        self.wire.reset();
        self.stage.record(self.wire.event("reset", "RST"));
    }

    /// Bytes that the scenario did not ask for.
    pub(crate) fn tells_what_is_left(&mut self) {
        let left = self.wire.read_what_is_there();
        if !left.is_empty() {
            self.stage.record(self.wire.event("recv", counted(&left)));
        }
    }
}
