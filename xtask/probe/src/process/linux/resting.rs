//! Does a program rest, or does it take all that a processor gives it?

use crate::deadline::watch;
use procfs::process::{Process, Task};
use std::collections::BTreeMap;
use std::time::Duration;

/// A thread that took so much of a processor and never slept is busy, in clock ticks of
/// 10 ms (`man 5 proc`, utime and stime). What a right program still has to do before it
/// can only wait takes less.
const BUSY: u64 = 20;

/// One thread at one moment.
#[derive(Clone, Copy)]
struct Pace {
    /// How often it has gone to sleep.
    sleeps: u64,
    /// What it took of a processor, in clock ticks.
    ticks: u64,
    sleeping: bool,
}

impl Pace {
    fn of(task: &Task) -> Option<Self> {
        let (stat, status) = (task.stat().ok()?, task.status().ok()?);
        Some(Self {
            sleeps: status.voluntary_ctxt_switches?,
            ticks: stat.utime + stat.stime,
            sleeping: stat.state == 'S',
        })
    }
}

/// Watches `process`, at most for `limit`: false as soon as one of its threads is found busy,
/// true as soon as each has slept, or there is no such process. How much of a processor is
/// left for it makes little difference: one that has not slept until then is busy.
pub(crate) fn rests(process: u32, limit: Duration) -> bool {
    let mut first = BTreeMap::new();
    let found = watch(limit, || {
        let mut all_slept = true;
        let Some(tasks) = tasks(process) else {
            return Some(true);
        };
        for task in tasks {
            let Some(now) = Pace::of(&task) else { continue };
            let before = *first.entry(task.tid).or_insert(now);
            let slept = now.sleeping || now.sleeps > before.sleeps;
            if !slept && now.ticks >= before.ticks + BUSY {
                return Some(false);
            }
            all_slept &= slept;
        }
        all_slept.then_some(true)
    });
    found.unwrap_or(false)
}

/// None when there is no such process.
fn tasks(process: u32) -> Option<Vec<Task>> {
    let process = Process::new(process.cast_signed()).ok()?;
    Some(process.tasks().ok()?.flatten().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deadline::PATIENCE;
    use std::process::Command;

    /// Whether a shell that runs `script` rests.
    fn shell_rests(script: &str) -> bool {
        let mut shell = Command::new("sh").args(["-c", script]).spawn().unwrap();
        // Once it runs, it has slept for the last time.
        std::thread::sleep(Duration::from_millis(20));
        let rests = rests(shell.id(), PATIENCE);
        shell.kill().unwrap();
        shell.wait().unwrap();
        rests
    }

    #[test]
    fn a_loop_without_a_pause_does_not_rest() {
        assert!(shell_rests("exec sleep 60"));
        assert!(!shell_rests("while :; do :; done"));
    }
}
