//! Where ports stand in a happening, and get their names.

use crate::transcript::happening::{
    Accept, Connect, Datagram, Flow, Happening, Input, Output, Stderr,
};
use crate::transcript::message::Message;
use crate::transcript::names::Names;
use crate::transcript::text::{Payload, Quoted};

impl Happening {
    /// The same with every port that has a name told by it.
    pub(crate) fn named(self, names: &Names) -> Self {
        match self {
            Self::Stdout(Output::Line(line)) => Self::Stdout(Output::Line(line.named(names))),
            Self::Stdin(Input::Line(line)) => Self::Stdin(Input::Line(line.named(names))),
            Self::Stderr(Stderr::Named { there, subject }) => Self::Stderr(Stderr::Named {
                there,
                subject: names.text(&subject),
            }),
            Self::Endpoints(all) => {
                Self::Endpoints(all.iter().map(|one| names.address(one)).collect())
            }
            Self::Holds(hold, address) => Self::Holds(hold, names.address(&address)),
            Self::NotItsOwn(address, whose) => Self::NotItsOwn(names.address(&address), whose),
            Self::Neighbour { address, taken } => Self::Neighbour {
                address: names.address(&address),
                taken,
            },
            Self::Connect(Connect::To(to)) => Self::Connect(Connect::To(names.address(&to))),
            Self::Connect(Connect::Many { to, joined, count }) => Self::Connect(Connect::Many {
                to: names.address(&to),
                joined,
                count,
            }),
            Self::Accept(Accept::From(from)) => Self::Accept(Accept::From(names.address(&from))),
            Self::Send(flow) => Self::Send(flow.named(names)),
            Self::Recv(flow) => Self::Recv(flow.named(names)),
            Self::From(side, flow) => Self::From(side, flow.named(names)),
            Self::To(side, flow) => Self::To(side, flow.named(names)),
            Self::SendTo { to, bytes, again } => Self::SendTo {
                to: names.address(&to),
                bytes: bytes.named(names),
                again,
            },
            Self::NotSentTo { to, why } => Self::NotSentTo {
                to: names.address(&to),
                why,
            },
            Self::RecvFrom(Datagram::Came { bytes, from, cut }) => Self::RecvFrom(Datagram::Came {
                bytes: bytes.named(names),
                from: names.address(&from),
                cut,
            }),
            Self::Lost(bytes) => Self::Lost(bytes.named(names)),
            nameless => nameless,
        }
    }

    /// The first name in what a program was to print, to send or to complain about.
    pub fn port_name(&self) -> Option<String> {
        let text = match self {
            Self::Stderr(Stderr::Named { subject, .. }) => Some(subject.clone()),
            _ => self.text(),
        };
        text?.name().map(str::to_owned)
    }
}

impl Quoted {
    /// A long one keeps its digest, which names would change.
    fn named(&self, names: &Names) -> Self {
        match self {
            Self::Whole(text) => Self::Whole(names.text(text)),
            long @ Self::Long { .. } => long.clone(),
        }
    }
}

impl Payload {
    fn named(&self, names: &Names) -> Self {
        Self {
            pieces: self.pieces.iter().map(|piece| piece.named(names)).collect(),
            count: self.count,
        }
    }
}

impl Flow {
    fn named(self, names: &Names) -> Self {
        match self {
            Self::Bytes(bytes) => Self::Bytes(bytes.named(names)),
            Self::Again(bytes) => Self::Again(bytes.named(names)),
            Self::Message(message) => Self::Message(Message {
                text: message.text.as_ref().map(|text| text.named(names)),
                ..message
            }),
            nameless => nameless,
        }
    }
}
