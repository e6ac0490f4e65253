//! A process that is stopped for a moment, as by Ctrl-Z and `fg`.

use crate::deadline::watch;
use proc::Process;
use rustix::process::{Pid, Signal, kill_process};
use std::io;
use std::time::Duration;

/// A process that was stopped (SIGSTOP), and goes on (SIGCONT) when this is dropped. One that
/// is gone is left alone.
pub(crate) struct Stopped(Option<Pid>);

impl Stopped {
    /// Once `process` has stopped, each of its threads, which is waited for `limit` at most: a
    /// call of a thread that was not there yet would go on as if nothing had been.
    pub(crate) fn of(process: u32, limit: Duration) -> Self {
        let pid = Pid::from_raw(process.cast_signed());
        let stopped = pid.filter(|pid| kill_process(*pid, Signal::STOP).is_ok());
        if stopped.is_some() {
            let has_stopped = || {
                let mut tasks = Process::of(process).tasks()?;
                let stopped = |task: proc::Task| task.stat().is_ok_and(|stat| stat.state == 'T');
                io::Result::Ok(tasks.all(stopped))
            };
            watch(limit, || has_stopped().unwrap_or(true).then_some(()));
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
