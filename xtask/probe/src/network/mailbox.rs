//! The check's end of UDP: a socket with a name, and what arrives on it. Who sends when
//! is left to `udp_peer.rs` and `udp_middle.rs`.

use crate::judge::stage::Stage;
use crate::judge::verdict::Cause;
use crate::network::arrival::{Arrived, take, timestamp};
use crate::transcript::event::Event;
use crate::transcript::happening::{Datagram, Happening, Hold};
use crate::transcript::kind::Kind;
use crate::transcript::text::Payload;
use socket2::{Domain, SockRef, Socket, Type};
use std::cell::RefCell;
use std::io::{self, ErrorKind};
use std::net::{SocketAddr, UdpSocket};
use std::rc::Rc;

/// More than any datagram holds (RFC 768: a length of 16 bits).
pub(crate) const LARGEST: usize = 65_535;

pub(crate) struct Mailbox {
    name: String,
    socket: RefCell<UdpSocket>,
    address: SocketAddr,
}

impl Mailbox {
    /// On a port that the system chooses where that of `own` is 0.
    pub(crate) fn open(stage: &Stage, name: &str, own: SocketAddr) -> io::Result<Rc<Self>> {
        let socket = UdpSocket::bind(own)?;
        socket.set_nonblocking(true)?;
        timestamp(&socket)?;
        let address = socket.local_addr()?;
        stage.names.borrow_mut().learn(address.port(), name);
        let mailbox = Rc::new(Self {
            name: name.to_owned(),
            socket: RefCell::new(socket),
            address,
        });
        stage.record(mailbox.event(Happening::Holds(Hold::Bind, address.into())));
        Ok(mailbox)
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Sends one datagram.
    ///
    /// # Errors
    /// The system does not take it.
    pub(crate) fn send(&self, bytes: &[u8], to: SocketAddr) -> Result<(), Kind> {
        let sent = self.socket.borrow().send_to(bytes, to);
        sent.map(|_| ()).map_err(|error| Kind::of(&error))
    }

    /// Waits for a datagram; its absence is told as `silence`. Programs that have ended
    /// will not send any more.
    pub(crate) fn receive(&self, stage: &Stage, silence: &Happening, room: usize) -> Arrived {
        self.receive_while(stage, silence, room, || {})
    }

    /// As [`Mailbox::receive`], doing something again and again in the meantime.
    pub(crate) fn receive_while(
        &self,
        stage: &Stage,
        silence: &Happening,
        room: usize,
        mut meanwhile: impl FnMut(),
    ) -> Arrived {
        let silence = || self.event(silence.clone());
        let next = stage.watch(|| {
            meanwhile();
            let ended = stage.all_have_ended();
            let next = self.next(room);
            (next.is_some() || ended).then_some(next)
        });
        match next {
            Some(Some(next)) => {
                stage.hears_of_a_program();
                next
            }
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

    /// The next datagram that has come, if any has: as much of it as there is `room` for.
    pub(crate) fn next(&self, room: usize) -> Option<Arrived> {
        loop {
            match take(&self.socket.borrow(), room) {
                Ok(arrived) => return Some(arrived),
                // Windows tells here that an earlier datagram was refused.
                Err(error) if error.kind() == ErrorKind::ConnectionReset => {}
                Err(_) => return None,
            }
        }
    }

    /// Connected to itself, the socket takes datagrams from itself only, and the system
    /// answers all others as if nobody had the port.
    pub(crate) fn close_for_a_while(&self) -> io::Result<()> {
        self.socket.borrow().connect(self.address)
    }

    /// Another socket on the same port takes the place of the one that closed it. The
    /// port is held all the time, so that nobody else is given it.
    pub(crate) fn open_again(&self) -> io::Result<()> {
        let again = Socket::new(Domain::for_address(self.address), Type::DGRAM, None)?;
        again.set_reuse_address(true)?;
        again.set_nonblocking(true)?;
        let mut socket = self.socket.borrow_mut();
        SockRef::from(&*socket).set_reuse_address(true)?;
        again.bind(&self.address.into())?;
        *socket = again.into();
        timestamp(&*socket)?;
        Ok(())
    }

    pub(crate) fn event(&self, what: Happening) -> Event {
        Event::new(&self.name, what)
    }

    /// A port that the scenario did not hear of before is `<another port>`.
    pub(crate) fn received(&self, stage: &Stage, arrived: &Arrived) -> Event {
        self.event(Happening::RecvFrom(Datagram::Came {
            bytes: Payload::of(&arrived.bytes),
            from: stage.names.borrow().sender(arrived.from),
            cut: arrived.cut,
        }))
    }

    /// Datagrams that the scenario did not ask for.
    pub(crate) fn what_is_left(&self, stage: &Stage) -> Vec<Event> {
        let mut left = Vec::new();
        while let Some(arrived) = self.next(LARGEST) {
            left.push(self.received(stage, &arrived));
        }
        left
    }
}
