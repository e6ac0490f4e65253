//! What can happen in a scenario, with its data. Which words stand for it in a line is
//! left to `wording.rs`.

use crate::transcript::address::Address;
use crate::transcript::kind::Kind;
use crate::transcript::message::Message;
pub use crate::transcript::saying::{End, Input, Output, Stderr};
use crate::transcript::text::{Payload, Quoted, Text};

/// One action or observation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happening {
    /// What came on a program's stdout, or did not.
    Stdout(Output),
    /// What was typed into a program.
    Stdin(Input),
    /// What a program said on stderr until it ended.
    Stderr(Stderr),
    /// A program said what is due, on stdout or on stderr and in words of its own: something
    /// that names this, or anything at all.
    Told(Option<Text>),
    /// A program ended, or did not.
    End(End),
    /// The sockets that a program holds, by protocol.
    Sockets(Vec<String>),
    /// The endpoints that a program's sockets have on its side.
    Endpoints(Vec<Address>),
    /// Does a program rest where it can do nothing but wait?
    Rests(bool),
    /// A program has not ended, and is not about to.
    GoesOn,
    /// Has a program's memory grown by what a peer sent, or not?
    Memory {
        /// It has.
        grew: bool,
    },
    /// Ctrl-C at the program's terminal.
    CtrlC,
    /// SIGTERM, as `kill` sends it.
    Sigterm,
    /// The program was stopped and goes on.
    Stopped,
    /// The file descriptors that a program may have.
    Descriptors {
        /// Is there one left for what it opens or accepts next?
        left: bool,
    },
    /// A port that the check has, or to which a program turns out to be bound.
    Holds(Hold, Address),
    /// The address that a program told is not one to talk to it at.
    NotItsOwn(Address, Whose),
    /// Somebody else tried to bind the program's port; was it taken?
    Neighbour {
        /// What was to be bound.
        address: Address,
        /// Did the bind fail?
        taken: bool,
    },
    /// A connect of the check's, and what came of it.
    Connect(Connect),
    /// What the check's listener accepted, or did not.
    Accept(Accept),
    /// What a peer sent on its connection.
    Send(Flow),
    /// What a peer received on its connection.
    Recv(Flow),
    /// What a peer sent was left unread until the deadline.
    Unread,
    /// What the middle took from one of the two programs.
    From(Side, Flow),
    /// What the middle passed on to one of the two programs.
    To(Side, Flow),
    /// A peer ended its own direction: FIN.
    Shutdown,
    /// A peer closed its connection: FIN.
    Close,
    /// A peer broke its connection off: RST.
    Reset,
    /// The program ended the connection of a peer that sends again and again, with FIN or
    /// RST, that varies; or it ended itself, however that was.
    Ended,
    /// What is due came, after another wait than the one that is due.
    Untimely {
        /// What was waited for.
        what: Awaited,
        /// The wait was too long, and not too short.
        late: bool,
    },
    /// A peer did not read, for so many milliseconds.
    Silent(u64),
    /// A peer sent a datagram.
    SendTo {
        /// Where to.
        to: Address,
        /// What was in it.
        bytes: Payload,
        /// It goes on sending the same.
        again: bool,
    },
    /// The system did not take a peer's datagram.
    NotSentTo {
        /// Where to.
        to: Address,
        /// The kind of the error.
        why: Kind,
    },
    /// What a peer's UDP socket received, or did not.
    RecvFrom(Datagram),
    /// The middle did not pass a datagram on.
    Lost(Payload),
    /// A peer's UDP port is closed for a while.
    Away,
    /// And open again.
    Back,
}

/// What a wait ends with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Awaited {
    /// A line on stdout.
    Line,
    /// The end of a program.
    Exit,
    /// A connection.
    Connection,
    /// Bytes, or the end of their stream.
    Bytes,
    /// A datagram.
    Datagram,
    /// The end of a program or of a connection, however it was.
    End,
}

impl Awaited {
    /// What `happening` is to somebody who waited for it.
    pub(crate) fn of(happening: &Happening) -> Option<Self> {
        Some(match happening {
            Happening::Stdout(_) => Self::Line,
            Happening::End(_) => Self::Exit,
            Happening::Accept(_) => Self::Connection,
            Happening::Recv(_) => Self::Bytes,
            Happening::RecvFrom(_) => Self::Datagram,
            Happening::Ended => Self::End,
            _ => return None,
        })
    }
}

/// How the check has a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// A peer listens there, or only has it taken.
    Listen,
    /// Bound: TCP refuses there; UDP receives, or refuses.
    Bind,
    /// Listening with a full backlog, so that nobody is answered.
    Full,
    /// A connection is in TIME_WAIT there.
    TimeWait,
}

/// Whose address it is that a program told as its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Another program listens there.
    Another,
    /// It is outside of loopback, and nobody there is talked to.
    Outside,
}

/// What came of a connect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Connect {
    /// A connection with this address.
    To(Address),
    /// So many of a number of clients got a connection with this address.
    Many {
        /// Where they connected to.
        to: Address,
        /// How many got one.
        joined: usize,
        /// How many tried, had each got one.
        count: usize,
    },
    /// One after another, until the program's queue was full; or there was no end to it.
    Crowd {
        /// Was it full in the end?
        full: bool,
    },
    /// It was refused.
    Refused,
    /// No answer.
    Silence,
    /// Another error.
    Failed(Kind),
}

/// What came of waiting for a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Accept {
    /// A connection from this address.
    From(Address),
    /// A connection that was broken off before, and is not to be had (ECONNABORTED).
    Rst,
    /// Nobody connected until the deadline.
    Silence,
}

/// What goes over a connection in one direction, its end included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flow {
    /// Bytes.
    Bytes(Payload),
    /// At least so many bytes, of a stream that is then left.
    AtLeast(usize),
    /// The same bytes again and again.
    Again(Quoted),
    /// A message, by its meaning.
    Message(Message),
    /// The end of the stream, in order (RFC 9293, section 3.6).
    Fin,
    /// The connection was broken off (RFC 9293, section 3.5.2).
    Rst,
    /// Nothing, until the deadline.
    Silence,
    /// The system took nothing.
    Failed(Kind),
}

/// What a UDP socket receives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Datagram {
    /// A datagram.
    Came {
        /// What was in it, as far as there was room.
        bytes: Payload,
        /// The sender.
        from: Address,
        /// There was more of it than there was room.
        cut: bool,
    },
    /// None, until the deadline.
    Silence,
}

/// One of the two programs, as the middle between them sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// The program that connects, or sends first.
    Client,
    /// The program that waits for it.
    Server,
}

impl Side {
    /// The program at the other side.
    pub fn other(self) -> Self {
        match self {
            Self::Client => Self::Server,
            Self::Server => Self::Client,
        }
    }
}

impl Flow {
    pub(crate) fn bytes(bytes: &[u8]) -> Self {
        Self::Bytes(Payload::of(bytes))
    }
}
