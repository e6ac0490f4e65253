//! A recorded run: which calls a program made, from which lines, and what its peers did in
//! between, in one order that is the same every time. The format is in
//! `FORMAT.md`.
//!
//! ```text
//! Run          the head, and the events in their order
//! └─ Event       a call begins, ends, or both; a peer acts; the program ends
//!    ├─ Call       who made it, its name and its arguments as in the man pages, the line
//!    └─ Outcome    what it returned, and what it wrote into its arguments
//! Step         an event as a reader steps on it, with a sentence
//! └─ Change      a socket before it and after it
//! Raw          an event at its moment, as the recorder writes it down
//! sentence     one on each event
//! particle     Korean particles
//! file         a run as lines of JSON
//! ```

#![warn(missing_docs, unreachable_pub)]

mod call;
mod change;
mod event;
mod file;
pub mod particle;
mod raw;
mod sentence;
mod story;

pub use call::{Argument, Call, Line, Outcome, Returned, Socket};
pub use change::Change;
pub use event::{Event, Run};
pub use file::{FORMAT, Unreadable};
pub use raw::Raw;
pub use story::{Said, Step, steps};
