//! One run: the parts one after another, and in each part the transports by turns, so
//! that a busy moment of the machine meets them all.

use crate::effort::Effort;
use crate::record::{Record, System};
use crate::{queue, round_trips, throughput};
use anyhow::{Context, Result};

/// Measures everything, as much as `effort` says. Takes some 20 seconds with
/// [`Effort::FULL`].
///
/// # Errors
/// The system gave no socket, or a connection over loopback failed.
pub fn measure(effort: &Effort) -> Result<Record> {
    Ok(Record {
        system: System::here(),
        round_trips: round_trips::measure(effort).context("the round trips failed")?,
        throughput: throughput::measure(effort).context("the throughput failed")?,
        queue: queue::measure(effort).context("the queue failed")?,
    })
}
