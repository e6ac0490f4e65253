//! How long a process was ready to run and had to wait for a processor, as the scheduler
//! counts it (`/proc/PID/task/TID/schedstat`, the kernel's `sched-stats.rst`).

use std::fs;
use std::path::Path;
use std::time::Duration;

/// Of all threads of `process` together; nothing where the system does not tell.
pub(crate) fn time_in_queue(process: u32) -> Duration {
    let threads = fs::read_dir(format!("/proc/{process}/task"));
    let threads = threads.into_iter().flatten().flatten();
    threads
        .map(|thread| in_queue(&thread.path().join("schedstat")))
        .sum()
}

/// Of the calling thread.
pub(crate) fn own_time_in_queue() -> Duration {
    in_queue(Path::new("/proc/thread-self/schedstat"))
}

fn in_queue(file: &Path) -> Duration {
    let told = fs::read_to_string(file).unwrap_or_default();
    let nanos = told.split_whitespace().nth(1);
    let nanos = nanos.and_then(|nanos| nanos.parse().ok());
    Duration::from_nanos(nanos.unwrap_or_default())
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
                    while own_time_in_queue().is_zero() && Instant::now() < until {
                        std::hint::spin_loop();
                    }
                });
            }
        });
        assert!(Instant::now() < until, "no thread had to queue");
    }

    #[test]
    fn a_process_that_is_gone_has_not_queued() {
        assert_eq!(time_in_queue(u32::MAX), Duration::ZERO);
    }
}
