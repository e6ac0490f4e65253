//! A UDP socket played by the check. Which datagram came from where, and was answered by
//! which, is all there is to tell: UDP keeps no connection.

use crate::cast::company::Company;
use crate::cast::program::Program;
use crate::deadline::QUIET;
use crate::judge::verdict::Cause;
use crate::network::mailbox::{Arrived, LARGEST, Mailbox};
use crate::process::lockstep::Transport;
use crate::transcript::bytes::counted;
use std::cell::Cell;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::rc::Rc;
use std::time::{Duration, Instant};

/// How long a peer that sends again and again rests in between.
const AGAIN: Duration = Duration::from_millis(20);

/// A peer that sends and receives datagrams.
pub struct UdpPeer {
    stage: Rc<Company>,
    mailbox: Rc<Mailbox>,
    /// Who sent the datagram that was received last.
    sender: Cell<Option<SocketAddr>>,
}

impl UdpPeer {
    /// On a port that the system chooses; the transcript calls it `<name>`.
    pub(crate) fn open(stage: &Rc<Company>, name: &str, host: IpAddr) -> io::Result<Self> {
        let mailbox = Mailbox::open(stage, name, host)?;
        stage.opened(&mailbox);
        Ok(Self {
            stage: Rc::clone(stage),
            mailbox,
            sender: Cell::new(None),
        })
    }

    /// Where datagrams reach it, to be given to the program.
    pub fn address(&self) -> SocketAddr {
        self.mailbox.address()
    }

    /// Receives one datagram of `program`, a client: from here on the port it came from
    /// is written `<program>`.
    pub fn receives_from(&mut self, program: &Program) {
        self.receives_at_most_from(LARGEST, program);
    }

    /// As [`UdpPeer::receives_from`], with room for `room` bytes only. That the rest was
    /// lost is written `, the rest cut` on every system: Unix cuts without a word (`man 2
    /// recv`, MSG_TRUNC), Windows reports WSAEMSGSIZE.
    pub fn receives_at_most_from(&mut self, room: usize, program: &Program) {
        let arrived = self.mailbox.receive(&self.stage, "recvfrom", room);
        self.comes_from(program, &arrived);
    }

    /// As [`UdpPeer::receives_from`], and not sooner than `wait` after the datagram before:
    /// a sooner one is written `recvfrom too soon`.
    pub fn receives_not_sooner(&mut self, wait: Duration, program: &Program) {
        let earliest = self.mailbox.empty_at() + wait;
        let arrived = self.mailbox.receive(&self.stage, "recvfrom", LARGEST);
        if Instant::now() < earliest {
            self.stage
                .record(self.mailbox.event("recvfrom", "too soon"));
        }
        self.comes_from(program, &arrived);
    }

    /// As [`UdpPeer::receives_from`], while `stranger` goes on sending `text` to the program
    /// in place of this peer.
    pub fn receives_in_spite_of(&mut self, stranger: &Self, text: &str, program: &Program) {
        let to = self.correspondent();
        let told = format!("{to} {} again and again", counted(text.as_bytes()));
        self.stage.record(stranger.mailbox.event("sendto", told));
        let sends_again = || {
            stranger.mailbox.send(text.as_bytes(), to);
            std::thread::sleep(AGAIN);
        };
        let mailbox = &self.mailbox;
        let arrived = mailbox.receive_while(&self.stage, "recvfrom", LARGEST, sends_again);
        self.comes_from(program, &arrived);
    }

    /// Receives one datagram, from whomever.
    pub fn receives(&mut self) {
        let arrived = self.mailbox.receive(&self.stage, "recvfrom", LARGEST);
        self.tells_of(&arrived);
    }

    fn comes_from(&self, program: &Program, arrived: &Arrived) {
        let mut names = self.stage.names.borrow_mut();
        names.learn(arrived.from.port(), program.name());
        drop(names);
        self.tells_of(arrived);
    }

    fn tells_of(&self, arrived: &Arrived) {
        self.sender.set(Some(arrived.from));
        let event = self.mailbox.received(&self.stage, arrived);
        self.stage.record(event);
    }

    /// From here on the system answers the program as if nobody had the port, until the
    /// peer [comes back](Self::comes_back); written `away`. Needs
    /// [`crate::Sight::PortClosedForAWhile`].
    pub fn goes_away(&mut self) {
        self.turns(self.mailbox.close_for_a_while(), "away");
    }

    /// As it was; written `back`.
    pub fn comes_back(&mut self) {
        self.turns(self.mailbox.open_again(), "back");
    }

    fn turns(&self, turned: io::Result<()>, what: &str) {
        if let Err(error) = turned {
            let why = format!("the peer's port could not be closed and opened: {error}");
            self.stage.stop(Cause::Broken(why));
        }
        self.stage.record(self.mailbox.event(what, ""));
    }

    /// Waits for a while and hears nothing: `recvfrom silence` is what is due here, and
    /// anything else is told.
    pub fn hears_nothing(&mut self) {
        std::thread::sleep(QUIET);
        let event = match self.mailbox.next(LARGEST) {
            Some(arrived) => self.mailbox.received(&self.stage, &arrived),
            None => self.mailbox.event("recvfrom", "silence"),
        };
        self.stage.record(event);
    }

    /// Sends `text` to the address that `program`, a server, told: one datagram.
    pub fn sends_to(&mut self, program: &Program, text: &str) {
        self.sends_bytes_to(program, text.as_bytes());
    }

    /// As [`UdpPeer::sends_to`], for what is no text.
    pub fn sends_bytes_to(&mut self, program: &Program, bytes: &[u8]) {
        self.sends(bytes, program.own_address(Transport::Udp));
    }

    /// Sends `text` to whoever sent the datagram that was received last.
    pub fn replies(&mut self, text: &str) {
        self.replies_with_bytes(text.as_bytes());
    }

    /// As [`UdpPeer::replies`], for what is no text.
    pub fn replies_with_bytes(&mut self, bytes: &[u8]) {
        let to = self.correspondent();
        self.sends(bytes, to);
    }

    /// Sends `text` to where `other` would reply.
    pub fn replies_in_place_of(&mut self, other: &Self, text: &str) {
        let to = other.correspondent();
        self.sends(text.as_bytes(), to);
    }

    fn correspondent(&self) -> SocketAddr {
        match self.sender.get() {
            Some(sender) => sender,
            None => self
                .stage
                .stop(Cause::Broken("there is nobody to reply to yet".to_owned())),
        }
    }

    fn sends(&self, bytes: &[u8], to: SocketAddr) {
        let sent = self.mailbox.send(bytes, to);
        let told = format!("{to} {sent}");
        self.stage.record(self.mailbox.event("sendto", told));
    }
}
