//! A UDP socket played by the check. Which datagram came from where, and was answered by
//! which, is all there is to tell: UDP keeps no connection.

use crate::bytes::counted;
use crate::deadline::{PATIENCE, QUIET, watch};
use crate::program::Program;
use crate::stage::{Cause, Stage};
use crate::transcript::Event;
use std::cell::Cell;
use std::io::{self, ErrorKind};
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::rc::Rc;
use std::time::Instant;

/// More than any datagram holds (RFC 768: a length of 16 bits).
const LARGEST: usize = 65_535;

/// The check's end: a socket with a name.
pub(crate) struct Mailbox {
    name: String,
    socket: UdpSocket,
    address: SocketAddr,
}

/// A peer that sends and receives datagrams.
pub struct UdpPeer {
    stage: Rc<Stage>,
    mailbox: Rc<Mailbox>,
    /// Who sent the datagram that was received last.
    sender: Cell<Option<SocketAddr>>,
}

impl UdpPeer {
    /// On a port that the system chooses; the transcript calls it `<name>`.
    pub(crate) fn open(stage: &Rc<Stage>, name: &str, host: IpAddr) -> io::Result<Self> {
        Ok(Self {
            stage: Rc::clone(stage),
            mailbox: Mailbox::open(stage, name, host)?,
            sender: Cell::new(None),
        })
    }

    /// Where datagrams reach it, to be given to the program.
    pub fn address(&self) -> SocketAddr {
        self.mailbox.address
    }

    /// Receives one datagram of `program`, a client: from here on the port it came from
    /// is written `<program>`.
    pub fn receives_from(&mut self, program: &Program) {
        self.receives_not_before(Instant::now(), program);
    }

    /// As [`UdpPeer::receives_from`], and not before `earliest`: an earlier one is written
    /// `recvfrom too soon`.
    pub fn receives_not_before(&mut self, earliest: Instant, program: &Program) {
        let (datagram, from) = self.mailbox.receive(&self.stage, "recvfrom");
        if Instant::now() < earliest {
            self.stage
                .record(self.mailbox.event("recvfrom", "too soon"));
        }
        let mut names = self.stage.names.borrow_mut();
        names.learn(from.port(), program.name());
        drop(names);
        self.tells_of(&datagram, from);
    }

    /// Receives one datagram, from whomever.
    pub fn receives(&mut self) {
        let (datagram, from) = self.mailbox.receive(&self.stage, "recvfrom");
        self.tells_of(&datagram, from);
    }

    fn tells_of(&self, datagram: &[u8], from: SocketAddr) {
        self.sender.set(Some(from));
        self.stage.record(self.mailbox.received(datagram, from));
    }

    /// Waits for a while and hears nothing: `recvfrom silence` is what is due here, and
    /// anything else is told.
    pub fn hears_nothing(&mut self) {
        std::thread::sleep(QUIET);
        let event = match self.mailbox.next() {
            Some((datagram, from)) => self.mailbox.received(&datagram, from),
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
        self.sends(bytes, program.socket_address());
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

impl Mailbox {
    pub(crate) fn open(stage: &Rc<Stage>, name: &str, host: IpAddr) -> io::Result<Rc<Self>> {
        let socket = UdpSocket::bind(SocketAddr::new(host, 0))?;
        socket.set_nonblocking(true)?;
        let address = socket.local_addr()?;
        stage.names.borrow_mut().learn(address.port(), name);
        let mailbox = Rc::new(Self {
            name: name.to_owned(),
            socket,
            address,
        });
        stage.opened(&mailbox);
        stage.record(mailbox.event("bind", address.to_string()));
        Ok(mailbox)
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Sends one datagram; how it is told.
    pub(crate) fn send(&self, bytes: &[u8], to: SocketAddr) -> String {
        match self.socket.send_to(bytes, to) {
            Ok(_) => counted(bytes),
            Err(error) => error.kind().to_string(),
        }
    }

    /// Waits for a datagram; its absence is told by the word `what`. Programs that have
    /// ended will not send any more.
    pub(crate) fn receive(&self, stage: &Stage, what: &str) -> (Vec<u8>, SocketAddr) {
        let silence = || self.event(what, "silence");
        let next = watch(PATIENCE, || {
            let ended = stage.all_have_ended();
            let next = self.next();
            (next.is_some() || ended).then_some(next)
        });
        match next {
            Some(Some(next)) => next,
            Some(None) => {
                stage.record(silence());
                stage.stop(Cause::Differs)
            }
            None => {
                stage.record_silence(silence());
                stage.stop(Cause::Hung)
            }
        }
    }

    /// The next datagram that has come, if any has.
    fn next(&self) -> Option<(Vec<u8>, SocketAddr)> {
        let mut buffer = vec![0; LARGEST];
        loop {
            match self.socket.recv_from(&mut buffer) {
                Ok((count, from)) => {
                    buffer.truncate(count);
                    return Some((buffer, from));
                }
                // Windows tells here that an earlier datagram was refused.
                Err(error) if error.kind() == ErrorKind::ConnectionReset => {}
                Err(_) => return None,
            }
        }
    }

    fn event(&self, what: &str, rest: impl Into<String>) -> Event {
        Event::new(&self.name, what, rest)
    }

    fn received(&self, datagram: &[u8], from: SocketAddr) -> Event {
        let told = format!("{} from {from}", counted(datagram));
        self.event("recvfrom", told)
    }

    /// Datagrams that the scenario did not ask for.
    pub(crate) fn what_is_left(&self) -> Vec<Event> {
        let mut left = Vec::new();
        while let Some((datagram, from)) = self.next() {
            left.push(self.received(&datagram, from));
        }
        left
    }
}
