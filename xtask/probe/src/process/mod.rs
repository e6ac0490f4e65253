//! A started program: which one it is, how it is confined, what it prints, how it ends, and
//! what the system shows of it. Nothing here knows of scenarios.

pub(crate) mod confine;
pub(crate) mod ending;
pub(crate) mod group;
pub mod household;
pub(crate) mod inexactness;
#[cfg(target_os = "linux")]
pub(crate) mod linux;
pub(crate) mod lockstep;
pub(crate) mod output;
pub(crate) mod panics;
pub(crate) mod pipe;
pub(crate) mod programs;
pub(crate) mod python;
pub(crate) mod queued;
pub(crate) mod running;
pub(crate) mod this_thread;
pub(crate) mod transport;
