//! The clients that the check sends to a program that listens.

use crate::cast::peer::Peer;
use crate::cast::program::Program;
use crate::deadline::PATIENCE;
use crate::judge::verdict::Cause;
use crate::little_room;
use crate::network::wire::{NoConnection, Wire};
use crate::process::transport::Transport;
use crate::transcript::event::Event;
use crate::transcript::happening::{Connect, Happening};
use std::net::TcpStream;
use std::rc::Rc;
use std::time::Duration;

/// How long a connection that should not come about is given to come about after
/// all. Over loopback an answer takes well under a millisecond; Windows repeats the
/// SYN for two seconds before it reports a refusal.
const IN_VAIN: Duration = Duration::from_millis(if cfg!(windows) { 3_000 } else { 300 });

/// Over loopback whoever is let in is let in long before.
const NOT_LET_IN: Duration = Duration::from_millis(30);

/// No queue is longer on Linux, unless the system is told otherwise (`man 2 listen`).
const LONGEST_QUEUE: usize = 5_000;

impl Program {
    /// A client connects.
    pub fn client(&mut self, name: &str) -> Peer {
        let connected = self.connect(name, PATIENCE);
        self.comes(name, connected)
    }

    /// A client connects that has little room for what it does not read: what is sent to it
    /// beyond some 40 kB has to wait. Whoever counts on just as much needs
    /// [`crate::Sight::LittleRoom`]; elsewhere there may be more room than that.
    pub fn client_with_little_room(&mut self, name: &str) -> Peer {
        let address = self.own_address(Transport::Tcp);
        let process = self.running.process();
        let wire = little_room::connect(address, PATIENCE)
            .and_then(|stream| Wire::over(name, process, stream, address))
            .map_err(|error| NoConnection::of(name, &error));
        let connected = wire.map(|wire| self.is_joined_over(wire));
        self.comes(name, connected)
    }

    /// A client connects while no file descriptor is left to the program, so that `accept`
    /// fails with EMFILE (`man 2 accept`); hears nothing ([`Peer::hears_nothing`]), and then
    /// the program may have descriptors again. Never reached where
    /// [`crate::Sight::NoDescriptorLeft`] is missing.
    pub fn client_without_a_descriptor(&mut self, name: &str) -> Peer {
        #[cfg(target_os = "linux")]
        let limited = crate::process::linux::NoDescriptorLeft::of(self.running.process(), PATIENCE);
        self.tell(Happening::Descriptors { left: false });
        let mut client = self.client(name);
        client.hears_nothing();
        #[cfg(target_os = "linux")]
        drop(limited);
        self.tell(Happening::Descriptors { left: true });
        client
    }

    fn comes(&self, name: &str, connected: Result<Peer, NoConnection>) -> Peer {
        match connected {
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
        let address = self.own_address(Transport::Tcp);
        let joins = |_: &usize| {
            let wire = Wire::connect("clients", self.running.process(), address, IN_VAIN);
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

    /// Clients connect, and leave at once, until one is not let in: the queue of connections
    /// that the program has not accepted is full, and remains so until it accepts one. In the
    /// meantime a connect waits, the program's own as well ([`crate::Sight::SilentBacklog`]).
    /// Written `crowd connect until nobody is let in`, or `without end`.
    pub fn is_crowded(&mut self) {
        let address = self.own_address(Transport::Tcp);
        let let_in = |_: &usize| TcpStream::connect_timeout(&address, NOT_LET_IN).is_ok();
        let count = (0..LONGEST_QUEUE).take_while(let_in).count();
        let told = Connect::Crowd {
            full: count < LONGEST_QUEUE,
        };
        self.stage
            .record(Event::new("crowd", Happening::Connect(told)));
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
        let address = self.own_address(Transport::Tcp);
        let wire = Wire::connect(name, self.running.process(), address, limit)?;
        Ok(self.is_joined_over(wire))
    }

    fn is_joined_over(&self, wire: Wire) -> Peer {
        let mut names = self.stage.names.borrow_mut();
        names.pass_on(wire.local.port(), &wire.name);
        drop(names);
        let wire = Rc::new(wire);
        let connects = Happening::Connect(Connect::To(wire.remote.into()));
        self.stage.record(wire.event(connects));
        self.stage.connected(&wire);
        Peer::of(&self.stage, &wire)
    }
}
