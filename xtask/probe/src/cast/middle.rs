//! The check between a lesson's two programs: what one sends goes on to the other
//! when the scenario says so, whole, in pieces, late, or not at all.
//!
//! Its lines name the direction: `from-client` and `from-server` what it took,
//! `to-server` and `to-client` what it passed on.

use crate::cast::company::Company;
use crate::cast::listener::Listener;
use crate::cast::program::Program;
use crate::deadline::{PATIENCE, QUIET};
use crate::judge::reason::{Fault, Reason};
use crate::judge::verdict::Cause;
use crate::network::wire::{Stop, Wire};
use crate::process::transport::Transport;
use crate::transcript::event::Event;
use crate::transcript::happening::{Connect, Flow, Happening, Side};
use crate::transcript::text::Payload;
use std::net::SocketAddr;
use std::rc::Rc;

/// The connection of a client to a server, with the check in the middle.
pub struct Middle {
    stage: Rc<Company>,
    listener: Listener,
    server: (u32, SocketAddr),
    ends: Option<Ends>,
}

struct Ends {
    client: End,
    server: End,
}

/// The middle's connection with one of the programs.
struct End {
    wire: Rc<Wire>,
    /// What this program is still to be given.
    held: Vec<u8>,
    /// And after it the end of the stream.
    ended: bool,
}

impl Middle {
    pub(crate) fn before(stage: &Rc<Company>, listener: Listener, server: &Program) -> Self {
        Self {
            stage: Rc::clone(stage),
            listener,
            server: (server.process(), server.own_address(Transport::Tcp)),
            ends: None,
        }
    }

    /// Where it listens, to be given to the client.
    pub fn address(&self) -> SocketAddr {
        self.listener.address()
    }

    /// Accepts the client, and connects to the server in its place.
    pub fn joins(&mut self, client: &Program) {
        let to_client = self.listener.takes(client);
        let (process, address) = self.server;
        let to_server = match Wire::connect("middle", process, address, PATIENCE) {
            Ok(wire) => Rc::new(wire),
            Err(why) => {
                match why.told() {
                    Ok(told) => self
                        .stage
                        .record(Event::new("middle", Happening::Connect(told))),
                    Err(reason) => self.stage.stop(Cause::Broken(reason)),
                }
                self.stage.stop(Cause::Differs)
            }
        };
        self.stage
            .names
            .borrow_mut()
            .pass_on(to_server.local.port(), "middle");
        let connects = Happening::Connect(Connect::To(address.into()));
        self.stage.record(to_server.event(connects));
        self.stage.connected(&to_server);
        let end = |wire| End {
            wire,
            held: Vec::new(),
            ended: false,
        };
        self.ends = Some(Ends {
            client: end(to_client),
            server: end(to_server),
        });
    }

    /// Takes what `side` sends up to a newline, and whatever came with it, and holds it.
    pub fn takes_a_line_from(&mut self, side: Side) {
        self.takes_lines_from(side, 1);
    }

    /// As [`Middle::takes_a_line_from`], up to the newline of the line of that number.
    pub fn takes_lines_from(&mut self, side: Side, lines: usize) {
        self.takes(side, |got| {
            got.iter().filter(|byte| **byte == b'\n').count() >= lines
        });
    }

    /// Takes `count` bytes that `side` sends, and whatever came with them, and holds them.
    pub fn takes_bytes_from(&mut self, side: Side, count: usize) {
        self.takes(side, |got| got.len() >= count);
    }

    /// Takes what `side` still sends, and the end of its stream, and holds it.
    pub fn takes_the_end_from(&mut self, side: Side) {
        self.takes(side, |_| false);
    }

    /// Waits for a while and hears nothing from either program: `from-client silence` and
    /// `from-server silence` are what is due here, and anything else is told.
    pub fn hears_nothing(&mut self) {
        std::thread::sleep(QUIET);
        for side in [Side::Client, Side::Server] {
            if self.end(side).wire.has_news() {
                self.takes(side, |_| true);
            } else {
                let silence = Happening::From(side, Flow::Silence);
                self.stage.record(Event::new("middle", silence));
            }
        }
    }

