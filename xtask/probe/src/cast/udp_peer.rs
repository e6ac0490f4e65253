//! A UDP socket played by the check. Which datagram came from where, and was answered by
//! which, is all there is to tell: UDP keeps no connection.

use crate::cast::company::Company;
use crate::cast::program::Program;
use crate::deadline::QUIET;
use crate::judge::moment::{Clock, Moment};
use crate::judge::reason::{Fault, Reason};
use crate::judge::time::Wait;
use crate::judge::verdict::Cause;
use crate::network::arrival::{Arrived, CLOCK};
use crate::network::mailbox::{LARGEST, Mailbox};
use crate::process::transport::Transport;
use crate::transcript::event::Event;
use crate::transcript::happening::{Datagram, Happening};
use crate::transcript::text::Payload;
use std::cell::Cell;
use std::io;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;

/// How long a peer that sends again and again rests in between.
const AGAIN: Duration = Duration::from_millis(5);

/// No datagram came.
const SILENCE: Happening = Happening::RecvFrom(Datagram::Silence);

/// A peer that sends and receives datagrams.
pub struct UdpPeer {
    stage: Rc<Company>,
    mailbox: Rc<Mailbox>,
    /// Who sent the datagram that was received last.
    sender: Cell<Option<SocketAddr>>,
}

