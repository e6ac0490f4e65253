//! Measures over loopback what the book says of speed, so that it says nothing that was
//! not measured. What a record looks like on a page is left to `press`.
//!
//! ```text
//! Record             one run of `cargo xtask bench`, kept beside the lesson
//! ├─ System           where it ran
//! │  udp-and-tcp
//! ├─ RoundTrips       a request and its reply: three ways
//! ├─ Throughput       the same bytes as fast as they go
//! ├─ Queue            how many messages arrive when nobody reads in the meantime
//! │  small-writes
//! ├─ Rounds           twenty requests of two parts, and how they are written
//! │  chat
//! ├─ Crowd            a thousand clients in a chat, every tenth of them hostile
//! │  remote
//! └─ Remote           a phone's commands, polled and pushed
//! ```

#![warn(missing_docs, unreachable_pub)]

mod bench;
mod crowd;
mod effort;
mod ends;
mod house;
mod measure;
mod queue;
mod record;
mod remote;
mod round_trips;
mod small_writes;
mod statistics;
mod table;
mod throughput;

pub use bench::Bench;
pub use crowd::Server;
pub use effort::Effort;
pub use measure::{Programs, measure};
pub use record::{
    Asking, Crowd, Kind, Queue, Record, Remote, RoundTrips, Rounds, System, Throughput, Transport,
    Way, Writing,
};
pub use table::{Lang, Table, milliseconds};
