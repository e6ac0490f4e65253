//! The check between a client and a server of UDP: it loses, doubles and reorders
//! datagrams when the scenario says so. No luck of timing is needed, and no privileges.

use crate::cast::company::Company;
use crate::cast::middle::Side;
use crate::cast::program::Program;
use crate::judge::verdict::Cause;
use crate::network::mailbox::{Arrived, LARGEST, Mailbox};
use crate::process::lockstep::Transport;
use crate::transcript::bytes::counted;
use crate::transcript::event::Event;
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
            let mailbox = Mailbox::open(stage, "middle", Ipv4Addr::LOCALHOST.into())?;
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
        let what = format!("from-{}", side.name());
        let mailbox = Rc::clone(&self.facing(side).mailbox);
        let Arrived { bytes, from, .. } = mailbox.receive(&self.stage, &what, LARGEST);
        if side == Side::Client {
            self.stage.names.borrow_mut().learn(from.port(), "client");
            self.client.program = Some(from);
        }
        self.tell(&what, counted(&bytes));
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
        self.tell("lost", counted(&datagram.unwrap_or_default()));
    }

    /// A datagram from `side` goes on to the other at once.
    pub fn carries_from(&mut self, side: Side) {
        self.takes_from(side);
        self.passes_on_to(side.other());
    }

    fn gives(&mut self, side: Side, datagram: Option<Vec<u8>>) {
        let facing = self.facing(side);
        let (Some(datagram), Some(to)) = (datagram, facing.program) else {
            self.stage
                .stop(Cause::Broken("the middle holds nothing".to_owned()))
        };
        let sent = facing.mailbox.send(&datagram, to);
        self.tell(&format!("to-{}", side.name()), sent);
    }

    fn facing(&mut self, side: Side) -> &mut Facing {
        match side {
            Side::Client => &mut self.client,
            Side::Server => &mut self.server,
        }
    }

    fn tell(&self, what: &str, rest: String) {
        self.stage.record(Event::new("middle", what, rest));
    }
}
