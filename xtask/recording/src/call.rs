//! One call of a program, and what became of it.

use serde::{Deserialize, Serialize};

/// A system call, as the man pages write it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// Which call of the run this is, from 1 on, in the order in which they began.
    pub id: u32,
    /// Which of the scenario's programs made it.
    pub who: String,
    /// The thread that made it, by number in the order in which they began; 0 is the first.
    #[serde(default, skip_serializing_if = "is_first")]
    pub thread: u32,
    /// `accept` for `accept4` as well, `recv` for `recvfrom` without an address.
    pub name: String,
    /// In the order of the man page.
    pub arguments: Vec<Argument>,
    /// The innermost line of the program's own source; `None` where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<Line>,
}

fn is_first(thread: &u32) -> bool {
    *thread == 0
}

impl Call {
    /// `accept(3) = 4`; without an outcome, `accept(3) …`.
    pub fn written(&self, outcome: Option<&Outcome>) -> String {
        let given = self.arguments.iter().map(|it| it.value.as_str());
        let given = given.collect::<Vec<_>>().join(", ");
        let result = outcome.map_or_else(|| "…".to_owned(), |it| format!("= {}", it.written()));
        format!("{}({given}) {result}", self.name)
    }
}

impl Outcome {
    /// `4, 127.0.0.1:<client-a>`: what was returned, and what was written into arguments.
    pub fn written(&self) -> String {
        let returned = match &self.returned {
            Returned::Value(value) => value.to_string(),
            Returned::Error(error) => error.clone(),
            Returned::Some if self.again => "… (×n)".to_owned(),
            Returned::Some => "…".to_owned(),
            Returned::Never => "?".to_owned(),
        };
        let wrote = self.wrote.iter().map(|it| format!(", {}", it.value));
        returned + &wrote.collect::<String>()
    }
}

/// An argument, by its name in the man page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Argument {
    /// `sockfd`, `backlog`, …
    pub name: String,
    /// As C would write it: a number, `SOCK_STREAM`, `"안녕"`, an address.
    pub value: String,
}

/// A line of a source file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Line {
    /// From the crate's folder on: `src/main.rs`.
    pub file: String,
    /// From 1 on.
    pub line: u32,
}

/// What became of a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// What it returned.
    pub returned: Returned,
    /// What it wrote into its arguments: an address, or the bytes that came.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wrote: Vec<Argument>,
    /// The sockets that are another way after it than before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sockets: Vec<Socket>,
    /// The same call again, as often as the kernel took but a part: what is left of a message
    /// that is too long for one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub again: bool,
}

impl From<Returned> for Outcome {
    /// Nothing was written, and no socket is another way.
    fn from(returned: Returned) -> Self {
        Self {
            returned,
            wrote: Vec::new(),
            sockets: Vec::new(),
            again: false,
        }
    }
}

/// A number, or the name of an error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Returned {
    /// A descriptor, a number of bytes, or 0.
    Value(i64),
    /// `EADDRINUSE`, by its name in `man 3 errno`.
    Error(String),
    /// How much the kernel took or gave is its own choice, and another one in every run.
    Some,
    /// The program ended before the call did.
    Never,
}

/// A socket as it is after a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Socket {
    /// The program whose it is; empty where the event says who made the call.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub of: String,
    /// The descriptor.
    pub fd: i32,
    /// `TCP`, `UDP`, or empty once it is closed.
    pub kind: String,
    /// A state of RFC 9293, section 3.3.2; empty for UDP.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub state: String,
    /// Its own address, with the scenario's names for ports; empty before it has one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub local: String,
    /// The address of the other end; empty without one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub peer: String,
    /// Bytes that have come and that the program has not read; of a listener, connections that
    /// it has not accepted; datagrams of a UDP socket.
    #[serde(default, skip_serializing_if = "is_none")]
    pub queue: u64,
}

fn is_none(count: &u64) -> bool {
    *count == 0
}
