//! A peer that understands what it receives, by a reader that the scenario brings: what a
//! message is, and what it means, is the protocol's business and not this crate's.

use crate::cast::peer::Peer;
use crate::transcript::happening::{Flow, Happening};
use crate::transcript::message::Message;
use std::cell::RefCell;

/// What a reader makes of the bytes that have come so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// They are the beginning of a message; at most so many more belong to it, one at least.
    More(usize),
    /// They are a message, and this is its meaning.
    Message(Message),
    /// They are none.
    Not,
}

impl Peer {
    /// Sends `bytes` at once, which are written down by their meaning.
    pub fn sends_message(&mut self, bytes: &[u8], meaning: Message) {
        if self.wire.send(bytes) {
            self.tell(Happening::Send(Flow::Message(meaning)));
        } else {
            let silence = Happening::Send(Flow::Silence);
            self.stage.record_silence(self.wire.event(silence));
        }
    }

    /// Receives one message, and nothing behind it: `read` is asked again whenever more has
    /// come. It is written down by its meaning. What is no message is told byte for byte, with
    /// all that has come when the program waits again; so is one that does not end.
    pub fn expects_message(&mut self, read: impl Fn(&[u8]) -> Reading) {
        let reading = RefCell::new(read(&[]));
        let piece = |_| match *reading.borrow() {
            Reading::More(most) => most.max(1),
            _ => 1,
        };
        let enough = |got: &[u8]| {
            reading.replace(read(got));
            !matches!(*reading.borrow(), Reading::More(_))
        };
        let (mut got, stop) = self.wire.read_pieces(&self.stage, piece, enough);
        match reading.take() {
            Reading::Message(message) => {
                let message = message.came_as(&got);
                self.tell(Happening::Recv(Flow::Message(message)));
            }
            Reading::More(_) => self.tells(&got, stop),
            Reading::Not => {
                self.wire.wait_until_read();
                got.extend(self.wire.read_what_is_there());
                self.tells(&got, None);
            }
        }
    }
}

impl Default for Reading {
    fn default() -> Self {
        Self::More(1)
    }
}
