//! Every thread stopped for a moment by ptrace (`man 2 ptrace`, PTRACE_SEIZE and
//! PTRACE_INTERRUPT), its registers and its stack copied, and let go.

use super::memory::{Memory, Stack};
use nix::errno::Errno;
use nix::sys::ptrace;
use nix::sys::signal::Signal;
use nix::sys::wait::{Id, WaitPidFlag, WaitStatus, waitid};
use nix::unistd::Pid;
use std::collections::HashMap;
use std::time::{Duration, Instant};

/// How long it may take until all have stopped: one that is deep in the kernel may not stop
/// at all. The rest of the time is for what is made of it.
const LONGEST: Duration = Duration::from_secs(3);

/// Between two looks whether a thread has stopped.
const PAUSE: Duration = Duration::from_micros(100);

pub(super) struct Registers {
    pub(super) program_counter: u64,
    pub(super) stack_pointer: u64,
    pub(super) frame_pointer: u64,
    /// Where the innermost function returns to.
    #[cfg(target_arch = "aarch64")]
    pub(super) link: u64,
}

/// What was found of a stopped thread.
pub(super) struct Caught<'memory> {
    pub(super) registers: Registers,
    pub(super) stack: Stack<'memory>,
}

/// What was found of each of `threads` that could be stopped; none at all where ptrace is
/// refused.
///
/// A thread of its own does it, for when a tracer ends, the kernel lets go of all that
/// it holds: no program stays stopped, whatever happens here.
pub(super) fn catch<'memory>(
    threads: &[i32],
    memory: &'memory Memory,
    deadline: Instant,
) -> HashMap<i32, Caught<'memory>> {
    let deadline = deadline.min(Instant::now() + LONGEST);
    std::thread::scope(|scope| {
        let tracer = std::thread::Builder::new()
            .name("tracer".to_owned())
            .spawn_scoped(scope, || stop_and_copy(threads, memory, deadline));
        tracer
            .ok()
            .and_then(|tracer| tracer.join().ok())
            .unwrap_or_default()
    })
}

fn stop_and_copy<'memory>(
    threads: &[i32],
    memory: &'memory Memory,
    deadline: Instant,
) -> HashMap<i32, Caught<'memory>> {
    let seized = threads.iter().map(|thread| Pid::from_raw(*thread));
    // All at once: a call that the stop interrupts must not let the next thread move on.
    let mut waited_for: Vec<Pid> = seized.filter(|thread| interrupt(*thread).is_ok()).collect();
    let mut stopped = Vec::new();
    while !waited_for.is_empty() && Instant::now() < deadline {
        waited_for.retain(|thread| match progress(*thread) {
            Progress::Stopped(signal) => {
                stopped.push((*thread, signal));
                false
            }
            Progress::Gone => false,
            Progress::NotYet => true,
        });
        if !waited_for.is_empty() {
            std::thread::sleep(PAUSE);
        }
    }
    let copies = stopped.iter().filter_map(|(thread, _)| {
        let registers = registers(*thread).ok()?;
        let stack = memory.copied_stack(registers.stack_pointer);
        Some((thread.as_raw(), Caught { registers, stack }))
    });
    let copies = copies.collect();
    for (thread, signal) in stopped {
        // It may have been killed meanwhile.
        let _ = ptrace::detach(thread, signal);
    }
    copies
}

fn interrupt(thread: Pid) -> Result<(), Errno> {
    ptrace::seize(thread, ptrace::Options::empty())?;
    ptrace::interrupt(thread)
}

enum Progress {
    NotYet,
    /// Stopped, perhaps on its way to a signal that it must still get.
    Stopped(Option<Signal>),
    /// Ended; or stopped in a way that the end of this thread undoes well enough.
    Gone,
}

/// Looks without taking (`WNOWAIT`): how the process ends is for the caller to learn.
fn progress(thread: Pid) -> Progress {
    let look = WaitPidFlag::WSTOPPED
        | WaitPidFlag::WEXITED
        | WaitPidFlag::__WALL
        | WaitPidFlag::WNOHANG
        | WaitPidFlag::WNOWAIT;
    match waitid(Id::Pid(thread), look) {
        Ok(WaitStatus::StillAlive) => Progress::NotYet,
        Ok(WaitStatus::PtraceEvent(_, _, event)) if event == libc::PTRACE_EVENT_STOP => {
            Progress::Stopped(None)
        }
        Ok(WaitStatus::PtraceEvent(_, signal, _)) => Progress::Stopped(Some(signal)),
        Ok(_) | Err(_) => Progress::Gone,
    }
}

pub(super) fn registers(thread: Pid) -> Result<Registers, Errno> {
    let all = ptrace::getregs(thread)?;
    #[cfg(target_arch = "x86_64")]
    return Ok(Registers {
        program_counter: all.rip,
        stack_pointer: all.rsp,
        frame_pointer: all.rbp,
    });
    #[cfg(target_arch = "aarch64")]
    return Ok(Registers {
        program_counter: all.pc,
        stack_pointer: all.sp,
        frame_pointer: all.regs[29],
        link: all.regs[30],
    });
}
