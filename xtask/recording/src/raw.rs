//! What the recorder writes down while a program runs: events with their moments, so that
//! those of several programs can be put in one order.

use crate::event::Event;
use serde::{Deserialize, Serialize};

/// An event at its moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Raw {
    /// Nanoseconds of a clock that all processes of the machine share (`man 2 clock_gettime`,
    /// CLOCK_MONOTONIC).
    pub at: u64,
    /// What happened.
    pub event: Event,
}
