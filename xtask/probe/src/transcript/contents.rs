//! What a happening carries: the bytes that were printed, typed, sent or received, as far
//! as its line tells them.

use crate::transcript::happening::{Datagram, Flow, Happening, Input, Output};
use crate::transcript::text::{Payload, Quoted, Text};

impl Happening {
    /// What was printed, typed, sent or received, if the line tells all of it.
    pub fn text(&self) -> Option<Text> {
        match (self.quoted(), self.payload()) {
            (Some(quoted), _) => quoted.text().cloned(),
            (None, payload) => payload?.text(),
        }
    }

    /// How many bytes that were; `None` where there were none, or the line does not tell.
    pub fn byte_count(&self) -> Option<usize> {
        match (self.quoted(), self.payload()) {
            (Some(quoted), _) => quoted.count(),
            (None, payload) => Some(payload?.count),
        }
    }

    pub(crate) fn quoted(&self) -> Option<&Quoted> {
        match self {
            Self::Stdout(Output::Line(quoted)) | Self::Stdin(Input::Line(quoted)) => Some(quoted),
            _ => None,
        }
    }

    pub(crate) fn payload(&self) -> Option<&Payload> {
        match self {
            Self::SendTo { bytes, .. }
            | Self::RecvFrom(Datagram::Came { bytes, .. })
            | Self::Lost(bytes) => Some(bytes),
            _ => match self.flow()? {
                Flow::Bytes(payload) => Some(payload),
                _ => None,
            },
        }
    }

    /// What went over a connection.
    pub fn flow(&self) -> Option<&Flow> {
        match self {
            Self::Send(flow) | Self::Recv(flow) | Self::From(_, flow) | Self::To(_, flow) => {
                Some(flow)
            }
            _ => None,
        }
    }
}
