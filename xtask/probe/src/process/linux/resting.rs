//! Does a program rest, or does it take all that a processor gives it?

use crate::deadline::watch;
use proc::{Process, Task};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// A thread that took so much of a processor and never slept is busy. What a right program
/// still has to do before it can only wait takes less; and where fifty others want two
/// processors, one that never rests takes as much within three seconds.
const BUSY: Duration = Duration::from_millis(200);

/// Whoever gets on all the time is not watched for ever.
const LONGEST: Duration = Duration::from_secs(40);

/// A thread that has gone to sleep so often, and sleeps, rests. A loop without a pause may
/// sleep once, by accident: where the system makes it wait for a lock of its own; or more
/// often, until its memory has been read from a disk (`man 5 proc`, state D).
const OFTEN: u64 = 3;

/// One thread at one moment.
#[derive(Clone, Copy)]
struct Pace {
    /// How often it has gone to sleep.
    sleeps: u64,
    /// What it took of a processor.
    ran: Duration,
    sleeping: bool,
}

impl Pace {
    fn of(task: Task) -> Option<Self> {
        let (stat, status) = (task.stat().ok()?, task.status().ok()?);
        Some(Self {
            sleeps: status.sleeps?,
            ran: task.schedule().map_or(stat.ran, |told| told.ran),
            // One that has ended, and was not waited for yet, wants nothing any more.
            sleeping: matches!(stat.state, 'S' | 'Z'),
        })
    }

    /// Has it been asleep all the time since `last`?
    fn has_slept_since(self, last: Option<Self>) -> bool {
        last.is_some_and(|last| last.sleeping && self.sleeping && last.sleeps == self.sleeps)
    }
}

/// Watches `process`: false as soon as one of its threads is found busy while `progress` stays
/// what it is, true as soon as each has slept, or there is no such process. One that has
/// neither slept nor got on within `limit` is busy, however little of a processor it got.
pub(crate) fn rests<T: PartialEq>(
    process: u32,
    limit: Duration,
    mut progress: impl FnMut() -> T,
) -> bool {
    let mut first = BTreeMap::new();
    let mut before = progress();
    let mut until = Instant::now() + limit;
    let found = watch(LONGEST, || {
        let now = progress();
        if now != before {
            // What it took of a processor was for that.
            first.clear();
            before = now;
            until = Instant::now() + limit;
        }
        let mut all_slept = true;
        let Some(tasks) = tasks(process) else {
            return Some(true);
        };
        for task in tasks {
            // One that has just ended is not there at the next look.
            let now = Pace::of(task)?;
            let (then, last) = *first.entry(task.id).or_insert((now, None));
            first.insert(task.id, (then, Some(now)));
            let often = now.sleeping && now.sleeps >= then.sleeps + OFTEN;
            let slept = often || now.has_slept_since(last);
            if !slept && now.ran >= then.ran + BUSY {
                // What was handed over since the last look took its time, too.
                let now = progress();
                if now == before {
                    return Some(false);
                }
                first.clear();
                before = now;
                return None;
            }
            all_slept &= slept;
        }
        let is_up = Instant::now() >= until;
        (all_slept || is_up).then_some(all_slept)
    });
    found.unwrap_or(false)
}

/// Watches `process`, at most for `limit`, until its threads have gone to sleep `often` times,
/// or all sleep and go on sleeping, or there is no such process.
pub(crate) fn sleeps_often(process: u32, often: u64, limit: Duration) {
    /// One that a busy machine wakes late is not asleep meanwhile.
    const ASLEEP: u32 = 50;
    let mut slept = BTreeMap::new();
    let mut first = None;
    let mut unchanged = 0;
    watch(limit, || {
        let Some(tasks) = tasks(process) else {
            return Some(());
        };
        let paces: Vec<_> = tasks
            .iter()
            .filter_map(|task| Some((task.id, Pace::of(*task)?)))
            .collect();
        let sleeps: u64 = paces.iter().map(|(_, pace)| pace.sleeps).sum();
        let same = paces
            .iter()
            .all(|(tid, pace)| pace.has_slept_since(slept.get(tid).copied()));
        slept = paces.into_iter().collect();
        unchanged = if same { unchanged + 1 } else { 0 };
        let enough = sleeps >= *first.get_or_insert(sleeps) + often;
        (enough || unchanged > ASLEEP).then_some(())
    });
}

/// None when there is no such process.
fn tasks(process: u32) -> Option<Vec<Task>> {
    Some(Process::of(process).tasks().ok()?.collect())
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
        let rests = rests(shell.id(), PATIENCE, || ());
        shell.kill().unwrap();
        shell.wait().unwrap();
        rests
    }

    #[test]
    fn a_loop_without_a_pause_does_not_rest() {
        assert!(shell_rests("exec sleep 60"));
        assert!(!shell_rests("while :; do :; done"));
    }

    #[test]
    fn what_has_ended_rests_at_once() {
        let started = std::time::Instant::now();
        assert!(shell_rests("exit 3"));
        assert!(started.elapsed() < PATIENCE);
    }
}
