//! How long a process was ready to run and had to wait for a processor, as the scheduler
//! counts it (`/proc/PID/task/TID/schedstat`, the kernel's `sched-stats.rst`).

use super::family::descendants_of;
use crate::process::queued::{OfEach, Queued, Turns};
use proc::{Process, Schedule, Task};
use std::iter;
use std::ops::Add;
use std::time::Duration;

/// Of all threads of `process` and its descendants together; nothing where the system does
/// not tell.
pub(crate) fn queued(process: u32) -> Queued {
    let family = descendants_of(process).into_iter();
    let family = family.map(|one| Queued {
        main: Duration::ZERO,
        ..of_process(one)
    });
    family.fold(of_process(process), |sum, one| sum + one)
}

/// The same by thread.
pub(crate) fn queued_of_each(process: u32) -> OfEach {
    let family = iter::once(process).chain(descendants_of(process));
    let threads = family.flat_map(threads_of);
    threads.map(|(number, seen)| (number, seen.time)).collect()
}

fn of_process(process: u32) -> Queued {
    let all = threads_of(process).into_iter();
    let all = all.map(|(number, seen)| Queued {
        threads: number.into(),
        main: if number == process {
            seen.time
        } else {
            Duration::ZERO
        },
        ..seen
    });
    all.fold(Queued::default(), |sum, one| sum + one)
}

fn threads_of(process: u32) -> Vec<(u32, Queued)> {
    let all = tasks_of(process).map(|task| {
        let told = task.schedule().unwrap_or_default();
        (task.id.cast_unsigned(), Queued::from(told))
    });
    all.collect()
}

fn tasks_of(process: u32) -> impl Iterator<Item = Task> {
    Process::of(process).tasks().into_iter().flatten()
}

/// What the threads of `process` and its descendants have had of a processor together, and
/// whether one of them is ready to run, or runs (`man 5 proc`, state R).
pub(crate) fn turns(process: u32) -> Turns {
    let family = iter::once(process).chain(descendants_of(process));
    let of_task = |task: Task| Turns {
        ran: task.schedule().unwrap_or_default().ran,
        ready: task.stat().is_ok_and(|stat| stat.state == 'R'),
    };
    let all = family.flat_map(tasks_of).map(of_task);
    all.fold(Turns::default(), Turns::add)
}

/// Has the process ended, and is still there because nobody has waited for it (`man 5 proc`,
/// state Z)? What the system counts of it is still told, and grows no more.
pub(crate) fn is_over(process: u32) -> bool {
    let stat = Process::of(process).stat();
    stat.map_or(true, |stat| matches!(stat.state, 'Z' | 'X'))
}

/// Of the calling thread.
pub(crate) fn own_queued() -> Queued {
    proc::own_schedule().unwrap_or_default().into()
}

impl From<Schedule> for Queued {
    fn from(told: Schedule) -> Self {
        Self {
            time: told.queued,
            turns: told.turns,
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deadline::watch;
    use std::thread;
    use std::time::Instant;

    /// More threads than processors that never wait: all of them have to queue.
    #[test]
    fn threads_that_share_a_processor_queue() {
        let processors = thread::available_parallelism().unwrap().get();
        let until = Instant::now() + Duration::from_secs(10);
        thread::scope(|scope| {
            for _ in 0..2 * processors {
                scope.spawn(|| {
                    while own_queued().time.is_zero() && Instant::now() < until {
                        std::hint::spin_loop();
                    }
                });
            }
        });
        assert!(Instant::now() < until, "no thread had to queue");
    }

    #[test]
    fn a_process_that_is_gone_has_not_queued() {
        assert_eq!(queued(u32::MAX), Queued::default());
        assert_eq!(turns(u32::MAX), Turns::default());
        assert!(is_over(u32::MAX));
    }

    #[test]
    fn who_runs_is_ready_and_takes_time() {
        let own = std::process::id();
        let before = turns(own);
        let more = || {
            let now = turns(own);
            (now.ready && now.ran > before.ran).then_some(())
        };
        assert!(watch(Duration::from_secs(10), more).is_some());
        assert!(!is_over(own));
    }

    #[test]
    fn who_has_ended_is_over_until_it_was_waited_for() {
        let mut child = std::process::Command::new("true").spawn().unwrap();
        let over = || is_over(child.id()).then_some(());
        assert!(watch(Duration::from_secs(10), over).is_some());
        assert_ne!(queued(child.id()).threads, 0, "it is still told");
        child.wait().unwrap();
    }
}
