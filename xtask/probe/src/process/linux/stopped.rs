//! A process that is stopped for a moment, as by Ctrl-Z and `fg`.

use crate::deadline::watch;
use proc::Process;
use rustix::process::{Pid, Signal, kill_process};
use std::time::Duration;

/// A process that was stopped (SIGSTOP), and goes on (SIGCONT) when this is dropped. One that
/// is gone is left alone.
pub(crate) struct Stopped(Option<Pid>);

impl Stopped {
    /// Once `process` has stopped, which is waited for `limit` at most.
    pub(crate) fn of(process: u32, limit: Duration) -> Self {
        let pid = Pid::from_raw(process.cast_signed());
        let stopped = pid.filter(|pid| kill_process(*pid, Signal::STOP).is_ok());
        if stopped.is_some() {
            let state = || Process::of(process).stat();
            watch(limit, || {
                state().map_or(true, |stat| stat.state == 'T').then_some(())
            });
        }
        Self(stopped)
    }
}

impl Drop for Stopped {
    fn drop(&mut self) {
        if let Some(pid) = self.0 {
            let _ = kill_process(pid, Signal::CONT);
        }
    }
}
