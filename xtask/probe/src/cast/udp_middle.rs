//! The check between a client and a server of UDP: it loses, doubles and reorders
//! datagrams when the scenario says so. No luck of timing is needed, and no privileges.

use crate::cast::company::Company;
use crate::cast::program::Program;
use crate::judge::reason::{Fault, Reason};
use crate::judge::verdict::Cause;
use crate::network::arrival::Arrived;
use crate::network::mailbox::{LARGEST, Mailbox};
use crate::process::transport::Transport;
use crate::transcript::event::Event;
use crate::transcript::happening::{Flow, Happening, Side};
use crate::transcript::text::Payload;
use std::collections::VecDeque;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::rc::Rc;

/// Two sockets: the client sends to one, and the server answers to the other.
pub struct UdpMiddle {
    stage: Rc<Company>,
    /// Facing the client, and facing the server.
    client: Facing,
    server: Facing,
}

struct Facing {
    mailbox: Rc<Mailbox>,
    /// Where this program is; the client's place is known when it has sent.
    program: Option<SocketAddr>,
    /// What it is still to be given, the oldest first.
    held: VecDeque<Vec<u8>>,
}

impl UdpMiddle {
    pub(crate) fn before(stage: &Rc<Company>, server: &Program) -> io::Result<Self> {
        let facing = |program| {
            let mailbox = Mailbox::open(stage, "middle", (Ipv4Addr::LOCALHOST, 0).into())?;
            stage.opened(&mailbox);
            Ok::<_, io::Error>(Facing {
                mailbox,
                program,
                held: VecDeque::new(),
            })
        };
        Ok(Self {
            stage: Rc::clone(stage),
            client: facing(None)?,
            server: facing(Some(server.own_address(Transport::Udp)))?,
        })
    }

    /// Where the client is to send.
    pub fn address(&self) -> SocketAddr {
        self.client.mailbox.address()
    }

    /// Takes the next datagram of `side`, and holds it for the other one.
    pub fn takes_from(&mut self, side: Side) {
        let mailbox = Rc::clone(&self.facing(side).mailbox);
        let silence = Happening::From(side, Flow::Silence);
        let Arrived { bytes, from, .. } = mailbox.receive(&self.stage, &silence, LARGEST);
        if side == Side::Client {
            self.stage.names.borrow_mut().learn(from.port(), "client");
            self.client.program = Some(from);
        }
        self.tell(Happening::From(side, Flow::bytes(&bytes)));
        self.facing(side.other()).held.push_back(bytes);
    }

    /// Passes on to `side` the oldest datagram that is held for it.
    pub fn passes_on_to(&mut self, side: Side) {
        let datagram = self.facing(side).held.pop_front();
        self.gives(side, datagram);
    }

    /// The oldest datagram held for `side` reaches it twice.
    pub fn passes_on_twice_to(&mut self, side: Side) {
        let datagram = self.facing(side).held.pop_front();
        self.gives(side, datagram.clone());
        self.gives(side, datagram);
    }

    /// The youngest datagram held for `side` overtakes the others.
    pub fn passes_the_youngest_on_to(&mut self, side: Side) {
        let datagram = self.facing(side).held.pop_back();
        self.gives(side, datagram);
    }

    /// The oldest datagram held for `side` is lost.
    pub fn loses_what_is_for(&mut self, side: Side) {
        let datagram = self.facing(side).held.pop_front();
        let lost = Payload::of(&datagram.unwrap_or_default());
        self.tell(Happening::Lost(lost));
    }

    /// A datagram from `side` goes on to the other at once.
    pub fn carries_from(&mut self, side: Side) {
        self.takes_from(side);
        self.passes_on_to(side.other());
    }

    fn gives(&mut self, side: Side, datagram: Option<Vec<u8>>) {
        let facing = self.facing(side);
        let (Some(datagram), Some(to)) = (datagram, facing.program) else {
            let fault = Fault::NothingHeld;
            self.stage.stop(Cause::Broken(Reason::Scenario { fault }))
        };
        let passed = match facing.mailbox.send(&datagram, to) {
            Ok(()) => Flow::bytes(&datagram),
            Err(kind) => Flow::Failed(kind),
        };
        self.tell(Happening::To(side, passed));
    }

    fn facing(&mut self, side: Side) -> &mut Facing {
        match side {
            Side::Client => &mut self.client,
            Side::Server => &mut self.server,
        }
    }

    fn tell(&self, what: Happening) {
        self.stage.record(Event::new("middle", what));
    }
}
