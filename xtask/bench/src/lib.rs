//! Measures TCP and UDP side by side over loopback, so that the book says nothing of
//! speed that was not measured. What a record looks like on a page is left to `press`.
//!
//! ```text
//! Record             one run of `cargo xtask bench udp-and-tcp`, kept beside the lesson
//! ├─ System           where it ran
//! ├─ RoundTrips       a request and its reply: three ways
//! ├─ Throughput       the same bytes as fast as they go
//! └─ Queue            how many messages arrive when nobody reads in the meantime
//! ```

#![warn(missing_docs, unreachable_pub)]

mod effort;
mod ends;
mod measure;
mod queue;
mod record;
mod round_trips;
mod statistics;
mod table;
mod throughput;

pub use effort::Effort;
pub use measure::measure;
pub use record::{Queue, Record, RoundTrips, System, Throughput, Transport, Way};
pub use table::{Lang, Table};
