//! What is in a happening: the text and its bytes, what went over a connection, an end.

use crate::process::ending::Ending;
use crate::transcript::happening::{Connect, Datagram, End, Flow, Happening, Input, Output};
use crate::transcript::text::{Payload, Quoted, Text};
use std::mem::discriminant;

impl Happening {
    /// The end of a program that ended by itself; `None` where the check ended it.
    pub(crate) fn of_ending(ending: &Ending) -> Option<Self> {
        match ending {
            Ending::Exit(status) => Some(Self::End(End::Exit(*status))),
            Ending::Signal(name) => Some(Self::End(End::Signal(name.clone()))),
            Ending::Killed => None,
        }
    }

    /// A line on stdout.
    pub(crate) fn line(bytes: &[u8]) -> Self {
        Self::Stdout(Output::Line(Quoted::of(bytes)))
    }

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

    /// Does the check do this, and not the program?
    pub fn is_the_check_s(&self) -> bool {
        matches!(
            self,
            Self::Stdin(_)
                | Self::CtrlC
                | Self::Sigterm
                | Self::Stopped
                | Self::Descriptors { .. }
                | Self::Holds(..)
                | Self::Neighbour { .. }
                | Self::Connect(_)
                | Self::Send(_)
                | Self::To(..)
                | Self::Shutdown
                | Self::Close
                | Self::Reset
                | Self::Silent(_)
                | Self::SendTo { .. }
                | Self::NotSentTo { .. }
                | Self::Lost(_)
                | Self::Away
                | Self::Back
        )
    }

    /// Is it the same action or observation, though perhaps of something else?
    pub fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::From(side, _), Self::From(other, _))
            | (Self::To(side, _), Self::To(other, _)) => side == other,
            _ => discriminant(self) == discriminant(other),
        }
    }

    /// Does a peer notice here that its connection, or the listener, is gone?
    pub(crate) fn tells_of_an_end(&self) -> bool {
        matches!(
            self,
            Self::Connect(Connect::Refused)
                | Self::Recv(Flow::Fin | Flow::Rst)
                | Self::From(_, Flow::Fin | Flow::Rst)
                | Self::RecvFrom(Datagram::Silence)
        )
    }
}
