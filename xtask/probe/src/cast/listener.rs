//! A TCP server played by the check: it listens, and accepts the program.

use crate::cast::company::Company;
use crate::cast::peer::Peer;
use crate::cast::program::Program;
use crate::judge::reason::Reason;
use crate::judge::time::{Moment, Wait};
use crate::judge::verdict::Cause;
use crate::network::wire::Wire;
use crate::transcript::event::Event;
use crate::transcript::happening::{Accept, Happening};
use socket2::{Domain, Socket, Type};
use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::rc::Rc;

/// What a peer takes in without reading it, in bytes: little, so that a program
/// that sends much has to wait for it (SO_RCVBUF, `man 7 socket`).
const RECEIVE_BUFFER: usize = 64 * 1024;

/// A peer that listens for the program.
pub struct Listener {
    stage: Rc<Company>,
    name: String,
    address: SocketAddr,
    socket: TcpListener,
    /// The same port on the other loopback address, which refuses.
    _beside: Option<Socket>,
}

/// One of the two loopback addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loopback {
    /// `127.0.0.1`
    V4,
    /// `::1`
    V6,
}

impl Loopback {
    fn bind(self, port: u16) -> io::Result<Socket> {
        let address = SocketAddr::new(self.address(), port);
        let socket = Socket::new(Domain::for_address(address), Type::STREAM, None)?;
        socket.bind(&address.into())?;
        Ok(socket)
    }

    pub(crate) fn address(self) -> IpAddr {
        match self {
            Self::V4 => Ipv4Addr::LOCALHOST.into(),
            Self::V6 => Ipv6Addr::LOCALHOST.into(),
        }
    }

    fn other(self) -> Self {
        match self {
            Self::V4 => Self::V6,
            Self::V6 => Self::V4,
        }
    }
}

/// How often another port is tried where one is free on one address only.
const PORTS_TO_TRY: usize = 50;

impl Listener {
    /// Listens on a port that the system chooses; the transcript calls it `<name>`.
    pub(crate) fn open(stage: &Rc<Company>, name: &str) -> io::Result<Self> {
        Self::over(stage, name, Loopback::V4.bind(0)?, None)
    }

    /// Listens on one loopback address; on the other, the same port refuses.
    pub(crate) fn open_on(stage: &Rc<Company>, name: &str, only: Loopback) -> io::Result<Self> {
        let mut ports = (0..PORTS_TO_TRY).map(|_| {
            let socket = only.bind(0)?;
            let port = socket.local_addr()?.as_socket().map_or(0, |own| own.port());
            Ok((socket, only.other().bind(port)?))
        });
        let found = ports.find(|both: &io::Result<_>| both.is_ok());
        let (socket, beside) = found.unwrap_or_else(|| Err(ErrorKind::AddrInUse.into()))?;
        Self::over(stage, name, socket, Some(beside))
    }

    fn over(
        stage: &Rc<Company>,
        name: &str,
        socket: Socket,
        beside: Option<Socket>,
    ) -> io::Result<Self> {
        socket.set_recv_buffer_size(RECEIVE_BUFFER)?;
        socket.listen(16)?;
        let socket = TcpListener::from(socket);
        socket.set_nonblocking(true)?;
        let address = socket.local_addr()?;
        Ok(Self {
            stage: Rc::clone(stage),
            name: name.to_owned(),
            address,
            socket,
            _beside: beside,
        })
    }

    /// `localhost` and its port, to be given to the program.
    pub fn by_name(&self) -> String {
        format!("localhost:{}", self.address.port())
    }

    /// Where it listens, to be given to the program.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Accepts `program`, whose end of the connection is written `<program>`.
    pub fn accepts(&mut self, program: &Program) -> Peer {
        Peer::of(&self.stage, &self.takes(program))
    }

    /// As [`Listener::accepts`], and `wait` after `since`: another wait is written `accept
    /// too soon` or `accept too late`. For a scenario that is [told in time](crate::timed).
    pub fn accepts_after(&mut self, since: Moment, wait: Wait, program: &Program) -> Peer {
        let (stream, from) = self.waits_for_one(program);
        let event = self.comes(from, program);
        self.stage
            .record_after(event, wait, since, self.stage.moment());
        Peer::of(&self.stage, &self.joined(stream, from, program))
    }

    /// The connection of `program`, once it is there.
    pub(crate) fn takes(&self, program: &Program) -> Rc<Wire> {
        let (stream, from) = self.waits_for_one(program);
        self.accepted(stream, from, program)
    }

    /// A program that has ended will not connect any more.
    fn waits_for_one(&self, program: &Program) -> (TcpStream, SocketAddr) {
        let next = self.stage.watch(|| {
            let ended = program.has_ended();
            self.next()
                .or_else(|| ended.then(|| Err(ErrorKind::NotConnected.into())))
        });
        match next {
            Some(Ok(one)) => {
                self.stage.hears_of_a_program();
                one
            }
            Some(Err(error)) if error.kind() == ErrorKind::NotConnected => {
                program.tells_its_end_instead()
            }
            // Some systems do not hand out a connection that was reset before.
            Some(Err(error)) if error.kind() == ErrorKind::ConnectionAborted => {
                self.stage.record(self.event(Accept::Rst));
                self.stage.stop(Cause::Differs)
            }
            Some(Err(error)) => self
                .stage
                .stop(Cause::Broken(Reason::no_port(&self.name, &error))),
            None => {
                self.stage.record_silence(self.event(Accept::Silence));
                self.stage.stop(Cause::Hung)
            }
        }
    }

    fn next(&self) -> Option<io::Result<(TcpStream, SocketAddr)>> {
        match self.socket.accept() {
            Err(error) if error.kind() == ErrorKind::WouldBlock => None,
            outcome => Some(outcome),
        }
    }

    fn accepted(&self, stream: TcpStream, from: SocketAddr, program: &Program) -> Rc<Wire> {
        let event = self.comes(from, program);
        self.stage.record(event);
        self.joined(stream, from, program)
    }

    fn comes(&self, from: SocketAddr, program: &Program) -> Event {
        let mut names = self.stage.names.borrow_mut();
        names.learn(from.port(), program.name());
        self.event(Accept::From(from.into()))
    }

    fn joined(&self, stream: TcpStream, from: SocketAddr, program: &Program) -> Rc<Wire> {
        match Wire::over(&self.name, program.process(), stream, from) {
            Ok(wire) => {
                let wire = Rc::new(wire);
                self.stage.connected(&wire);
                wire
            }
            Err(error) => self
                .stage
                .stop(Cause::Broken(Reason::no_port(&self.name, &error))),
        }
    }

    fn event(&self, accept: Accept) -> Event {
        Event::new(&self.name, Happening::Accept(accept))
    }
}
