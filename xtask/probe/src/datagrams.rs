//! A UDP socket played by the check. Which datagram came from where, and was answered by
//! which, is all there is to tell: UDP keeps no connection.

use crate::bytes::counted;
use crate::deadline::{PATIENCE, QUIET, watch};
use crate::listener::Loopback;
use crate::program::Program;
use crate::stage::{Cause, Stage};
use crate::transcript::Event;
use std::io::{self, ErrorKind};
use std::net::{SocketAddr, UdpSocket};
use std::rc::Rc;

/// More than any datagram holds (RFC 768: a length of 16 bits).
const LARGEST: usize = 65_535;

/// The check's end: a socket with a name.
pub(crate) struct Mailbox {
    name: String,
    socket: UdpSocket,
}

/// A peer that sends and receives datagrams.
pub struct UdpPeer {
    stage: Rc<Stage>,
    mailbox: Rc<Mailbox>,
    address: SocketAddr,
}

impl UdpPeer {
    /// On a port that the system chooses; the transcript calls it `<name>`.
    pub(crate) fn open(stage: &Rc<Stage>, name: &str, on: Loopback) -> io::Result<Self> {
        let socket = UdpSocket::bind(SocketAddr::new(on.address(), 0))?;
        socket.set_nonblocking(true)?;
        let address = socket.local_addr()?;
        stage.names.borrow_mut().learn(address.port(), name);
        let mailbox = Rc::new(Mailbox {
            name: name.to_owned(),
            socket,
        });
        stage.opened(&mailbox);
        Ok(Self {
            stage: Rc::clone(stage),
            mailbox,
            address,
        })
    }

    /// Where datagrams reach it, to be given to the program.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Receives one datagram of `program`, a client: from here on the port it came from
    /// is written `<program>`.
    pub fn receives_from(&mut self, program: &Program) {
        let (datagram, from) = self.next();
        let mut names = self.stage.names.borrow_mut();
        names.learn(from.port(), program.name());
        drop(names);
        self.stage.record(self.mailbox.received(&datagram, from));
    }

    /// Receives one datagram, from whomever.
    pub fn receives(&mut self) {
        let (datagram, from) = self.next();
        self.stage.record(self.mailbox.received(&datagram, from));
    }

    /// Programs that have ended will not send any more.
    fn next(&self) -> (Vec<u8>, SocketAddr) {
        let silence = || self.event("recvfrom", "silence");
        let next = watch(PATIENCE, || {
            let ended = self.stage.all_have_ended();
            let next = self.mailbox.next();
            (next.is_some() || ended).then_some(next)
        });
        match next {
            Some(Some(next)) => next,
            Some(None) => {
                self.stage.record(silence());
                self.stage.stop(Cause::Differs)
            }
            None => {
                self.stage.record_silence(silence());
                self.stage.stop(Cause::Hung)
            }
        }
    }

    /// Waits for a while and hears nothing: `recvfrom silence` is what is due here, and
    /// anything else is told.
    pub fn hears_nothing(&mut self) {
        std::thread::sleep(QUIET);
        let event = match self.mailbox.next() {
            Some((datagram, from)) => self.mailbox.received(&datagram, from),
            None => self.event("recvfrom", "silence"),
        };
        self.stage.record(event);
    }

    /// Sends `text` to the address that `program`, a server, told: one datagram.
    pub fn sends_to(&mut self, program: &Program, text: &str) {
        self.sends_bytes_to(program, text.as_bytes());
    }

    /// As [`UdpPeer::sends_to`], for what is no text.
    pub fn sends_bytes_to(&mut self, program: &Program, bytes: &[u8]) {
        let to = program.socket_address();
        let sent = match self.mailbox.socket.send_to(bytes, to) {
            Ok(_) => counted(bytes),
            Err(error) => error.kind().to_string(),
        };
        self.stage
            .record(self.event("sendto", &format!("{to} {sent}")));
    }

    fn event(&self, what: &str, rest: &str) -> Event {
        Event::new(&self.mailbox.name, what, rest)
    }
}

impl Mailbox {
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

    fn received(&self, datagram: &[u8], from: SocketAddr) -> Event {
        let told = format!("{} from {from}", counted(datagram));
        Event::new(&self.name, "recvfrom", told)
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
