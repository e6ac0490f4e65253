//! A TCP server played by the check: it listens, and accepts the program.

use crate::cast::company::Company;
use crate::cast::occupant::{Occupant, with_a_full_backlog};
use crate::cast::peer::Peer;
use crate::cast::program::Program;
use crate::judge::moment::Moment;
use crate::judge::reason::Reason;
use crate::judge::time::Wait;
use crate::judge::verdict::Cause;
use crate::network::arrival::timestamp;
use crate::network::wire::Wire;
use crate::transcript::event::Event;
use crate::transcript::happening::{Accept, Happening};
use socket2::{Domain, SockRef, Socket, Type};
use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream, ToSocketAddrs};
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
    /// The same port on other loopback addresses, which refuse or are silent.
    _beside: Vec<Socket>,
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

/// How many connections may wait for the scenario to accept them.
const BACKLOG: i32 = 16;

fn bound(host: IpAddr, port: u16) -> io::Result<Socket> {
    let address = SocketAddr::new(host, port);
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, None)?;
    socket.bind(&address.into())?;
    Ok(socket)
}

/// One port on `host` and on each of `others`.
fn bound_together(host: IpAddr, others: &[IpAddr]) -> io::Result<(Socket, Vec<Socket>)> {
    let together = |_| {
        let socket = bound(host, 0)?;
        let port = socket.local_addr()?.as_socket().map_or(0, |own| own.port());
        let beside: io::Result<Vec<_>> = others.iter().map(|other| bound(*other, port)).collect();
        Ok((socket, beside?))
    };
    let mut tries = (0..PORTS_TO_TRY).map(together);
    let found = tries.find(|both: &io::Result<_>| both.is_ok());
    found.unwrap_or_else(|| Err(ErrorKind::AddrInUse.into()))
}

/// The addresses behind the name `localhost` that this system has, in the resolver's order.
fn localhost() -> io::Result<(IpAddr, Vec<IpAddr>)> {
    let mut hosts = Vec::new();
    for address in ("localhost", 0).to_socket_addrs()? {
        if !hosts.contains(&address.ip()) && bound(address.ip(), 0).is_ok() {
            hosts.push(address.ip());
        }
    }
    let mut hosts = hosts.into_iter();
    let first = hosts.next().ok_or(ErrorKind::AddrNotAvailable)?;
    Ok((first, hosts.collect()))
}

/// Of each socket that is bound, those with which no connect to it is answered.
fn silent(bound: Vec<Socket>) -> io::Result<Vec<Socket>> {
    let full: io::Result<Vec<_>> = bound.into_iter().map(with_a_full_backlog).collect();
    Ok(full?.into_iter().flatten().collect())
}

impl Listener {
    /// Listens on a port that the system chooses; the transcript calls it `<name>`.
    pub(crate) fn open(stage: &Rc<Company>, name: &str) -> io::Result<Self> {
        let socket = bound(Loopback::V4.address(), 0)?;
        Self::over(stage, name, socket, Vec::new())
    }

    /// As [`Listener::open`], and takes in as little as there can be without reading it.
    pub(crate) fn open_with_little_room(stage: &Rc<Company>, name: &str) -> io::Result<Self> {
        let listener = Self::open(stage, name)?;
        SockRef::from(&listener.socket).set_recv_buffer_size(1)?;
        Ok(listener)
    }

    /// Listens on the port of `occupant`, which has refused until now.
    pub(crate) fn open_after_all(
        stage: &Rc<Company>,
        name: &str,
        occupant: Occupant,
    ) -> io::Result<Self> {
        let socket = occupant.refused_so_far().ok_or(ErrorKind::InvalidInput)?;
        Self::over(stage, name, socket, Vec::new())
    }

    /// Listens on a port of 127.0.0.2 that the system chooses.
    pub(crate) fn open_elsewhere(stage: &Rc<Company>, name: &str) -> io::Result<Self> {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
        socket.bind(&SocketAddr::from(([127, 0, 0, 2], 0)).into())?;
        Self::over(stage, name, socket, Vec::new())
    }

    /// Listens on one loopback address; on the other, the same port refuses.
    pub(crate) fn open_on(stage: &Rc<Company>, name: &str, only: Loopback) -> io::Result<Self> {
        let (socket, beside) = bound_together(only.address(), &[only.other().address()])?;
        Self::over(stage, name, socket, beside)
    }

    /// Listens where [`Listener::by_name`] leads first on this system; where it leads
    /// further, the same port refuses.
    pub(crate) fn open_by_name(stage: &Rc<Company>, name: &str) -> io::Result<Self> {
        let (first, others) = localhost()?;
        let (socket, beside) = bound_together(first, &others)?;
        Self::over(stage, name, socket, beside)
    }

    /// As [`Listener::open_by_name`]; where the name leads further, no connect is answered.
    pub(crate) fn open_beside_silence(stage: &Rc<Company>, name: &str) -> io::Result<Self> {
        let (first, others) = localhost()?;
        let (socket, others) = bound_together(first, &others)?;
        Self::over(stage, name, socket, silent(others)?)
    }

    /// Listens where [`Listener::by_name`] leads last on this system; where it leads before, no
    /// connect is answered.
    pub(crate) fn open_behind_silence(stage: &Rc<Company>, name: &str) -> io::Result<Self> {
        let (first, mut others) = localhost()?;
        let last = others.pop().ok_or(ErrorKind::AddrNotAvailable)?;
        others.push(first);
        let (socket, others) = bound_together(last, &others)?;
        Self::over(stage, name, socket, silent(others)?)
    }

    fn over(
        stage: &Rc<Company>,
        name: &str,
        socket: Socket,
        beside: Vec<Socket>,
    ) -> io::Result<Self> {
        socket.set_recv_buffer_size(RECEIVE_BUFFER)?;
        socket.listen(BACKLOG)?;
        let socket = TcpListener::from(socket);
        socket.set_nonblocking(true)?;
        // Where it is not noted when something arrives, the check's own clock has to do.
        let _ = timestamp(&socket);
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
        let since = self.stage.moment();
        Peer::of(&self.stage, &self.takes(program)).awaited_since(since)
    }

    /// As [`Listener::accepts`], and `wait` after `since`: another wait is written `accept
    /// too soon` or `accept too late`. For a scenario that is [told in time](crate::timed).
    pub fn accepts_after(&mut self, since: Moment, wait: Wait, program: &Program) -> Peer {
        let waits = || self.waits_for_one(program);
        let ((stream, from), until) = self.stage.awaits(since, wait, waits);
        let event = self.comes(from, program);
        self.stage.record_after(event, wait, since, until);
        Peer::of(&self.stage, &self.joined(stream, from, program)).awaited_since(since)
    }

    /// Nobody has connected: `accept silence` is what is due here. Call it when the program
    /// has ended.
    pub fn is_left_alone(&mut self) {
        let told = match self.next() {
            None => Accept::Silence,
            Some(Ok((_, from))) => Accept::From(from.into()),
            Some(Err(_)) => Accept::Rst,
        };
        self.stage.record(self.event(told));
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
        names.pass_on(from.port(), program.name());
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
