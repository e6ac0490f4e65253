//! The language of `cargo xtask talk`: what a line that is typed, or stands in a script,
//! has the peer do. The peer itself is the program of this package; the check's reports
//! write scripts in this language. Nothing here opens a socket.

#![warn(missing_docs, unreachable_pub)]

mod bytes;
pub mod lang;
mod script;

pub use bytes::{hex_dump, quoted};
pub use script::{Awaited, BadLine, Command, read_script};

/// How long a pause stands between two pieces that are to arrive one by one, in
/// milliseconds.
pub const BETWEEN_PIECES: u64 = 50;
