//! How long a process was ready to run and had to wait for a processor, as the scheduler
//! counts it (`/proc/PID/task/TID/schedstat`, the kernel's `sched-stats.rst`).

use super::family::descendants_of;
use crate::process::queued::Queued;
use std::fs;
use std::path::Path;
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

fn of_process(process: u32) -> Queued {
    let threads = fs::read_dir(format!("/proc/{process}/task"));
    let threads = threads.into_iter().flatten().flatten();
    let all = threads.filter_map(|thread| {
        let number = thread.file_name().to_str()?.parse().ok()?;
        Some((number, of_thread(&thread.path().join("schedstat"))))
    });
    let all = all.map(|(number, seen): (u32, Queued)| Queued {
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

/// Of the calling thread.
pub(crate) fn own_queued() -> Queued {
    of_thread(Path::new("/proc/thread-self/schedstat"))
}

fn of_thread(file: &Path) -> Queued {
    let told = fs::read_to_string(file).unwrap_or_default();
    let mut numbers = told.split_whitespace().skip(1).map(str::parse);
    let mut next = || numbers.next().and_then(Result::ok).unwrap_or_default();
    Queued {
        time: Duration::from_nanos(next()),
        turns: next(),
        ..Queued::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
    }
}
