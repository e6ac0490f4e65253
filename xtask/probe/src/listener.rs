//! A TCP server played by the check: it listens, and accepts the program.

use crate::deadline::{PATIENCE, watch};
use crate::peer::Peer;
use crate::program::Program;
use crate::stage::{Cause, Stage};
use crate::transcript::Event;
use crate::wire::Wire;
use socket2::{Domain, Socket, Type};
use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::rc::Rc;

/// What a peer takes in without reading it, in bytes: little, so that a program
/// that sends much has to wait for it (SO_RCVBUF, `man 7 socket`).
const RECEIVE_BUFFER: usize = 64 * 1024;

/// A peer that listens for the program.
pub struct Listener {
    stage: Rc<Stage>,
    name: String,
    address: SocketAddr,
    socket: TcpListener,
}

impl Listener {
    /// Listens on a port that the system chooses; the transcript calls it `<name>`.
    pub(crate) fn open(stage: &Rc<Stage>, name: &str) -> io::Result<Self> {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
        socket.set_recv_buffer_size(RECEIVE_BUFFER)?;
        socket.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into())?;
        socket.listen(16)?;
        let socket = TcpListener::from(socket);
        socket.set_nonblocking(true)?;
        let address = socket.local_addr()?;
        Ok(Self {
            stage: Rc::clone(stage),
            name: name.to_owned(),
            address,
            socket,
        })
    }

    /// Where it listens, to be given to the program.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Accepts `program`, whose end of the connection is written `<program>`.
    pub fn accepts(&mut self, program: &Program) -> Peer {
        Peer::of(&self.stage, &self.takes(program))
    }

    /// The connection of `program`, once it is there.
    pub(crate) fn takes(&self, program: &Program) -> Rc<Wire> {
        match watch(PATIENCE, || self.next()) {
            Some(Ok((stream, from))) => self.accepted(stream, from, program),
            Some(Err(error)) => self
                .stage
                .stop(Cause::Broken(format!("accept failed: {error}"))),
            None => {
                self.stage
                    .record_silence(Event::new(&self.name, "accept", "silence"));
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
        let mut names = self.stage.names.borrow_mut();
        names.learn(from.port(), program.name());
        drop(names);
        self.stage
            .record(Event::new(&self.name, "accept", from.to_string()));
        match Wire::over(&self.name, program.process(), stream) {
            Ok(wire) => {
                let wire = Rc::new(wire);
                self.stage.connected(&wire);
                wire
            }
            Err(error) => self
                .stage
                .stop(Cause::Broken(format!("the connection was lost: {error}"))),
        }
    }
}