impl UdpPeer {
    /// On a port that the system chooses where that of `own` is 0; the transcript calls it
    /// `<name>`, unless it has a name already.
    pub(crate) fn open(stage: &Rc<Company>, name: &str, own: SocketAddr) -> io::Result<Self> {
        let mailbox = Mailbox::open(stage, name, own)?;
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
    /// is written `<program>`. The moment is that in which it arrived.
    pub fn receives_from(&mut self, program: &Program) -> Moment {
        self.receives_at_most_from(LARGEST, program)
    }

    /// As [`UdpPeer::receives_from`], with room for `room` bytes only. That the rest was
    /// lost is written `, the rest cut` on every system: Unix cuts without a word (`man 2
    /// recv`, MSG_TRUNC), Windows reports WSAEMSGSIZE.
    pub fn receives_at_most_from(&mut self, room: usize, program: &Program) -> Moment {
        let arrived = self.mailbox.receive(&self.stage, &SILENCE, room);
        self.comes_from(program, &arrived)
    }

    /// As [`UdpPeer::receives_from`], and `wait` after `since`: another wait is written
    /// `recvfrom too soon` or `recvfrom too late`. For a scenario that is
    /// [told in time](crate::timed).
    pub fn receives_after(&mut self, since: Moment, wait: Wait, program: &Program) -> Moment {
        let receive = || self.mailbox.receive(&self.stage, &SILENCE, LARGEST);
        let (arrived, seen) = self.stage.awaits(since, wait, receive);
        self.comes_in_time((since, seen), wait, program, &arrived)
    }

    /// As [`UdpPeer::receives_after`], while `stranger` goes on sending `text` to the
    /// program in place of this peer, every few milliseconds.
    pub fn receives_in_spite_of(
        &mut self,
        stranger: &Self,
        text: &str,
        since: Moment,
        wait: Wait,
        program: &Program,
    ) -> Moment {
        let to = self.correspondent();
        let told = Happening::SendTo {
            to: to.into(),
            bytes: Payload::of(text.as_bytes()),
            again: true,
        };
        self.stage.record(stranger.mailbox.event(told));
        let sends_again = || {
            // What the system does not take once, it may take the next time.
            let _ = stranger.mailbox.send(text.as_bytes(), to);
            std::thread::sleep(AGAIN);
        };
        let (arrived, seen) = self.stage.awaits(since, wait, || {
            let mailbox = &self.mailbox;
            mailbox.receive_while(&self.stage, &SILENCE, LARGEST, sends_again)
        });
        self.comes_in_time((since, seen), wait, program, &arrived)
    }

    fn comes_in_time(
        &self,
        (since, seen): (Moment, Moment),
        wait: Wait,
        program: &Program,
        arrived: &Arrived,
    ) -> Moment {
        let event = self.comes(program, arrived);
        let until = match CLOCK {
            Clock::Kernel => self.moment_of(arrived).waited_for_since(seen.awaited_since),
            Clock::Own => seen,
        };
        self.stage.record_after(event, wait, since, until)
    }

    /// Receives one datagram, from whomever.
    pub fn receives(&mut self) {
        let arrived = self.mailbox.receive(&self.stage, &SILENCE, LARGEST);
        let event = self.told(&arrived);
        self.stage.record(event);
    }

    fn comes_from(&self, program: &Program, arrived: &Arrived) -> Moment {
        let event = self.comes(program, arrived);
        self.stage.record(event);
        self.moment_of(arrived)
    }

    /// The port it came from is `program`'s, from here on.
    fn comes(&self, program: &Program, arrived: &Arrived) -> Event {
        let mut names = self.stage.names.borrow_mut();
        names.learn(arrived.from.port(), program.name());
        drop(names);
        self.told(arrived)
    }

    fn told(&self, arrived: &Arrived) -> Event {
        self.sender.set(Some(arrived.from));
        self.mailbox.received(&self.stage, arrived)
    }

    /// From here on the system answers the program as if nobody had the port, until the
    /// peer [comes back](Self::comes_back); written `away`. Needs
    /// [`crate::Sight::PortClosedForAWhile`].
    pub fn goes_away(&mut self) {
        self.turns(self.mailbox.close_for_a_while(), Happening::Away);
    }

    /// As it was; written `back`.
    pub fn comes_back(&mut self) {
        self.turns(self.mailbox.open_again(), Happening::Back);
    }

    fn turns(&self, turned: io::Result<()>, what: Happening) {
        if let Err(error) = turned {
            let why = Reason::no_port(self.mailbox.name(), &error);
            self.stage.stop(Cause::Broken(why));
        }
        self.stage.record(self.mailbox.event(what));
    }

    /// Waits for a while and hears nothing: `recvfrom silence` is what is due here, and
    /// anything else is told.
    pub fn hears_nothing(&mut self) {
        std::thread::sleep(QUIET);
        let event = match self.mailbox.next(LARGEST) {
            Some(arrived) => self.mailbox.received(&self.stage, &arrived),
            None => self.mailbox.event(SILENCE),
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

    /// Sends `text` to `program` as [`UdpPeer::sends_to`], `times` times without a rest;
    /// written once.
    pub fn sends_again_to(&mut self, program: &Program, text: &str, times: usize) {
        self.sends_again(text, program.own_address(Transport::Udp), times);
    }

    /// As [`UdpPeer::replies`], `times` times without a rest; written once.
    pub fn replies_again(&mut self, text: &str, times: usize) {
        self.sends_again(text, self.correspondent(), times);
    }

    fn sends_again(&self, text: &str, to: SocketAddr, times: usize) {
        let sends = |_| self.mailbox.send(text.as_bytes(), to).err();
        let told = match (0..times).find_map(sends) {
            None => Happening::SendTo {
                to: to.into(),
                bytes: Payload::of(text.as_bytes()),
                again: true,
            },
            Some(why) => Happening::NotSentTo { to: to.into(), why },
        };
        self.stage.record(self.mailbox.event(told));
    }

    /// Sends `text` to where `other` would reply.
    pub fn replies_in_place_of(&mut self, other: &Self, text: &str) {
        let to = other.correspondent();
        self.sends(text.as_bytes(), to);
    }

    fn correspondent(&self) -> SocketAddr {
        match self.sender.get() {
            Some(sender) => sender,
            None => {
                let fault = Fault::NobodyToReplyTo;
                self.stage.stop(Cause::Broken(Reason::Scenario { fault }))
            }
        }
    }

    fn sends(&self, bytes: &[u8], to: SocketAddr) {
        let told = match self.mailbox.send(bytes, to) {
            Ok(()) => Happening::SendTo {
                to: to.into(),
                bytes: Payload::of(bytes),
                again: false,
            },
            Err(why) => Happening::NotSentTo { to: to.into(), why },
        };
        self.stage.record(self.mailbox.event(told));
    }

    fn moment_of(&self, arrived: &Arrived) -> Moment {
        self.stage.moment_of(arrived.at, CLOCK)
    }
}
