//! A process that is stopped for a moment, as by Ctrl-Z and `fg`.

use crate::deadline::watch;
use procfs::process::Process;
use rustix::process::{Pid, Signal, kill_process};
use std::time::Duration;

/// SIGSTOP, and SIGCONT once `process` has stopped, at most after `limit`. A process that
/// is gone is left alone.
pub(crate) fn stop_for_a_moment(process: u32, limit: Duration) {
    let Some(pid) = Pid::from_raw(process.cast_signed()) else {
        return;
    };
    if kill_process(pid, Signal::STOP).is_ok() {
        let state = || Process::new(process.cast_signed()).and_then(|process| process.stat());
        watch(limit, || {
            state().map_or(true, |stat| stat.state == 'T').then_some(())
        });
        let _ = kill_process(pid, Signal::CONT);
    }
}
