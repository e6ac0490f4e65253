//! One run: the parts one after another, and in each part the transports by turns, so
//! that a busy moment of the machine meets them all.

use crate::bench::Bench;
use crate::effort::Effort;
use crate::record::{Record, System};
use crate::{crowd, queue, round_trips, small_writes, throughput};
use anyhow::{Context, Result};
use std::time::{Duration, Instant};

/// Measures what `bench` is about, as much as `effort` says. With [`Effort::FULL`] it takes
/// some 20 seconds ([`Bench::UdpAndTcp`]), some 10 ([`Bench::SmallWrites`]), or some 20 for each
/// of `servers` ([`Bench::Chat`]; the others have no use for them).
///
/// # Errors
/// The system gave no socket, or a connection over loopback failed; a server lost a line, or
/// did not come back to what it was.
pub fn measure(bench: Bench, effort: &Effort, servers: &[crowd::Server]) -> Result<Record> {
    let nothing = Record::of(System::here());
    Ok(match bench {
        Bench::UdpAndTcp => Record {
            round_trips: round_trips::measure(effort).context("the round trips failed")?,
            throughput: throughput::measure(effort).context("the throughput failed")?,
            queue: queue::measure(effort).context("the queue failed")?,
            ..nothing
        },
        Bench::SmallWrites => Record {
            rounds: small_writes::measure(effort).context("the small writes failed")?,
            ..nothing
        },
        Bench::Chat => Record {
            crowds: crowd::measure(servers, effort)?,
            ..nothing
        },
    })
}

/// How long `work` took.
pub(crate) fn timed<E>(work: impl FnOnce() -> Result<(), E>) -> Result<Duration, E> {
    let begun = Instant::now();
    work()?;
    Ok(begun.elapsed())
}
