//! The clients that the check sends to a program that listens.

use crate::cast::peer::Peer;
use crate::cast::program::Program;
use crate::deadline::PATIENCE;
use crate::judge::verdict::Cause;
use crate::network::wire::{NoConnection, Wire};
use crate::transcript::event::Event;
use crate::transcript::happening::{Connect, Happening};
use std::rc::Rc;
use std::time::Duration;

/// How long a connection that should not come about is given to come about after
/// all. Over loopback an answer takes well under a millisecond; Windows repeats the
/// SYN for two seconds before it reports a refusal.
const IN_VAIN: Duration = Duration::from_millis(if cfg!(windows) { 3_000 } else { 300 });

impl Program {
    /// A client connects.
    pub fn client(&mut self, name: &str) -> Peer {
        match self.connect(name, PATIENCE) {
            Ok(client) => client,
            Err(NoConnection::Silence) => {
                let silence = Happening::Connect(Connect::Silence);
                self.stage.record_silence(Event::new(name, silence));
                self.stage.stop(Cause::Hung)
            }
            Err(why) => {
                self.tell_no_connection(name, why);
                self.stage.stop(Cause::Differs)
            }
        }
    }

    /// A client tries to connect, and it is recorded what came of it: connected,
    /// refused, or silence for a while.
    pub fn client_tries(&mut self, name: &str) -> Option<Peer> {
        for wire in self.stage.wires() {
            wire.arrives();
        }
        match self.connect(name, IN_VAIN) {
            Ok(client) => Some(client),
            Err(why) => {
                self.tell_no_connection(name, why);
                None
            }
        }
    }

    /// `count` clients connect, one after another, and close again: on Linux the backlog
    /// keeps those whom nobody accepts. It is recorded how many were let in.
    pub fn is_joined_by(&mut self, count: usize) {
        let address = self.socket_address();
        let joins = |_: &usize| {
            let wire = Wire::connect("clients", self.running.process, address, IN_VAIN);
            wire.is_ok_and(|wire| {
                wire.arrives();
                true
            })
        };
        let joined = (0..count).take_while(joins).count();
        let told = Connect::Many {
            to: address.into(),
            joined,
            count,
        };
        self.stage
            .record(Event::new("clients", Happening::Connect(told)));
    }

    fn tell_no_connection(&self, name: &str, why: NoConnection) {
        match why.told() {
            Ok(told) => self
                .stage
                .record(Event::new(name, Happening::Connect(told))),
            Err(reason) => self.stage.stop(Cause::Broken(reason)),
        }
    }

    fn connect(&self, name: &str, limit: Duration) -> Result<Peer, NoConnection> {
        let address = self.socket_address();
        let wire = Rc::new(Wire::connect(name, self.running.process, address, limit)?);
        self.stage.names.borrow_mut().learn(wire.local.port(), name);
        let connects = Happening::Connect(Connect::To(address.into()));
        self.stage.record(wire.event(connects));
        self.stage.connected(&wire);
        Ok(Peer::of(&self.stage, &wire))
    }
}