    /// Passes on to `side` what is held for it, in one piece.
    pub fn passes_on_to(&mut self, side: Side) {
        self.passes_on_in_pieces_to(side, &[]);
    }

    /// Passes on to `side` what is held for it, cut at `cuts` (in bytes from the
    /// beginning), in lock-step: each piece when the program has read the one before.
    pub fn passes_on_in_pieces_to(&mut self, side: Side, cuts: &[usize]) {
        let end = self.end(side);
        let bytes = std::mem::take(&mut end.held);
        let ended = std::mem::take(&mut end.ended);
        let wire = Rc::clone(&end.wire);
        if !bytes.is_empty() {
            let pieces = pieces_of(&bytes, cuts);
            self.pass(&wire, side, &pieces);
        }
        if ended {
            wire.half_close();
            self.stage
                .record(wire.event(Happening::To(side, Flow::Fin)));
        }
    }

    fn pass(&self, wire: &Wire, side: Side, pieces: &[&[u8]]) {
        let passed = |flow| wire.event(Happening::To(side, flow));
        if wire.send_in_lock_step(pieces) {
            let bytes = Flow::Bytes(Payload::of_pieces(pieces));
            self.stage.record(passed(bytes));
        } else {
            self.stage.record_silence(passed(Flow::Silence));
        }
    }

    /// A line from the other side goes on to `side` at once.
    pub fn carries_a_line_to(&mut self, side: Side) {
        self.takes_a_line_from(side.other());
        self.passes_on_to(side);
    }

    /// The end of the other side's stream, and what comes before it, goes on to `side`.
    pub fn carries_the_end_to(&mut self, side: Side) {
        self.takes_the_end_from(side.other());
        self.passes_on_to(side);
    }

    /// Breaks off both connections with a reset; what is held is lost.
    pub fn cuts(&mut self) {
        for side in [Side::Client, Side::Server] {
            let wire = Rc::clone(&self.end(side).wire);
            wire.reset();
            self.stage
                .record(wire.event(Happening::To(side, Flow::Rst)));
        }
    }

    fn takes(&mut self, side: Side, enough: impl Fn(&[u8]) -> bool) {
        let wire = Rc::clone(&self.end(side).wire);
        let (got, stop) = wire.read_until(&self.stage, enough);
        let took = |flow| wire.event(Happening::From(side, flow));
        if !got.is_empty() {
            self.stage.record(took(Flow::bytes(&got)));
        }
        match stop {
            Some(Stop::Silence) => self.stage.record_silence(took(Flow::Silence)),
            Some(stop) => self.stage.record(took(stop.told())),
            None => {}
        }
        let held_for = self.end(side.other());
        held_for.held.extend(got);
        held_for.ended |= stop == Some(Stop::Fin);
    }

    fn end(&mut self, side: Side) -> &mut End {
        let Some(ends) = &mut self.ends else {
            let fault = Fault::NotJoined;
            self.stage.stop(Cause::Broken(Reason::Scenario { fault }))
        };
        match side {
            Side::Client => &mut ends.client,
            Side::Server => &mut ends.server,
        }
    }
}

/// `bytes` cut at each of `cuts` that lies within them.
fn pieces_of<'a>(bytes: &'a [u8], cuts: &[usize]) -> Vec<&'a [u8]> {
    let mut pieces = Vec::new();
    let (mut rest, mut done) = (bytes, 0);
    for cut in cuts {
        let Some((piece, after)) = cut
            .checked_sub(done)
            .and_then(|at| rest.split_at_checked(at))
        else {
            continue;
        };
        if !piece.is_empty() && !after.is_empty() {
            pieces.push(piece);
            (rest, done) = (after, *cut);
        }
    }
    pieces.push(rest);
    pieces
}

#[cfg(test)]
mod tests {
    use super::pieces_of;

    #[test]
    fn bytes_are_cut_where_they_can_be() {
        assert_eq!(pieces_of(b"abcd", &[1, 3]), [&b"a"[..], b"bc", b"d"]);
        assert_eq!(pieces_of(b"abcd", &[0, 4, 9]), [b"abcd"]);
        assert_eq!(pieces_of(b"abcd", &[]), [b"abcd"]);
    }
}
