//! One run: the parts one after another, and in each part the transports by turns, so
//! that a busy moment of the machine meets them all.

use crate::bench::Bench;
use crate::effort::Effort;
use crate::record::{Record, System};
use crate::{crowd, queue, remote, round_trips, small_writes, throughput};
use anyhow::{Context, Result};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// The course's servers, as programs of their own. A bench has no use for those of another.
#[derive(Clone, Debug, Default)]
pub struct Programs {
    /// The chat servers.
    pub chats: Vec<crowd::Server>,
    /// The server of the remote control.
    pub remote: Option<PathBuf>,
}

/// Measures what `bench` is about, as much as `effort` says. With [`Effort::FULL`] it takes
/// some 20 seconds ([`Bench::UdpAndTcp`]), some 10 ([`Bench::SmallWrites`]), some 20 for each
/// chat server of `programs` ([`Bench::Chat`]), or some 45 ([`Bench::Remote`]).
///
/// # Errors
/// The system gave no socket, or a connection over loopback failed; a server lost a line or a
/// command, or did not come back to what it was; there is no program to be measured.
pub fn measure(bench: Bench, effort: &Effort, programs: &Programs) -> Result<Record> {
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
            crowds: crowd::measure(&programs.chats, effort)?,
            ..nothing
        },
        Bench::Remote => {
            let program = programs.remote.as_deref();
            let program = program.context("there is no remote control to be measured")?;
            Record {
                remotes: remote::measure(program, effort)?,
                ..nothing
            }
        }
    })
}

/// How long `work` took.
pub(crate) fn timed<E>(work: impl FnOnce() -> Result<(), E>) -> Result<Duration, E> {
    let begun = Instant::now();
    work()?;
    Ok(begun.elapsed())
}
