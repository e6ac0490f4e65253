//! A crowd at the door: more clients than the program's queue of connections holds.

use crate::cast::program::Program;
use crate::transcript::event::Event;
use std::net::TcpStream;
use std::time::Duration;

/// No backlog is longer on Linux, unless the system is told otherwise (`man 2 listen`).
const MOST: usize = 5_000;

/// Over loopback whoever is let in is let in long before.
const NOT_LET_IN: Duration = Duration::from_millis(30);

impl Program {
    /// Clients connect, and leave at once, until one is not let in: the queue of connections
    /// that the program has not accepted is full, and remains so until it accepts one. In the
    /// meantime a connect waits, the program's own as well ([`crate::Sight::SilentBacklog`]).
    /// Written `crowd connect until nobody is let in`, or `without end`.
    pub fn is_crowded(&mut self) {
        let address = self.socket_address();
        let let_in = |_: &usize| TcpStream::connect_timeout(&address, NOT_LET_IN).is_ok();
        let told = match (0..MOST).take_while(let_in).count() {
            MOST => "without end",
            _ => "until nobody is let in",
        };
        self.stage.record(Event::new("crowd", "connect", told));
    }
}
