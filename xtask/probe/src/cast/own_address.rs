//! The address that a program told, looked at before a peer talks to it: whether it is
//! the program's own, and no wider than it was asked for.

use crate::cast::program::Program;
#[cfg(target_os = "linux")]
use crate::deadline::{QUIET, watch};
use crate::process::transport::Transport;
use crate::transcript::happening::{Happening, Hold, Whose};
use std::net::SocketAddr;

impl Program {
    /// As [`Program::tells_its_address`], for a program that listens at a second address as
    /// well: what is returned is the same program, at that address.
    pub fn also_tells_an_address(&mut self, name: &str) -> Self {
        let mut there = Self::of(&self.stage, &self.running);
        there.tells_its_address(name);
        there
    }

    /// The address that the program told, for a peer to talk to. Where another program
    /// answers there, or the program listens on every address of the machine, that is a
    /// difference, and nobody is talked to. Only Linux shows it; elsewhere it is merely seen
    /// to that the address is a loopback one.
    pub(crate) fn own_address(&self, transport: Transport) -> SocketAddr {
        let address = self.socket_address();
        if !address.ip().is_loopback() {
            self.tell(Happening::NotItsOwn(address.into(), Whose::Outside));
        }
        if !self.is_known_as_own(transport) {
            self.look_at(address, transport);
        }
        address
    }

    #[cfg(target_os = "linux")]
    fn look_at(&self, address: SocketAddr, transport: Transport) {
        use crate::process::linux::{Answers, answers};
        // A socket that is on its way from one process to another is held by none.
        let look = || answers(self.process(), address, transport);
        let seen = watch(QUIET, || Some(look()).filter(|it| *it != Answers::Another));
        match seen.unwrap_or(Answers::Another) {
            Answers::Program(bound) if bound.ip().is_unspecified() => {
                self.tell(Happening::Holds(Hold::Bind, bound.into()));
            }
            Answers::Program(_) => self.knows_as_own(transport),
            Answers::Another => {
                self.tell(Happening::NotItsOwn(address.into(), Whose::Another));
            }
            Answers::Nobody => {}
        }
    }

    #[cfg(not(target_os = "linux"))]
    fn look_at(&self, _address: SocketAddr, transport: Transport) {
        self.knows_as_own(transport);
    }
}
