//! Where ports stand in a happening, and get their names.

use crate::transcript::happening::{
    Accept, Connect, Datagram, Flow, Happening, Input, Output, Stderr,
};
use crate::transcript::names::Names;
use crate::transcript::text::{Payload, Quoted, Text};

impl Happening {
    /// The same with every port that has a name told by it.
    pub(crate) fn named(self, names: &Names) -> Self {
        match self {
            Self::Stdout(Output::Line(line)) => Self::Stdout(Output::Line(line.named(names))),
            Self::Stdin(Input::Line(line)) => Self::Stdin(Input::Line(line.named(names))),
            Self::Stderr(Stderr::Lines {
                count,
                naming,
                subject,
            }) => Self::Stderr(Stderr::Lines {
                count,
                naming,
                subject: names.text(&subject),
            }),
            Self::Stderr(Stderr::Named { there, subject }) => Self::Stderr(Stderr::Named {
                there,
                subject: names.text(&subject),
            }),
            Self::Endpoints(all) => {
                Self::Endpoints(all.iter().map(|one| names.address(one)).collect())
            }
            Self::Holds(hold, address) => Self::Holds(hold, names.address(&address)),
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

    /// The first name that stands in it for a port that the scenario knows.
    pub fn port_name(&self) -> Option<&str> {
        let address = match self {
            Self::Holds(_, address)
            | Self::Neighbour { address, .. }
            | Self::Connect(Connect::To(address) | Connect::Many { to: address, .. })
            | Self::Accept(Accept::From(address))
            | Self::SendTo { to: address, .. }
            | Self::NotSentTo { to: address, .. }
            | Self::RecvFrom(Datagram::Came { from: address, .. }) => address.port.name(),
            _ => None,
        };
        let subject = match self {
            Self::Stderr(Stderr::Lines { subject, .. } | Stderr::Named { subject, .. }) => {
                subject.name()
            }
            _ => None,
        };
        let quoted = self.quoted().and_then(Quoted::text).and_then(Text::name);
        let mut pieces = self.payload().into_iter().flat_map(|sent| &sent.pieces);
        let sent = pieces.find_map(|piece| piece.text()?.name());
        address.or(subject).or(quoted).or(sent)
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
            nameless => nameless,
        }
    }
}
