//! A process that has no file descriptor left (`man 2 getrlimit`, RLIMIT_NOFILE): what it
//! opens or accepts then fails with EMFILE.

use crate::process::linux::Stopped;
use proc::Process;
use rustix::process::{Pid, Resource, Rlimit, getrlimit, prlimit};
use std::collections::HashSet;
use std::time::Duration;

/// Until this is dropped a process gets no descriptor that it has not yet; those that it has
/// stay. One that is gone is left alone.
pub(crate) struct NoDescriptorLeft(Option<(Pid, Rlimit)>);

impl NoDescriptorLeft {
    /// An `accept` that waits has its descriptor already: it begins anew (`man 7 signal`,
    /// "Interruption of system calls and library functions by stop signals"), for which
    /// `process` is stopped, `limit` at most.
    pub(crate) fn of(process: u32, limit: Duration) -> Self {
        let limited = || {
            let pid = Pid::from_raw(process.cast_signed())?;
            let all = Process::of(process).descriptors().ok()?;
            let used: HashSet<_> = all.map(|one| one.number.cast_unsigned()).collect();
            // A new one gets the lowest number that is free, and it has to be below the limit.
            let lowest = (0..).find(|number| !used.contains(number))?;
            let none = Rlimit {
                current: Some(lowest.into()),
                // Whoever starts it hands it down, and once lowered it cannot be raised again.
                maximum: getrlimit(Resource::Nofile).maximum,
            };
            let before = prlimit(Some(pid), Resource::Nofile, none).ok()?;
            Some((pid, before))
        };
        let limited = limited();
        drop(Stopped::of(process, limit));
        Self(limited)
    }
}

impl Drop for NoDescriptorLeft {
    fn drop(&mut self) {
        if let Some((pid, before)) = self.0 {
            let _ = prlimit(Some(pid), Resource::Nofile, before);
        }
    }
}
