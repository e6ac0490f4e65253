//! The check's end of UDP: a socket with a name, and what arrives on it. Who sends when
//! is left to `datagrams.rs` and `udp_middle.rs`.

use crate::judge::stage::Stage;
use crate::judge::verdict::Cause;
use crate::transcript::bytes::counted;
use crate::transcript::event::Event;
use socket2::{Domain, MaybeUninitSlice, SockRef, Socket, Type};
use std::cell::{Cell, RefCell};
use std::io::{self, ErrorKind};
use std::mem::MaybeUninit;
use std::net::{SocketAddr, UdpSocket};
use std::rc::Rc;
use std::time::Instant;

/// More than any datagram holds (RFC 768: a length of 16 bits).
pub(crate) const LARGEST: usize = 65_535;

pub(crate) struct Mailbox {
    name: String,
    socket: RefCell<UdpSocket>,
    address: SocketAddr,
    /// When nothing had come yet: whatever came since came later.
    empty_at: Cell<Instant>,
}

/// A datagram that came.
pub(crate) struct Arrived {
    pub(crate) bytes: Vec<u8>,
    pub(crate) from: SocketAddr,
    /// There was more of it than there was room.
    cut: bool,
}

impl Mailbox {
    /// On a port that the system chooses where that of `own` is 0.
    pub(crate) fn open(stage: &Stage, name: &str, own: SocketAddr) -> io::Result<Rc<Self>> {
        let socket = UdpSocket::bind(own)?;
        socket.set_nonblocking(true)?;
        let address = socket.local_addr()?;
        stage.names.borrow_mut().learn(address.port(), name);
        let mailbox = Rc::new(Self {
            name: name.to_owned(),
            socket: RefCell::new(socket),
            address,
            empty_at: Cell::new(Instant::now()),
        });
        stage.record(mailbox.event("bind", address.to_string()));
        Ok(mailbox)
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Sends one datagram; how it is told.
    pub(crate) fn send(&self, bytes: &[u8], to: SocketAddr) -> String {
        match self.socket.borrow().send_to(bytes, to) {
            Ok(_) => counted(bytes),
            Err(error) => error.kind().to_string(),
        }
    }

    /// Waits for a datagram; its absence is told by the word `what`. Programs that have
    /// ended will not send any more.
    pub(crate) fn receive(&self, stage: &Stage, what: &str, room: usize) -> Arrived {
        self.receive_while(stage, what, room, || {})
    }

    /// As [`Mailbox::receive`], doing something again and again in the meantime.
    pub(crate) fn receive_while(
        &self,
        stage: &Stage,
        what: &str,
        room: usize,
        mut meanwhile: impl FnMut(),
    ) -> Arrived {
        let silence = || self.event(what, "silence");
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
        let looked = Instant::now();
        loop {
            match self.take(room) {
                Ok(arrived) => return Some(arrived),
                // Windows tells here that an earlier datagram was refused.
                Err(error) if error.kind() == ErrorKind::ConnectionReset => {}
                Err(_) => {
                    self.empty_at.set(looked);
                    return None;
                }
            }
        }
    }

    /// No datagram that was taken last came before this.
    pub(crate) fn empty_at(&self) -> Instant {
        self.empty_at.get()
    }

    /// As recvmsg(2), which tells whether it has cut; socket2 makes the same of the error
    /// that Windows reports.
    fn take(&self, room: usize) -> io::Result<Arrived> {
        let mut buffer = vec![MaybeUninit::new(0); room];
        let mut parts = [MaybeUninitSlice::new(&mut buffer)];
        let socket = self.socket.borrow();
        let (count, flags, from) = SockRef::from(&*socket).recv_from_vectored(&mut parts)?;
        // SAFETY: every byte of the buffer was given a value above.
        let read = |byte: &MaybeUninit<u8>| unsafe { byte.assume_init() };
        Ok(Arrived {
            bytes: buffer.iter().take(count).map(read).collect(),
            from: from.as_socket().ok_or(ErrorKind::InvalidData)?,
            cut: flags.is_truncated(),
        })
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
        Ok(())
    }

    pub(crate) fn event(&self, what: &str, rest: impl Into<String>) -> Event {
        Event::new(&self.name, what, rest)
    }

    /// A port that the scenario did not hear of before is `<another port>`.
    pub(crate) fn received(&self, stage: &Stage, arrived: &Arrived) -> Event {
        let Arrived { bytes, from, cut } = arrived;
        let from = if stage.names.borrow().knows(from.port()) {
            from.to_string()
        } else {
            format!("{}:<another port>", from.ip())
        };
        let rest = if *cut { ", the rest cut" } else { "" };
        let told = format!("{} from {from}{rest}", counted(bytes));
        self.event("recvfrom", told)
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
