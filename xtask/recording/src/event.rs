//! What happens in a run, one thing after another.

use crate::call::{Call, Outcome, Socket};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One thing that happens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "lowercase")]
pub enum Event {
    /// A call that begins and ends with nothing of others in between.
    Call {
        /// What was called.
        #[serde(flatten)]
        call: Call,
        /// What became of it.
        #[serde(flatten)]
        outcome: Outcome,
    },
    /// A call that begins, and ends later.
    Begins {
        /// What was called.
        #[serde(flatten)]
        call: Call,
    },
    /// The end of a call that began before.
    Ends {
        /// Which call.
        id: u32,
        /// What became of it.
        #[serde(flatten)]
        outcome: Outcome,
    },
    /// A peer, or whoever sits at the keyboard, does something.
    Peer {
        /// The line of the transcript: `client-a connect 127.0.0.1:<server>`.
        line: String,
        /// The program's sockets that are another way after it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        sockets: Vec<Socket>,
    },
    /// A program is over.
    Over {
        /// Which of them.
        who: String,
        /// As the transcript has it: `exit 0`, `SIGKILL`.
        how: String,
    },
}

impl Event {
    /// The call that this is, or that begins here.
    pub fn call(&self) -> Option<&Call> {
        match self {
            Self::Call { call, .. } | Self::Begins { call } => Some(call),
            _ => None,
        }
    }

    /// What became of a call that ends here, and which one that is.
    pub fn outcome(&self) -> Option<(u32, &Outcome)> {
        match self {
            Self::Call { call, outcome } => Some((call.id, outcome)),
            Self::Ends { id, outcome } => Some((*id, outcome)),
            _ => None,
        }
    }
}

/// A run of one scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// `lesson-04-accept`
    pub lesson: String,
    /// The scenario's name.
    pub scenario: String,
    /// In their order.
    pub events: Vec<Event>,
}

impl Run {
    /// The files that its calls have lines in.
    pub fn files(&self) -> BTreeSet<&str> {
        let calls = self.events.iter().filter_map(Event::call);
        let lines = calls.filter_map(|call| call.line.as_ref());
        lines.map(|line| line.file.as_str()).collect()
    }
}
