//! What every thread does, without touching it: `/proc/PID/task/TID/stat`,
//! `schedstat` and `syscall` (`man 5 proc`), looked at twice.

use super::calls::{self, Call};
use super::stop::Registers;
use crate::ThreadName;
use proc::{Process, Syscall, Task};
use std::time::{Duration, Instant};

/// Between two looks: long enough that a busy loop shows in the processor time,
/// which the kernel adds up every 4 to 10 ms.
const INTERVAL: Duration = Duration::from_millis(30);

/// Looks taken at a program whose threads come and go between two of them.
const MOST_LOOKS: usize = 4;

/// More threads than a learner's program has any use for; a bound on the time.
const MOST_THREADS: usize = 512;

/// One thread at one moment.
pub(super) struct Look {
    pub(super) thread: i32,
    pub(super) name: String,
    pub(super) found: Found,
    pub(super) processor_time: Duration,
    /// How often it has gone to sleep, where the system says so.
    sleeps: u64,
    at: Instant,
}

pub(super) enum Found {
    Runs,
    Stopped,
    Parked(Parked),
    /// It sleeps, and the system does not say where.
    Unseen,
}

/// A thread that waits, as `/proc/PID/task/TID/syscall` shows it.
pub(super) struct Parked {
    /// `None` for a call without a name here.
    pub(super) call: Option<Call>,
    pub(super) stack_pointer: u64,
    pub(super) program_counter: u64,
}

impl Look {
    pub(super) fn thread_name(
        &self,
        process: i32,
        common: Option<&str>,
        number: u32,
    ) -> ThreadName {
        if self.thread == process {
            ThreadName::Main
        } else if common == Some(self.name.as_str()) {
            // It inherited the program's own name.
            ThreadName::Numbered(number)
        } else {
            ThreadName::Named(self.name.clone())
        }
    }

    /// Whether a thread stopped with `registers` is where it was looked at. A stop
    /// may set the program counter back to the call's instruction.
    pub(super) fn still_holds(&self, registers: &Registers) -> bool {
        match &self.found {
            Found::Parked(parked) => {
                parked.stack_pointer == registers.stack_pointer
                    && parked.program_counter.abs_diff(registers.program_counter) <= 4
            }
            Found::Runs | Found::Stopped | Found::Unseen => true,
        }
    }

    /// Whether it ran at an `earlier` look and since: both looks say so, or the
    /// processor time it used in between. Of one that has slept meanwhile only that tells: on
    /// a busy machine it waits for a processor at both.
    fn has_run_since(&self, earlier: &Self) -> bool {
        let used = self.processor_time.saturating_sub(earlier.processor_time);
        let passed = self.at.duration_since(earlier.at);
        match (&earlier.found, &self.found) {
            (_, Found::Stopped) => false,
            (Found::Runs, Found::Runs) if self.sleeps == earlier.sleeps => true,
            _ => used > passed / 2,
        }
    }
}

/// Whether a thread has stayed where it waited, while its stack was read.
pub(super) fn is_still_parked(process: Process, thread: i32, parked: &Parked) -> bool {
    matches!(
        process.task(thread).syscall(),
        Ok(Syscall::Waits { stack_pointer, program_counter, .. })
            if stack_pointer == parked.stack_pointer && program_counter == parked.program_counter
    )
}

/// All threads of `process`, the main thread first, then by age. `None` when the
/// process is gone, or has ended and is not yet waited for.
pub(super) fn look(process: Process, deadline: Instant) -> Option<Vec<Look>> {
    let tasks = process.tasks().ok()?.take(MOST_THREADS);
    let mut looks: Vec<(bool, u64, Look)> = tasks
        .take_while(|_| Instant::now() < deadline)
        .filter_map(|task| {
            let (started, look) = one(task)?;
            Some((look.thread != process.id, started, look))
        })
        .collect();
    looks.sort_by_key(|(not_main, started, look)| (*not_main, *started, look.thread));
    (!looks.is_empty()).then(|| looks.into_iter().map(|(_, _, look)| look).collect())
}

fn one(task: Task) -> Option<(u64, Look)> {
    let at = Instant::now();
    let stat = task.stat().ok()?;
    let processor_time = task.schedule().map_or(stat.ran, |told| told.ran);
    let found = match stat.state {
        'Z' | 'X' | 'x' => return None,
        'T' | 't' => Found::Stopped,
        state => match task.syscall() {
            Ok(Syscall::Waits {
                number,
                arguments,
                stack_pointer,
                program_counter,
            }) => Found::Parked(Parked {
                call: call(task, number, &arguments),
                stack_pointer,
                program_counter,
            }),
            Ok(_) => Found::Runs,
            Err(_) if state == 'R' => Found::Runs,
            Err(_) => Found::Unseen,
        },
    };
    let sleeps = task.status().ok().and_then(|it| it.sleeps);
    let look = Look {
        sleeps: sleeps.unwrap_or_default(),
        thread: task.id,
        name: stat.name,
        found,
        processor_time,
        at,
    };
    Some((stat.began, look))
}

fn call(task: Task, number: i64, arguments: &[u64; 6]) -> Option<Call> {
    match calls::call(number, arguments)? {
        Call::Restarted => {
            let path = format!("/proc/{}/task/{}/wchan", task.process, task.id);
            calls::restarted(&std::fs::read_to_string(path).ok()?, arguments)
        }
        call => Some(call),
    }
}

/// Looks again until every thread either waits, or ran all the while. A thread that
/// cannot be caught at either is left unseen.
pub(super) fn settled(
    process: Process,
    mut earlier: Vec<Look>,
    deadline: Instant,
) -> Option<Vec<Look>> {
    let mut looks_left = MOST_LOOKS - 1;
    loop {
        let passed = earlier.first().map_or(INTERVAL, |look| look.at.elapsed());
        std::thread::sleep(INTERVAL.saturating_sub(passed));
        let mut now = look(process, deadline)?;
        let busy: Vec<bool> = now
            .iter()
            .map(|look| {
                let before = earlier.iter().find(|before| before.thread == look.thread);
                before.is_some_and(|before| look.has_run_since(before))
            })
            .collect();
        let settled = now
            .iter()
            .zip(&busy)
            .all(|(look, busy)| *busy || !matches!(look.found, Found::Runs));
        looks_left -= 1;
        if !settled && looks_left > 0 && Instant::now() + INTERVAL < deadline {
            earlier = now;
            continue;
        }
        for (look, busy) in now.iter_mut().zip(busy) {
            if busy {
                look.found = Found::Runs;
            } else if matches!(look.found, Found::Runs) {
                look.found = Found::Unseen;
            }
        }
        return Some(now);
    }
}
